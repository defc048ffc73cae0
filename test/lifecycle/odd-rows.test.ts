import { rewrite, rewriteNoMore, type Row, rewriteRows } from "./support/rewritten-answers";
import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

/** Lists with rows that are malformed, repeated, or of another segment than requested. */

const context = useWorld();

const idOf = (name = "x"): string => context.world.engine.entry(name)?.id ?? "";

afterEach(rewriteNoMore);

describe("rows of others that are malformed", () => {
  const wrong = { Segment: ["a"], Zone: {}, Name: {}, CreationTime: [], RegionId: {}, IpCount: {} };

  it.each(Object.entries(wrong))("by %s stop neither up nor destroy", async (field, value) => {
    const { world } = context;
    const stranger = await world.stranger();
    rewriteRows("DescribeEipSegment", (row) =>
      row.InstanceId === stranger ? { ...row, [field]: value } : row,
    );
    await world.upWell([segment()]);
    expect((await world.destroy()).errors).toEqual([]);
    expect(world.live()).toEqual([stranger]);
  });

  it("by their id stop neither up nor destroy", async () => {
    const { world } = context;
    const stranger = await world.stranger();
    world.clock.advance(60_000);
    world.cloud.configure({ answers: { "eip-filter": "ignored" } });
    rewriteRows("DescribeEipSegment", (row) =>
      row.InstanceId === stranger ? { ...row, InstanceId: null } : row,
    );
    rewriteRows("DescribeEipAddresses", (row) =>
      row.SegmentInstanceId === stranger ? { ...row, AllocationId: null, IpAddress: {} } : row,
    );
    await world.upWell([segment()]);
    expect(world.engine.entry("x")?.outputs.addresses).toHaveLength(16);
    expect((await world.destroy()).errors).toEqual([]);
    expect(world.live()).toEqual([stranger]);
  });
});

it("names the field of its own segment's row that has no id, and keeps the record", async () => {
  const { world } = context;
  await world.upWell([segment()]);
  rewriteRows("DescribeEipSegment", (row) => ({ ...row, InstanceId: undefined }));
  const { errors } = await world.refresh();
  expect(errors).toEqual([
    `Segment ${idOf()} cannot be read: the field InstanceId is missing or has the wrong type. ` +
      "Run the command again; if the message stays, open a ticket with Alibaba Cloud.",
  ]);
  expect(world.engine.entry("x")?.id).toBe(world.live()[0]);
});

describe("a released segment that stays listed", () => {
  /** Lists the segments that were released, for ever, with a status of this kind. */
  function keepListed(Status: string): void {
    const seen = new Map<unknown, Row>();
    rewrite((request, answer) => {
      if (request.action !== "DescribeEipSegment" || answer.kind !== "success") return answer;
      const rows = (answer.body as { EipSegments: { EipSegment: Row[] } }).EipSegments.EipSegment;
      for (const row of rows) seen.set(row.InstanceId, row);
      const live = context.world.live();
      const asked = request.parameters.SegmentInstanceId;
      const EipSegment = [...seen.values()]
        .filter(({ InstanceId }) => asked === undefined || InstanceId === asked)
        .map((row) => (live.includes(String(row.InstanceId)) ? row : { ...row, Status }));
      return { ...answer, body: { TotalCount: EipSegment.length, EipSegments: { EipSegment } } };
    });
  }

  it.each(["Released", "DELETED"])(
    "as %s ends destroy, and the next up allocates another",
    async (status) => {
      const { world } = context;
      keepListed(status);
      await world.upWell([segment()]);
      const first = idOf();
      const { errors, tookMs } = await world.destroy();
      expect(errors).toEqual([]);
      expect(tookMs).toBeLessThan(60_000);
      for (const knows of [true, false]) {
        if (!knows) world.releasedSegments.clear();
        await world.upWell([segment()]);
        expect(world.live()).toEqual([idOf()]);
        expect(idOf()).not.toBe(first);
        await world.destroy();
      }
    },
  );

  it("is dropped by a refresh, and cannot be adopted", async () => {
    const { world } = context;
    keepListed("Released");
    await world.upWell([segment()]);
    const adopt = idOf();
    world.cloud.vanish(adopt);
    await world.refresh();
    expect(world.engine.entries).toEqual([]);
    expect((await world.up([segment("x", { adopt })])).errors).toEqual([
      expect.stringContaining("has no such segment"),
    ]);
  });

  it("is kept and released while its EIPs exist", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    rewriteRows("DescribeEipSegment", (row) => ({ ...row, Status: "Released" }));
    const { lines } = await world.refresh();
    expect(lines).toEqual([expect.stringContaining("of its EIPs exist, so it is kept in the state")]);
    expect((await world.destroy()).errors).toEqual([]);
    expect(world.live()).toEqual([]);
  });
});

