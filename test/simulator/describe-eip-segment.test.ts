import { useSimulator } from "./support/use-simulator";

const context = useSimulator({
  accounts: ["one", "two"].map((name, index) => ({
    accountId: String(index + 1).repeat(16),
    accessKeyId: name,
    accessKeySecret: `${name}-secret`,
  })),
});
const region = { RegionId: "cn-hangzhou" };
const allocateAs = async (name: string, parameters = {}): Promise<string> => {
  const all = { ...region, EipMask: "28", ...parameters };
  return (await context.clientOf(name).call("AllocateEipSegmentAddress", all)).EipSegmentInstanceId;
};
const describeAs = (name: string, parameters = {}) =>
  context.clientOf(name).call("DescribeEipSegment", { ...region, ...parameters });
const statuses = async (id: string): Promise<string[]> => {
  const reply = await describeAs("one", { SegmentInstanceId: id });
  return reply.EipSegments.EipSegment.map((segment) => segment.Status ?? "");
};

test("a segment is described with exactly the documented fields, all of them texts", async () => {
  const id = await allocateAs("one");
  const reply = await describeAs("one");
  expect(reply).toEqual({
    RequestId: expect.any(String) as unknown,
    PageNumber: 1,
    PageSize: 10,
    TotalCount: 1,
    EipSegments: {
      EipSegment: [
        {
          InstanceId: id,
          RegionId: "cn-hangzhou",
          Status: "Allocated",
          Segment: "203.0.113.0/28",
          IpCount: "16",
          Name: "",
          Descritpion: "",
          Zone: "cn-hangzhou-a",
          CreationTime: "2026-01-02T03:04:05Z",
        },
      ],
    },
  });
});

test("IpCount leaves reserved addresses out", async () => {
  context.simulator.configure({ reserved: 4 });
  await allocateAs("one");
  expect((await describeAs("one")).EipSegments.EipSegment[0]?.IpCount).toBe("12");
});

test("accounts and regions see only their own segments", async () => {
  const id = await allocateAs("one");
  await allocateAs("one", { RegionId: "cn-beijing" });
  expect((await describeAs("one")).TotalCount).toBe(1);
  expect((await describeAs("two")).TotalCount).toBe(0);
  expect((await describeAs("two", { SegmentInstanceId: id })).EipSegments.EipSegment).toEqual([]);
});

test("an unknown id gives an empty list", async () => {
  expect((await describeAs("one", { SegmentInstanceId: "eipsg-none" })).EipSegments.EipSegment).toEqual([]);
});

test("segments come in pages", async () => {
  const ids: string[] = [];
  for (let index = 0; index < 12; index += 1) ids.push(await allocateAs("one"));
  const second = await describeAs("one", { PageNumber: 2 });
  expect(second).toMatchObject({ PageNumber: 2, PageSize: 10, TotalCount: 12 });
  const whole = await describeAs("one", { PageSize: 50 });
  expect(whole.EipSegments.EipSegment.map((segment) => segment.InstanceId)).toEqual(ids);
  expect(second.EipSegments.EipSegment.map((segment) => segment.InstanceId)).toEqual(ids.slice(10));
});

test.each([{ PageSize: 51 }, { PageSize: 0 }, { PageNumber: 0 }, { PageNumber: "x" }])(
  "%j is refused",
  async (parameters) => {
    const refusal = await context.clientOf("one").refusal("DescribeEipSegment", { ...region, ...parameters });
    expect(refusal).toMatchObject({ status: 400, code: "InvalidParameter" });
  },
);

test.each([
  ["no region", { RegionId: "" }, "MissingRegionId"],
  ["an unknown region", { RegionId: "cn-atlantis" }, "Forbidden.RegionNotFound"],
])("%s is refused", async (_what, parameters, code) => {
  expect((await context.clientOf("one").refusal("DescribeEipSegment", parameters)).code).toBe(code);
});

test("progression by describes shows each -ing state that often", async () => {
  context.simulator.setProgression({ kind: "describes", count: 2 });
  const id = await allocateAs("one");
  expect([await statuses(id), await statuses(id), await statuses(id)].flat()).toEqual([
    "Allocating",
    "Allocating",
    "Allocated",
  ]);
  await context.clientOf("one").call("ReleaseEipSegmentAddress", { ...region, SegmentInstanceId: id });
  expect([await statuses(id), await statuses(id), await statuses(id)]).toEqual([
    ["Releasing"],
    ["Releasing"],
    [],
  ]);
});

test("progression by time follows the clock", async () => {
  context.simulator.setProgression({ kind: "time", allocateMs: 3000, releaseMs: 1000 });
  const id = await allocateAs("one");
  context.clock.advance(2999);
  expect(await statuses(id)).toEqual(["Allocating"]);
  context.clock.advance(1);
  expect(await statuses(id)).toEqual(["Allocated"]);
  await context.clientOf("one").call("ReleaseEipSegmentAddress", { ...region, SegmentInstanceId: id });
  context.clock.advance(999);
  expect(await statuses(id)).toEqual(["Releasing"]);
  context.clock.advance(1);
  expect(await statuses(id)).toEqual([]);
});

test("a segment that never settles does so once the progression is changed", async () => {
  context.simulator.setProgression({ kind: "time", allocateMs: Infinity, releaseMs: 0 });
  const id = await allocateAs("one");
  context.clock.advance(10 * 60_000);
  expect(await statuses(id)).toEqual(["Allocating"]);
  context.simulator.setProgression({ kind: "immediate" });
  expect(await statuses(id)).toEqual(["Allocated"]);
});

test("a new segment stays out of sight for the visibility lag", async () => {
  context.simulator.configure({ visibilityLag: { kind: "describes", count: 2 } });
  const id = await allocateAs("one");
  expect([await statuses(id), await statuses(id), await statuses(id)]).toEqual([[], [], ["Allocated"]]);
  context.simulator.configure({ visibilityLag: { kind: "time", ms: 5000 } });
  const other = await allocateAs("one");
  expect(await statuses(other)).toEqual([]);
  context.clock.advance(5000);
  expect(await statuses(other)).toEqual(["Allocated"]);
});

test("a segment can vanish where it should become Allocated", async () => {
  context.simulator.setProgression({ kind: "describes", count: 1 });
  context.simulator.addFault({ action: "AllocateEipSegmentAddress", kind: "vanish" });
  const id = await allocateAs("one");
  expect([await statuses(id), await statuses(id)]).toEqual([["Allocating"], []]);
  expect(context.simulator.addresses()).toEqual([]);
});

test("a live segment can be made to vanish at once", async () => {
  const id = await allocateAs("one");
  context.simulator.vanish(id);
  expect(await statuses(id)).toEqual([]);
  expect(() => {
    context.simulator.vanish(id);
  }).toThrow(`No live segment has the id ${id}.`);
});

test("a ClientToken does not freeze the answer", async () => {
  const before = await describeAs("one", { ClientToken: "t" });
  await allocateAs("one");
  const after = await describeAs("one", { ClientToken: "t" });
  expect([before.TotalCount, after.TotalCount]).toEqual([0, 1]);
});
