import { inputNames, inputTable } from "../../../provider/inputs/input-table";
import type { InputName } from "../../../provider/inputs/input-table";
import { createLookup } from "../../../provider/lookup/segment-lookup";
import { useCloud } from "./support/cloud";
import { DeclaredSegment, type Written } from "./support/declared-segment";

const cloud = useCloud();

/** Every rule of the table of changes: what is written first, what is written then, and what the second run does. */
const rows: { input: InputName; from: Written; to: Written; step: string }[] = [
  { input: "eipMask", from: { eipMask: 28 }, to: { eipMask: 27 }, step: "replace" },
  {
    input: "internetChargeType",
    from: { eipMask: 28 },
    to: { eipMask: 28, internetChargeType: "PayByTraffic" },
    step: "replace",
  },
  { input: "isp", from: { eipMask: 28 }, to: { eipMask: 28, isp: "ChinaTelecom" }, step: "replace" },
  {
    input: "netmode",
    from: { eipMask: 28, bandwidth: 5 },
    to: { eipMask: 28, bandwidth: 5, netmode: "hybrid" },
    step: "replace",
  },
  {
    input: "zone",
    from: { eipMask: 28, zone: "cn-hangzhou-b" },
    to: { eipMask: 28, zone: "cn-hangzhou-g" },
    step: "replace",
  },
  { input: "regionId", from: { eipMask: 28 }, to: { eipMask: 28, regionId: "cn-beijing" }, step: "replace" },
  { input: "bandwidth", from: { eipMask: 28 }, to: { eipMask: 28, bandwidth: 50 }, step: "update" },
  {
    input: "resourceGroupId",
    from: { eipMask: 28 },
    to: { eipMask: 28, resourceGroupId: "rg-other" },
    step: "update",
  },
  { input: "tags", from: { eipMask: 28 }, to: { eipMask: 28, tags: { team: "edge" } }, step: "update" },
  {
    input: "customTimeouts",
    from: { eipMask: 28 },
    to: { eipMask: 28, customTimeouts: { delete: "15m" } },
    step: "update",
  },
];

it("has one row for every rule", () => {
  expect(rows.map(({ input }) => input).sort()).toEqual(
    inputNames.filter((name) => inputTable[name].change !== "none").sort(),
  );
});

it.each(rows)("a change of $input: $step", async ({ input, from, to, step }) => {
  const segment = new DeclaredSegment(cloud);
  await segment.up(from);
  const old = cloud.segment.id;

  expect(await segment.preview(to)).toMatchObject({ step, replaces: step === "replace" ? [input] : [] });
  const asked = cloud.simulator.log.length;
  await segment.up(to);
  expect(cloud.segment.id === old).toBe(step !== "replace");
  // Looking is not enough: a change that is only recorded, and never sent, would show in the state all the same.
  expect(cloud.writesSince(asked).length > 0).toBe(inputTable[input].change !== "record");
  expect(segment.state).toMatchObject({ [input]: to[input] });
  if (inputTable[input].change !== "record") {
    // For what replaces, the state has the program's value. The lookup has the cloud's.
    const { id, regionId } = cloud.segment;
    const found = await createLookup(cloud.configWith()).find({ id, regionId }, false);
    expect(found[input]).toEqual(to[input]);
  }
  expect((await segment.preview(to)).step).toBe("same");
});

const everything: Written = {
  eipMask: 28,
  bandwidth: 5,
  internetChargeType: "PayByBandwidth",
  isp: "BGP",
  netmode: "public",
  zone: "cn-hangzhou-a",
  resourceGroupId: "rg-edge",
  regionId: "cn-hangzhou",
  tags: { team: "edge", stage: "prod" },
  customTimeouts: { create: "20m" },
};

describe("the same said in another way is no change", () => {
  it.each<[string, Written, Written]>([
    ["eipMask 28 and 28 as text", { eipMask: 28 }, { eipMask: "28" }],
    ["bandwidth 50 and 50 as text", { eipMask: 28, bandwidth: 50 }, { eipMask: 28, bandwidth: "50" }],
    ["tags in another order", everything, { ...everything, tags: { stage: "prod", team: "edge" } }],
    ["no tags and an empty object of tags", { eipMask: 28 }, { eipMask: 28, tags: {} }],
    ["an empty object of tags and no tags", { eipMask: 28, tags: {} }, { eipMask: 28 }],
    ["undefined and not written", { eipMask: 28 }, { eipMask: 28, zone: undefined, tags: undefined }],
  ])("%s", async (_, from, to) => {
    const segment = new DeclaredSegment(cloud);
    await segment.up(from);
    expect((await segment.preview(to)).step).toBe("same");
  });

  it.each(["bandwidth", "internetChargeType", "isp", "netmode"])(
    "the default of %s, written or not",
    async (name) => {
      const { [name]: written, ...without } = { ...everything };
      const segment = new DeclaredSegment(cloud);
      await segment.up(without);
      expect((await segment.preview({ ...without, [name]: written })).step).toBe("same");
      await segment.up({ ...without, [name]: written });
      expect((await segment.preview(without)).step).toBe("same");

      const other = new DeclaredSegment(cloud, {}, "other");
      await other.up({ ...without, [name]: written });
      expect((await other.preview(without)).step).toBe("same");
    },
  );
});

