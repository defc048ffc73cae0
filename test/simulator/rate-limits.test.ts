import { useSimulator } from "./support/use-simulator";

const context = useSimulator({
  rateLimits: true,
  accounts: ["simulator-access-key-id", "other"].map((accessKeyId, index) => ({
    accountId: String(index + 1).repeat(16),
    accessKeyId,
    accessKeySecret: index === 0 ? "simulator-access-key-secret" : "other-secret",
  })),
});
jest.setTimeout(30_000);

const action = "AllocateEipSegmentAddress";

test("the seventh allocation within 60 s is throttled and told how long to wait", async () => {
  for (let index = 0; index < 6; index += 1) {
    await context.allocate();
    context.clock.advance(1000);
  }
  const refusal = await context.refusal(action, { EipMask: "28" });
  expect(refusal).toMatchObject({
    status: 400,
    code: "Throttling.User",
    message: "Request was denied due to user flow control.",
  });
  expect(refusal.headers["x-acs-retry-after"]).toBe("54000");
  context.clock.advance(53_999);
  expect((await context.refusal(action, { EipMask: "28" })).headers["x-acs-retry-after"]).toBe("1");
  context.clock.advance(1);
  await context.allocate();
  expect((await context.refusal(action, { EipMask: "28" })).headers["x-acs-retry-after"]).toBe("1000");
  expect(context.simulator.segments()).toHaveLength(7);
});

test("each account has its own limit", async () => {
  for (let index = 0; index < 6; index += 1) await context.allocate();
  const parameters = { RegionId: "cn-hangzhou", EipMask: "28" };
  await expect(context.clientOf("other").call(action, parameters)).resolves.toBeDefined();
});

test("a throttled call takes no token", async () => {
  for (let index = 0; index < 6; index += 1) await context.allocate();
  await context.refusal(action, { EipMask: "28", ClientToken: "t" });
  context.clock.advance(60_000);
  await context.allocate({ EipMask: "27", ClientToken: "t" });
});

test("a repetition under the same token counts as a call", async () => {
  for (let index = 0; index < 6; index += 1) await context.allocate({ ClientToken: "t" });
  expect((await context.refusal(action, { EipMask: "28", ClientToken: "t" })).code).toBe("Throttling.User");
});

test("releases are limited to 60 in 60 s, and queries are not", async () => {
  const release = { SegmentInstanceId: "eipsg-none" };
  for (let index = 0; index < 60; index += 1) {
    expect((await context.refusal("ReleaseEipSegmentAddress", release)).code).toBe(
      "OperationFailed.InstanceNotExist",
    );
  }
  expect((await context.refusal("ReleaseEipSegmentAddress", release)).code).toBe("Throttling.User");
  for (let index = 0; index < 70; index += 1) await context.call("DescribeEipSegment");
});

test("other limits can be set, or none", async () => {
  context.simulator.configure({ rateLimits: { DescribeEipSegment: { limit: 1, windowMs: 500 } } });
  for (let index = 0; index < 7; index += 1) await context.allocate();
  await context.call("DescribeEipSegment");
  const refusal = await context.refusal("DescribeEipSegment");
  expect([refusal.code, refusal.headers["x-acs-retry-after"]]).toEqual(["Throttling.User", "500"]);
  context.simulator.configure({ rateLimits: false });
  await context.call("DescribeEipSegment");
});
