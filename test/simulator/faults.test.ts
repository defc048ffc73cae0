import type { Fault, FaultEffect } from "../../simulator";
import { PopClient } from "./support/pop-client";
import { protocolParameters, rawCall } from "./support/raw-call";
import { useSimulator } from "./support/use-simulator";

const context = useSimulator();
const action = "AllocateEipSegmentAddress";
const add = (fault: FaultEffect & Partial<Fault>): void => {
  context.simulator.addFault({ action, ...fault });
};
const count = (): number => context.simulator.segments().length;
const rawAllocate = (): Promise<Response> => {
  const parameters = {
    ...protocolParameters(action, context.clock.timestamp()),
    RegionId: "cn-hangzhou",
    EipMask: "28",
  };
  return rawCall(context.simulator.endpoint, { form: parameters });
};

test("throttling comes with or without the time to wait, and without effect", async () => {
  add({ kind: "throttle", retryAfterMs: 1500 });
  add({ kind: "throttle", code: "Throttling.Api" });
  const first = await context.refusal(action, { EipMask: "28" });
  expect(first).toMatchObject({ status: 400, code: "Throttling.User" });
  expect(first.headers["x-acs-retry-after"]).toBe("1500");
  const second = await context.refusal(action, { EipMask: "28" });
  expect(second.code).toBe("Throttling.Api");
  expect(second.headers).not.toHaveProperty("x-acs-retry-after");
  expect(count()).toBe(0);
  await context.allocate();
});

test("an error has the documented status and message unless others are given", async () => {
  add({ kind: "error", code: "ServiceUnavailable" });
  add({ kind: "error", code: "OperationConflict", status: 409, message: "Busy." });
  add({ kind: "error", code: "Unheard.Of" });
  expect(await context.refusal(action, { EipMask: "28" })).toMatchObject({
    status: 503,
    code: "ServiceUnavailable",
    message: "The request has failed due to a temporary failure of the server.",
  });
  const second = await context.refusal(action, { EipMask: "28" });
  expect(second).toMatchObject({ status: 409, code: "OperationConflict", message: "Busy." });
  expect(await context.refusal(action, { EipMask: "28" })).toMatchObject({ status: 400, code: "Unheard.Of" });
  expect(count()).toBe(0);
});

test("an error after the effect leaves a segment behind, which the token finds again", async () => {
  add({ kind: "error", code: "InternalError", afterEffect: true });
  const parameters = { EipMask: "28", ClientToken: "t" };
  expect(await context.refusal(action, parameters)).toMatchObject({ status: 500, code: "InternalError" });
  expect(count()).toBe(1);
  expect(await context.allocate(parameters)).toBe(context.simulator.segments()[0]?.id);
});

test.each([
  [false, 0],
  [true, 1],
])("an HTML page with status 502 comes before or after the effect (%s)", async (afterEffect, segments) => {
  add({ kind: "html502", afterEffect });
  const response = await rawAllocate();
  expect(response.status).toBe(502);
  expect(response.headers.get("content-type")).toBe("text/html");
  expect(await response.text()).toContain("<h1>502 Bad Gateway</h1>");
  expect(count()).toBe(segments);
});

test("an empty and a truncated body have status 200 and follow the effect", async () => {
  add({ kind: "emptyBody" });
  add({ kind: "truncatedBody" });
  const empty = await rawAllocate();
  expect([empty.status, await empty.text()]).toEqual([200, ""]);
  const truncated = await rawAllocate();
  const text = await truncated.text();
  expect([truncated.status, text.slice(0, 14)]).toEqual([200, '{"RequestId":"']);
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  expect(count()).toBe(2);
});

test.each([
  ["dropBefore", 0],
  ["dropAfter", 1],
] as const)("%s cuts the connection", async (kind, segments) => {
  add({ kind });
  await expect(rawAllocate()).rejects.toThrow("fetch failed");
  expect(count()).toBe(segments);
  expect(context.simulator.log).toMatchObject([{ status: 0, code: undefined, fault: kind }]);
});

test.each([
  ["hangBefore", 0],
  ["hangAfter", 1],
] as const)("%s never answers", async (kind, segments) => {
  add({ kind });
  const { endpoint } = context.simulator;
  const impatient = new PopClient({ endpoint, timestamp: () => context.clock.timestamp(), timeoutMs: 200 });
  const call = impatient.call(action, { RegionId: "cn-hangzhou", EipMask: "28" });
  await expect(call).rejects.toThrow(/Timeout/);
  expect(count()).toBe(segments);
});

test("a fault after the effect also hits a refusal", async () => {
  add({ kind: "dropAfter" });
  await expect(context.call(action, { EipMask: "20" })).rejects.toThrow();
  expect(context.simulator.log[0]).toMatchObject({ status: 0, code: undefined });
});

test("a damaged answer to a refusal is logged as it was sent", async () => {
  add({ kind: "emptyBody" });
  add({ kind: "html502", afterEffect: true });
  for (const status of [200, 502]) {
    await expect(context.call(action, { EipMask: "20" })).rejects.toMatchObject({ name: "SyntaxError" });
    expect(context.simulator.log.at(-1)).toMatchObject({ status, code: undefined });
  }
});

test("faults hit calls in the order of the queue, each as often as told", async () => {
  add({ kind: "throttle", times: 2 });
  add({ kind: "error", code: "SystemBusy" });
  const codes: string[] = [];
  for (let index = 0; index < 3; index += 1)
    codes.push((await context.refusal(action, { EipMask: "28" })).code);
  expect(codes).toEqual(["Throttling.User", "Throttling.User", "SystemBusy"]);
  await context.allocate();
});

test("faults choose calls by action and parameters", async () => {
  add({ kind: "throttle", action: "*", match: { RegionId: "cn-beijing" } });
  add({ kind: "error", code: "SystemBusy", action: "DescribeEipSegment" });
  await context.allocate();
  const beijing = await context.refusal("DescribeEipAddresses", { RegionId: "cn-beijing" });
  expect(beijing.code).toBe("Throttling.User");
  expect((await context.refusal("DescribeEipSegment")).code).toBe("SystemBusy");
});

test("faults by probability are repeatable by their seed", async () => {
  const run = async (seed: number): Promise<boolean[]> => {
    context.simulator.clearFaults();
    add({ kind: "throttle", action: "DescribeEipSegment", probability: 0.5, seed });
    const hits: boolean[] = [];
    for (let index = 0; index < 24; index += 1) {
      hits.push(
        await context.call("DescribeEipSegment").then(
          () => false,
          () => true,
        ),
      );
    }
    return hits;
  };
  const first = await run(1);
  expect(new Set(first)).toEqual(new Set([true, false]));
  expect(await run(1)).toEqual(first);
  expect(await run(2)).not.toEqual(first);
});

test("a probability can be limited to a number of hits", async () => {
  add({ kind: "throttle", probability: 1, times: 2 });
  await context.refusal(action, { EipMask: "28" });
  await context.refusal(action, { EipMask: "28" });
  await context.allocate();
});

test("clearing faults takes all of them away", async () => {
  add({ kind: "throttle", times: 5 });
  context.simulator.clearFaults();
  await context.allocate();
});

test("a request that is not signed well does not use a fault up", async () => {
  add({ kind: "throttle" });
  await context.clientOf("nobody").refusal(action);
  expect((await context.refusal(action, { EipMask: "28" })).code).toBe("Throttling.User");
});