describe("an input removed from the program", () => {
  it.each<[string, Written]>([
    ["zone", { zone: "cn-hangzhou-b" }],
    ["regionId", { regionId: "cn-beijing" }],
    ["resourceGroupId", { resourceGroupId: "rg-edge" }],
    ["adopt", {}],
  ])("keeps the segment as it is: %s", async (name, written) => {
    const segment = new DeclaredSegment(cloud);
    if (name === "adopt") {
      const { EipSegmentInstanceId } = await cloud.outside("AllocateEipSegmentAddress", { EipMask: "28" });
      written = { adopt: EipSegmentInstanceId };
    }
    await segment.up({ eipMask: 28, ...written });
    expect(await segment.preview({ eipMask: 28 })).toEqual(expect.objectContaining({ step: "same" }));
    expect(await segment.up({ eipMask: 28 })).toBe("same");
    expect(await segment.refresh()).toBe(true);
    expect((await segment.preview({ eipMask: 28 })).step).toBe("same");
  });

  it("is said to leave the EIPs where they are: resourceGroupId", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, resourceGroupId: "rg-edge" });
    await segment.preview({ eipMask: 28, resourceGroupId: "rg-edge" });
    expect(segment.notices).toEqual([]);
    await segment.preview({ eipMask: 28 });
    expect(segment.notices).toEqual([
      "resourceGroupId was removed from the program: the EIPs stay in their resource group. Set another group to move them.",
    ]);
  });

  it("falls back to its default: bandwidth", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, bandwidth: 50 });
    expect(await segment.up({ eipMask: 28 })).toBe("update");
    expect(cloud.each(({ bandwidth }) => bandwidth)).toEqual([5]);
  });

  it("falls back to its default: tags", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, tags: { team: "edge" } });
    expect(await segment.up({ eipMask: 28 })).toBe("update");
    expect(cloud.each(({ tags }) => Object.keys(tags))).toEqual([["pulumi-eip-segment"]]);
  });

  it.each<[string, Written]>([
    ["internetChargeType", { internetChargeType: "PayByTraffic" }],
    ["isp", { isp: "ChinaTelecom" }],
    ["netmode", { netmode: "hybrid" }],
  ])("falls back to its default, which replaces the segment: %s", async (name, written) => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, bandwidth: 5, ...written });
    expect(await segment.preview({ eipMask: 28, bandwidth: 5 })).toMatchObject({
      step: "replace",
      replaces: [name],
    });
  });
});

describe("a value unknown during a preview", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

  it("shows what a change of it would do", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28 });
    expect(await segment.preview({ eipMask: unknown })).toMatchObject({
      step: "replace",
      replaces: ["eipMask"],
    });
    expect((await segment.preview({ eipMask: 28, tags: { team: unknown } })).step).toBe("update");
  });

  it("passes check while nothing exists yet", async () => {
    const segment = new DeclaredSegment(cloud);
    const written = Object.fromEntries(Object.keys(everything).map((name) => [name, unknown]));
    expect((await segment.preview(written)).step).toBe("create");
  });
});

describe("the region", () => {
  it("of the state wins over a changed default, with a warning", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28 });
    segment.config["alicloud:region"] = "cn-beijing";
    expect((await segment.preview({ eipMask: 28 })).step).toBe("same");
    expect(segment.notices).toEqual([
      'The default region is cn-beijing; existing segments stay in cn-hangzhou. Set regionId: "cn-beijing" to replace them.',
    ]);
    await segment.destroy();
    expect(cloud.simulator.segments()).toEqual([]);
  });

  it("of a replacement is the region of the segment it replaces", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28 });
    segment.config["alicloud:region"] = "cn-beijing";
    expect(await segment.up({ eipMask: 27 })).toBe("replace");
    expect(cloud.segment).toMatchObject({ mask: 27, regionId: "cn-hangzhou" });
  });

  it("of the state stays without a word when there is no default any more", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28 });
    segment.config["alicloud:region"] = "";
    expect((await segment.preview({ eipMask: 28 })).step).toBe("same");
    expect(segment.notices).toEqual([]);
  });

  it("is one fault when the program writes it wrongly and there is no default", async () => {
    const segment = new DeclaredSegment(cloud, { "alicloud:region": "" });
    await expect(segment.preview({ eipMask: 28, regionId: "Hangzhou!" })).rejects.toThrow(
      /^regionId is "Hangzhou!", but [^\n]*$/,
    );
  });

  it("is missed by name when neither the program nor the configuration has one", async () => {
    const segment = new DeclaredSegment(cloud, { "alicloud:region": "" });
    await expect(segment.preview({ eipMask: 28 })).rejects.toThrow(
      "regionId is not set and no default region is configured. Set regionId, run `pulumi config set alicloud:region cn-hangzhou` with your region, or set the environment variable ALICLOUD_REGION.",
    );
  });
});
