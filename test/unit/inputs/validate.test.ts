import { runtime } from "@pulumi/pulumi";
import { validateInputs } from "../../../provider/inputs/validate";
import { bgpProRegions } from "../../../provider/inputs/region-table";
import { unknownMarker } from "../../../provider/inputs/preview-unknown";

const region = "cn-hangzhou";
const failuresOf = (written: Record<string, unknown>, regionId: string | undefined = region) =>
  validateInputs({ eipMask: 28, ...written }, regionId).failures;
const propertiesOf = (written: Record<string, unknown>, regionId?: string) =>
  failuresOf(written, regionId).map(({ property }) => property);

it("knows the marker that the SDK sends for a value unknown during a preview", () => {
  expect(unknownMarker).toBe(runtime.unknownValue);
});

describe("inputs that the documentation allows", () => {
  it.each([
    [{ eipMask: 24 }],
    [{ eipMask: "28" }],
    [{ bandwidth: 1 }],
    [{ bandwidth: "500" }],
    [{ bandwidth: 200, internetChargeType: "PayByTraffic" }],
    [{ isp: "ChinaTelecom_L2" }],
    [{ netmode: "hybrid", bandwidth: 10 }],
    [{ zone: "cn-hangzhou-b" }],
    [{ zone: "ap-southeast-1a", regionId: "ap-southeast-1" }],
    [{ zone: "cn-shanghai-finance-1a", regionId: "cn-shanghai-finance-1" }],
    [{ regionId: "cn-hangzhou-finance", isp: "BGP_FinanceCloud" }],
    [{ regionId: "xx-newland-1", isp: "BGP_PRO" }],
    [{ resourceGroupId: "rg-acfm3x7pt5jh2oy" }],
    [{ tags: { team: "edge", empty: "" } }],
    [{ tags: Object.fromEntries(Array.from({ length: 19 }, (_, index) => [`k${index}`, "v"])) }],
    [{ tags: { ["k".repeat(128)]: "v".repeat(128) } }],
    [{ adopt: "eipsg-2zett8ba055tbsxme" }],
    [{ customTimeouts: { create: "1h30m", delete: "90s" } }],
    [{ bandwidth: undefined, zone: null }],
  ])("pass: %j", (written) => {
    expect(failuresOf(written)).toEqual([]);
  });

  it.each(bgpProRegions)("pass: BGP_PRO in %s", (regionId) => {
    expect(failuresOf({ isp: "BGP_PRO", regionId })).toEqual([]);
  });

  it("pass with any value unknown during a preview", () => {
    const unknown = Object.fromEntries(
      [
        "eipMask",
        "bandwidth",
        "internetChargeType",
        "isp",
        "netmode",
        "zone",
        "resourceGroupId",
        "regionId",
        "tags",
        "adopt",
      ].map((name) => [name, unknownMarker]),
    );
    expect(validateInputs(unknown, region)).toEqual({ values: unknown, failures: [] });
  });

  it("pass with one tag unknown during a preview", () => {
    expect(validateInputs({ eipMask: 28, tags: { a: unknownMarker } }, region).values.tags).toEqual({
      a: unknownMarker,
    });
  });

  it("are normalised", () => {
    const { values } = validateInputs({ eipMask: "27", bandwidth: " 50 ", zone: undefined }, region);
    expect(values).toEqual({ eipMask: 27, bandwidth: 50 });
  });
});

