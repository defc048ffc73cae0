import { useSimulator } from "./support/use-simulator";

const context = useSimulator({
  accounts: ["simulator-access-key-id", "same", "other"].map((accessKeyId) => ({
    accountId: accessKeyId === "other" ? "2222222222222222" : "1111111111111111",
    accessKeyId,
    accessKeySecret:
      accessKeyId === "other" || accessKeyId === "same"
        ? `${accessKeyId}-secret`
        : "simulator-access-key-secret",
  })),
});
const action = "AllocateEipSegmentAddress";
const wanted = { RegionId: "cn-hangzhou", EipMask: "28", ClientToken: "token" };
const live = (): string[] => context.simulator.segments().map(({ id }) => id);

test("a repetition gets the same segment under a new RequestId", async () => {
  const first = await context.call(action, wanted);
  const second = await context.call(action, wanted);
  expect(second.EipSegmentInstanceId).toBe(first.EipSegmentInstanceId);
  expect(second.RequestId).not.toBe(first.RequestId);
  expect(live()).toEqual([first.EipSegmentInstanceId]);
});

test("requests without a token, or with an empty one, are always new", async () => {
  await context.allocate();
  await context.allocate();
  await context.allocate({ ClientToken: "" });
  await context.allocate({ ClientToken: "" });
  expect(live()).toHaveLength(4);
});

test.each([{ EipMask: "27" }, { Bandwidth: "10" }, { Zone: "cn-hangzhou-b" }])(
  "the same token with %j is a mismatch",
  async (change) => {
    await context.call(action, wanted);
    expect(await context.refusal(action, { ...wanted, ...change })).toMatchObject({
      status: 400,
      code: "IdempotentParameterMismatch",
    });
    expect(live()).toHaveLength(1);
  },
);

test("token, account, region and operation together name a request, not the key", async () => {
  const id = await context.allocate(wanted);
  expect((await context.clientOf("same").call(action, wanted)).EipSegmentInstanceId).toBe(id);
  await context.clientOf("other").call(action, wanted);
  await context.allocate({ ...wanted, RegionId: "cn-beijing" });
  await context.allocate({ ...wanted, ClientToken: "TOKEN" });
  expect(live()).toHaveLength(4);
  await context.call("ReleaseEipSegmentAddress", { SegmentInstanceId: id, ClientToken: "token" });
  expect(live()).toHaveLength(3);
});

test("a repeated release gets its first answer although the segment is gone", async () => {
  const SegmentInstanceId = await context.allocate();
  const release = { SegmentInstanceId, ClientToken: "release" };
  await context.call("ReleaseEipSegmentAddress", release);
  await expect(context.call("ReleaseEipSegmentAddress", release)).resolves.toBeDefined();
  const fresh = await context.refusal("ReleaseEipSegmentAddress", { ...release, ClientToken: "other" });
  expect(fresh.code).toBe("OperationFailed.InstanceNotExist");
});

test("a refusal is not remembered", async () => {
  context.simulator.setQuota(0);
  expect((await context.refusal(action, wanted)).code).toBe("QuotaExceeded.Eip");
  context.simulator.setQuota(20);
  await context.call(action, wanted);
  expect(live()).toHaveLength(1);
});

test("a refusal does not forbid other parameters under its token", async () => {
  expect((await context.refusal(action, { ...wanted, EipMask: "20" })).code).toBe("IllegalParam.EipMask");
  await context.call(action, wanted);
  expect(live()).toHaveLength(1);
});

test("an answer that got lost is there for the repetition", async () => {
  context.simulator.addFault({ action, kind: "dropAfter" });
  await expect(context.call(action, wanted)).rejects.toThrow();
  const [id] = live();
  expect(await context.allocate(wanted)).toBe(id);
  expect(live()).toHaveLength(1);
});

test("by default tokens are remembered for 24 hours", async () => {
  const id = await context.allocate(wanted);
  context.clock.advance(24 * 60 * 60 * 1000 - 1);
  expect(await context.allocate(wanted)).toBe(id);
  context.clock.advance(1);
  expect(await context.allocate(wanted)).not.toBe(id);
});

test("a repetition after the release gets the dead id", async () => {
  const id = await context.allocate(wanted);
  await context.call("ReleaseEipSegmentAddress", { SegmentInstanceId: id });
  expect(await context.allocate(wanted)).toBe(id);
  expect(await context.statusOf(id)).toBeUndefined();
});

test.each([
  ["65 characters", "t".repeat(65)],
  ["a letter beyond ASCII", "tökén"],
  ["a line break", "a\nb"],
])("a token with %s is refused", async (_what, ClientToken) => {
  expect(await context.refusal(action, { ...wanted, ClientToken })).toMatchObject({
    status: 400,
    code: "InvalidParameter",
    message: 'Specified value of "ClientToken" is not valid.',
  });
});

test("a token of 64 ASCII characters is accepted", async () => {
  const ClientToken = `${" !~*'()/".repeat(7)}12345678`;
  expect(await context.allocate({ ClientToken })).toBe(await context.allocate({ ClientToken }));
});

test("a token whose first request is still being processed is refused", async () => {
  const held = context.simulator.hold({ action, point: "before" });
  const first = context.call(action, wanted);
  await held.reached;
  expect(await context.refusal(action, wanted)).toMatchObject({ status: 403, code: "LastTokenProcessing" });
  held.release();
  expect(await context.allocate(wanted)).toBe((await first).EipSegmentInstanceId);
});

test("twenty requests with one token at the same time make one segment", async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => context.allocate(wanted)));
  expect(new Set(ids).size).toBe(1);
  expect(live()).toHaveLength(1);
});

test("twenty requests with different tokens at the same time make twenty segments without overlap", async () => {
  await Promise.all(Array.from({ length: 20 }, (_, index) => context.allocate({ ClientToken: `t${index}` })));
  const ips = context.simulator.addresses().map(({ ipAddress }) => ipAddress);
  expect(ips).toHaveLength(320);
  expect(new Set(ips).size).toBe(320);
});