describe("EIPs that are listed twice", () => {
  it.each([
    ["with the same id", (row: Row) => row],
    ["with another id", (row: Row) => ({ ...row, AllocationId: `${String(row.AllocationId)}2` })],
  ])("%s count once", async (_how, again) => {
    const { world } = context;
    rewrite((request, answer) => {
      if (request.action !== "DescribeEipAddresses" || answer.kind !== "success") return answer;
      const rows = (answer.body as { EipAddresses: { EipAddress: Row[] } }).EipAddresses.EipAddress;
      const more = rows.slice(0, 1).map(again);
      const body = {
        TotalCount: rows.length + more.length,
        EipAddresses: { EipAddress: [...rows, ...more] },
      };
      return { ...answer, body };
    });
    await world.upWell([segment()]);
    const ids = world.segments()[0]?.addresses.map(({ allocationId }) => allocationId);
    const recorded = world.engine.entry("x")?.outputs.addresses as { allocationId: string }[];
    expect(recorded.map(({ allocationId }) => allocationId)).toEqual(ids);
  });
});

it("keeps a segment that is not listed, where one of its EIPs no longer exists and the others do", async () => {
  const { world } = context;
  await world.upWell([segment()]);
  const gone = world.segments()[0]?.addresses[0]?.allocationId ?? "";
  rewrite((request, answer) => {
    if (request.action === "DescribeEipSegment") {
      return { kind: "success", body: { TotalCount: 0, EipSegments: { EipSegment: [] } } };
    }
    return String(request.parameters.AllocationId).includes(gone)
      ? { kind: "refusal", code: "InvalidAllocationId.NotFound", message: "", status: 404 }
      : answer;
  });
  const { lines } = await world.refresh();
  expect(lines).toEqual([expect.stringContaining("1 of its EIPs exist, so it is kept in the state")]);
  expect(world.engine.entry("x")?.id).toBe(world.live()[0]);
});

it("finds a segment on a later page of a reply that is not filtered", async () => {
  const { world } = context;
  for (let count = 0; count < 12; count++) await world.stranger();
  world.cloud.configure({ answers: { "segment-filter": "ignored" } });
  const { tookMs } = await world.upWell([segment()]);
  expect(tookMs).toBeLessThan(60_000);
  expect((await world.refresh()).lines).toEqual([]);
  expect((await world.destroy()).errors).toEqual([]);
  expect(world.live()).toHaveLength(12);
});

it("counts EIPs that stay listed as Released as released", async () => {
  const { world } = context;
  const seen = new Map<unknown, Row>();
  rewrite((request, answer) => {
    if (request.action !== "DescribeEipAddresses" || answer.kind !== "success") return answer;
    const rows = (answer.body as { EipAddresses: { EipAddress: Row[] } }).EipAddresses.EipAddress;
    for (const row of rows) seen.set(row.AllocationId, row);
    const live = world.segments().flatMap(({ addresses }) => addresses.map((a) => a.allocationId as unknown));
    const all = [...seen.values()].map((row) =>
      live.includes(row.AllocationId) ? row : { ...row, Status: "Released" },
    );
    return { ...answer, body: { TotalCount: all.length, EipAddresses: { EipAddress: all } } };
  });
  await world.upWell([segment()]);
  expect((await world.destroy()).errors).toEqual([]);
  await world.upWell([segment()]);
  expect(world.live()).toEqual([idOf()]);
});

it("keeps the block and the creation time that a reply leaves out", async () => {
  const { world } = context;
  await world.upWell([segment()]);
  const { cidrBlock, createTime } = world.engine.entry("x")?.outputs ?? {};
  rewriteRows("DescribeEipSegment", (row) => ({ ...row, Segment: {}, CreationTime: "", Zone: null }));
  await world.refresh();
  expect(world.engine.entry("x")?.outputs).toMatchObject({ cidrBlock, createTime });
  await world.upWell([segment("x", { bandwidth: 50 })]);
  expect(world.engine.entry("x")?.outputs).toMatchObject({ cidrBlock, createTime, bandwidth: 50 });
});