describe("inputs that the documentation rules out", () => {
  it.each([
    ["eipMask", { eipMask: 23 }],
    ["eipMask", { eipMask: 29 }],
    ["eipMask", { eipMask: 24.5 }],
    ["eipMask", { eipMask: "abc" }],
    ["eipMask", { eipMask: "" }],
    ["eipMask", { eipMask: true }],
    ["eipMask", { eipMask: undefined }],
    ["bandwidth", { bandwidth: 0 }],
    ["bandwidth", { bandwidth: 501 }],
    ["bandwidth", { bandwidth: 201, internetChargeType: "PayByTraffic" }],
    ["bandwidth", { bandwidth: -1 }],
    ["bandwidth", { bandwidth: "5Mbit" }],
    ["bandwidth", { netmode: "hybrid" }],
    ["internetChargeType", { internetChargeType: "paybytraffic" }],
    ["internetChargeType", { internetChargeType: "PayByTraffic", netmode: "hybrid", bandwidth: 5 }],
    ["isp", { isp: "bgp" }],
    ["isp", { isp: "BGP_PRO" }],
    ["isp", { regionId: "cn-hangzhou-finance" }],
    ["isp", { regionId: "cn-hangzhou-finance", isp: "BGP" }],
    ["netmode", { netmode: "private" }],
    ["zone", { zone: "cn-beijing-a" }],
    ["zone", { zone: "cn-hangzhou-finance-b" }],
    ["zone", { zone: "a" }],
    ["resourceGroupId", { resourceGroupId: "acfm" }],
    ["regionId", { regionId: "Hangzhou" }],
    ["tags", { tags: "team=edge" }],
    ["tags", { tags: { "acs:team": "edge" } }],
    ["tags", { tags: { aliyunteam: "edge" } }],
    ["tags", { tags: { team: "see https://example.com" } }],
    ["tags", { tags: { "": "edge" } }],
    ["tags", { tags: { team: "x".repeat(129) } }],
    ["tags", { tags: { team: 5 } }],
    ["tags", { tags: { "pulumi-eip-segment": "mine" } }],
    ["tags", { tags: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, "v"])) }],
    ["adopt", { adopt: "eip-123" }],
    ["customTimeouts", { customTimeouts: { create: "ten minutes" } }],
    ["customTimeouts", { customTimeouts: { create: "0s" } }],
  ])("fail on %s: %j", (property, written) => {
    const failures = failuresOf(written);
    expect(failures.map((failure) => failure.property)).toEqual([property]);
    expect(failures[0]?.reason).toMatch(new RegExp(`^${property} is .+, but .+\\. Correct the program`));
  });

  it("are all reported together, each on its property", () => {
    expect(
      propertiesOf({ eipMask: 12, bandwidth: 900, isp: "BGP_PRO", zone: "cn-beijing-a", colour: "red" }),
    ).toEqual(expect.arrayContaining(["eipMask", "bandwidth", "isp", "zone", "colour"]));
  });

  it("name the value and the rule", () => {
    expect(failuresOf({ eipMask: 29 })).toEqual([
      {
        property: "eipMask",
        reason:
          "eipMask is 29, but it must be a whole number from 24 (256 addresses) to 28 (16 addresses). Correct the program; nothing was sent to the cloud.",
      },
    ]);
  });
});

it.each([
  ["bandwith", "did you mean bandwidth?"],
  ["ISP", "did you mean isp?"],
  ["ips", "did you mean isp?"],
  ["mask", "did you mean eipMask?"],
  ["region", "did you mean regionId?"],
  ["name", "name is not an input of EipSegment: remove it."],
  ["cidrBlock", "it is an output, which only the cloud sets."],
])("answers the unknown input %s with what is known: %s", (name, hint) => {
  expect(failuresOf({ [name]: 5 })).toEqual([
    { property: name, reason: expect.stringContaining(hint) as string },
  ]);
});

it.each([
  ["5cf8f73096256a8f31e491e813e4eb8e", "a resource and not its id"],
  ["c44067f5952c0a294b673a41bacd8c17", "an asset"],
  ["0def7320c3a5731c473e5ecbe6d01bc7", "an archive"],
])("shows what is no plain value (%s) as %s", (mark, shown) => {
  const written = { resourceGroupId: { "4dabf18193072939515e22adb298388d": mark, urn: "urn:pulumi:a" } };
  expect(failuresOf(written)[0]?.reason).toMatch(new RegExp(`^resourceGroupId is ${shown}, but it must be`));
});

it.each([
  ["k".repeat(40), "k".repeat(40)],
  ["k".repeat(41), `${"k".repeat(40)}...`],
])("shows at most 40 characters of a tag's key", (key, shown) => {
  expect(failuresOf({ tags: { [key]: 5 } })[0]?.reason).toContain(`the value of "${shown}" must be a string`);
});

it("shows at most 80 characters of a value", () => {
  const [failure] = failuresOf({ zone: "z".repeat(200) });
  expect(failure?.reason).toContain(`zone is "${"z".repeat(76)}..., but`);
});

it("checks what is known of tags while one of them is not", () => {
  expect(failuresOf({ tags: { a: unknownMarker, "acs:b": "1" } })).toEqual([
    {
      property: "tags",
      reason: expect.stringMatching(
        /^tags is {"a":"not known yet","acs:b":"1"}, but the key "acs:b" must not/,
      ) as string,
    },
  ]);
});

describe("what the SDK did not pass on", () => {
  it("fails on its property, once, whatever its value", () => {
    const lost = [{ property: "eipMask", problem: "a function" }, { property: "id" }];
    expect(validateInputs({}, region, { secrets: ["eipMask"], lost }).failures).toEqual([
      { property: "", reason: "eipMask is a function. Correct the program; nothing was sent to the cloud." },
      { property: "id", reason: expect.stringContaining("set adopt.") as string },
    ]);
  });
});

it("leaves rules about the region to a later run while the region is unknown", () => {
  expect(failuresOf({ isp: "BGP_PRO", zone: "cn-beijing-a", regionId: unknownMarker })).toEqual([]);
});
