import { type LogEntry, startSimulator } from "../../simulator";
import { formatLogEntry } from "../../simulator/request-log";
import { PopClient } from "./support/pop-client";
import { useSimulator } from "./support/use-simulator";

const context = useSimulator();

test("the environment points clients at the simulator with obviously fake keys", () => {
  const { endpoint, environment } = context.simulator;
  expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(environment).toEqual({
    ALICLOUD_ACCESS_KEY: "simulator-access-key-id",
    ALICLOUD_SECRET_KEY: "simulator-access-key-secret",
    ALICLOUD_REGION: "cn-hangzhou",
    ALIBABA_CLOUD_ENDPOINT_VPC: endpoint,
    ALIBABA_CLOUD_ENDPOINT_STS: endpoint,
  });
});

test("the environment names the first account, its token and the wanted region", async () => {
  const account = { accountId: "1", accessKeyId: "a", accessKeySecret: "b", securityToken: "c" };
  const simulator = await startSimulator({ accounts: [account], regionId: "eu-central-1" });
  expect(simulator.environment).toMatchObject({
    ALICLOUD_ACCESS_KEY: "a",
    ALICLOUD_SECRET_KEY: "b",
    ALICLOUD_SECURITY_TOKEN: "c",
    ALICLOUD_REGION: "eu-central-1",
  });
  await simulator.stop();
});

test("by default the documented limits hold", async () => {
  const simulator = await startSimulator();
  const client = new PopClient({ endpoint: simulator.endpoint });
  const parameters = { RegionId: "cn-hangzhou", EipMask: "28" };
  await client.call("AllocateEipSegmentAddress", parameters);
  expect(simulator.segments()[0]?.status).toBe("Allocated");
  const codes: string[] = [];
  for (let index = 0; index < 6; index += 1) {
    codes.push((await client.refusal("AllocateEipSegmentAddress", parameters)).code);
  }
  expect(codes).toEqual([...Array<string>(5).fill("QuotaExceeded.Eip"), "Throttling.User"]);
  await simulator.stop();
});

test("two simulators do not know each other, and a taken port is an error", async () => {
  const other = await startSimulator();
  await context.allocate();
  expect(other.segments()).toEqual([]);
  const port = Number(new URL(other.endpoint).port);
  await expect(startSimulator({ port })).rejects.toThrow("EADDRINUSE");
  await other.stop();
  const again = await startSimulator({ port });
  expect(again.endpoint).toBe(other.endpoint);
  await again.stop();
});

test("a stopped simulator refuses connections", async () => {
  const { endpoint } = context.simulator;
  await context.allocate();
  await context.stop();
  await expect(fetch(endpoint)).rejects.toThrow("fetch failed");
});

test("a reset forgets tokens, nonces, limits, faults and settings changed since the start", async () => {
  const { simulator } = context;
  simulator.configure({ rateLimits: true, progression: { kind: "describes", count: 9 } });
  simulator.addFault({ action: "DescribeRegions", kind: "throttle" });
  const token = { ClientToken: "t", SignatureNonce: "n" };
  const before = await context.allocate(token);
  simulator.reset();
  expect([simulator.log, simulator.segments(), simulator.addresses()]).toEqual([[], [], []]);
  const after = await context.allocate(token);
  expect(after).not.toBe(before);
  expect(simulator.segments()).toMatchObject([{ status: "Allocated", cidrBlock: "203.0.113.0/28" }]);
  await context.call("DescribeRegions");
  for (let index = 0; index < 7; index += 1) await context.allocate();
});

test("the log numbers requests and measures their time", async () => {
  const start = context.clock.now();
  await context.call("DescribeRegions");
  context.clock.advance(5000);
  await context.refusal("ReleaseEipSegmentAddress", { SegmentInstanceId: "x", ClientToken: "c" });
  expect(context.simulator.log).toEqual([
    expect.objectContaining({ sequence: 1, at: start, action: "DescribeRegions", status: 200 }),
    {
      sequence: 2,
      at: start + 5000,
      method: "POST",
      signature: "1.0",
      action: "ReleaseEipSegmentAddress",
      regionId: "cn-hangzhou",
      accountId: "1234567890123456",
      parameters: { RegionId: "cn-hangzhou", SegmentInstanceId: "x", ClientToken: "c" },
      status: 400,
      code: "OperationFailed.InstanceNotExist",
      requestId: expect.stringMatching(/^[0-9A-F-]{36}$/) as unknown,
      durationMs: 0,
      fault: undefined,
    },
  ]);
});

test("each request is reported, and fits on one line without secrets", async () => {
  const entries: LogEntry[] = [];
  const simulator = await startSimulator({
    now: context.clock.now,
    onRequest: (entry) => entries.push(entry),
  });
  const timestamp = () => context.clock.timestamp();
  const client = new PopClient({ endpoint: simulator.endpoint, timestamp });
  simulator.addFault({ action: "DescribeRegions", kind: "dropAfter" });
  await client.call("AllocateEipSegmentAddress", { RegionId: "cn-hangzhou", EipMask: 28, ClientToken: "t" });
  await client.refusal("DescribeEipSegment");
  await expect(client.call("DescribeRegions")).rejects.toThrow();
  await simulator.stop();
  expect(entries.map(formatLogEntry)).toEqual([
    "03:04:05.000  #1  AllocateEipSegmentAddress  cn-hangzhou  200 0 ms  ClientToken=t  EipMask=28",
    "03:04:05.000  #2  DescribeEipSegment  -  400 MissingRegionId 0 ms",
    "03:04:05.000  #3  DescribeRegions  -  no answer 0 ms  fault:dropAfter",
  ]);
  expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
});