it("keeps a segment that is not listed, although its EIPs are listed in another case", async () => {
  const { world } = context;
  await world.upWell([segment()]);
  rewriteRows("DescribeEipSegment", (row) => ({ ...row, InstanceId: "eipsg-other" }));
  rewriteRows("DescribeEipAddresses", (row) => ({
    ...row,
    AllocationId: String(row.AllocationId).toUpperCase(),
  }));
  await world.refresh();
  expect(idOf()).toBe(world.live()[0]);
});

it("reads settings of EIPs of a wrong type as not reported", async () => {
  const { world } = context;
  const odd = {
    ISP: {},
    Netmode: [],
    InternetChargeType: true,
    BusinessStatus: {},
    DeletionProtection: "FALSE",
  };
  rewriteRows("DescribeEipAddresses", (row) => ({ ...row, ...odd }));
  await world.upWell([segment()]);
  expect((await world.destroy()).errors).toEqual([]);
  expect(world.live()).toEqual([]);
});

it("lists all segments where each page has ten and counts itself", async () => {
  const { world } = context;
  for (let count = 0; count < 12; count++) await world.stranger({ Bandwidth: "7" });
  const pages = (request: { parameters: Readonly<Record<string, unknown>> }, rows: Row[]): Row[] =>
    rows.slice(
      (Number(request.parameters.PageNumber ?? 1) - 1) * 10,
      Number(request.parameters.PageNumber ?? 1) * 10,
    );
  const all: Row[] = world.segments().map(({ id }) => ({ InstanceId: id, Status: "Allocated" }));
  rewrite((request, answer) => {
    if (request.action !== "DescribeEipSegment" || request.parameters.SegmentInstanceId !== undefined)
      return answer;
    const rows = pages(request, all);
    return { kind: "success", body: { TotalCount: rows.length, EipSegments: { EipSegment: rows } } };
  });
  await world.upWell([segment()]);
  const listed = world.cloud.log.filter(
    ({ action, parameters }) => action === "DescribeEipSegment" && parameters.PageNumber === "2",
  );
  expect(listed.length).toBeGreaterThan(0);
});

describe("a count that includes reserved addresses", () => {
  const counted = (): void => {
    context.world.cloud.configure({ reserved: 4 });
    rewriteRows("DescribeEipSegment", (row) => ({ ...row, IpCount: "16" }));
  };

  it("is taken for what is listed, once the list has stayed the same for 30 s", async () => {
    const { world } = context;
    counted();
    const { errors, tookMs, lines } = await world.up([segment()]);
    expect(errors).toEqual([]);
    expect(tookMs).toBeLessThan(60_000);
    expect(lines.join("\n")).toContain(`Segment ${idOf()} has 12 EIPs, although the cloud counts 16`);
    expect(world.engine.entry("x")?.outputs).toMatchObject({ ipCount: 12 });
    expect(world.engine.entry("x")?.outputs.addresses).toHaveLength(12);
    expect((await world.refresh()).errors).toEqual([]);
    expect(world.engine.entry("x")?.outputs).toMatchObject({ ipCount: 12 });
    expect((await world.destroy()).errors).toEqual([]);
    expect(world.live()).toEqual([]);
  });

  it("is waited for where the block's first address is listed, or one between", async () => {
    const { world } = context;
    for (const lacking of [15, 8]) {
      rewrite((request, answer) => {
        if (request.action !== "DescribeEipAddresses" || answer.kind !== "success") return answer;
        const body = answer.body as { EipAddresses: { EipAddress: Row[] } };
        const rows = body.EipAddresses.EipAddress.filter(
          ({ IpAddress }) => Number(String(IpAddress).split(".")[3]) % 16 !== lacking,
        );
        return { ...answer, body: { ...body, TotalCount: rows.length, EipAddresses: { EipAddress: rows } } };
      });
      const { errors } = await world.up([segment()]);
      expect(errors.join()).toContain("but 15 of its 16 EIPs are listed");
      rewriteNoMore();
      await world.destroy();
    }
  });
});
