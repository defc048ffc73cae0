import { protocolParameters, rawCall } from "./support/raw-call";
import { useSimulator } from "./support/use-simulator";

const context = useSimulator();
const action = "AllocateEipSegmentAddress";
const count = (): number => context.simulator.segments().length;

test("a call held before its effect has none until it is released", async () => {
  const held = context.simulator.hold({ action, point: "before" });
  const call = context.allocate();
  await held.reached;
  expect([held.isReached, count()]).toEqual([true, 0]);
  expect(context.simulator.log).toMatchObject([{ action, status: 0, durationMs: 0 }]);
  context.clock.advance(250);
  held.release();
  await call;
  expect(count()).toBe(1);
  expect(context.simulator.log).toMatchObject([{ status: 200, durationMs: 250 }]);
});

test("a call held after its effect has it, but no answer", async () => {
  const held = context.simulator.hold({ action, point: "after" });
  const call = context.allocate();
  await held.reached;
  expect(count()).toBe(1);
  held.release();
  expect(await call).toBe(context.simulator.segments()[0]?.id);
});

test("a hold pauses one call; others pass", async () => {
  const held = context.simulator.hold({ action: "*", point: "before" });
  const first = context.allocate();
  await held.reached;
  await context.allocate();
  expect(count()).toBe(1);
  held.release();
  await first;
  await context.allocate();
  expect(count()).toBe(3);
});

test("a hold waits for the call with its parameters", async () => {
  const held = context.simulator.hold({ action, point: "before", match: { EipMask: "27" } });
  await context.allocate();
  expect(held.isReached).toBe(false);
  const call = context.allocate({ EipMask: "27" });
  await held.reached;
  held.release();
  await call;
});

test("a hold that is released early lets its call pass", async () => {
  context.simulator.hold({ action, point: "before" }).release();
  await context.allocate();
  expect(count()).toBe(1);
});

test("a call discarded before its effect never has it, and its token stays free", async () => {
  const held = context.simulator.hold({ action, point: "before" });
  const call = context.allocate({ ClientToken: "t" });
  const failed = expect(call).rejects.toThrow();
  await held.reached;
  held.discard();
  await failed;
  expect(count()).toBe(0);
  await context.allocate({ ClientToken: "t", EipMask: "27" });
});

test("a call discarded after its effect has had it", async () => {
  const held = context.simulator.hold({ action, point: "after" });
  const failed = expect(context.allocate()).rejects.toThrow();
  await held.reached;
  held.discard();
  await failed;
  expect(count()).toBe(1);
});

test("a call whose client is gone takes effect when it is released", async () => {
  const held = context.simulator.hold({ action, point: "before" });
  const abort = new AbortController();
  const parameters = protocolParameters(action, context.clock.timestamp());
  const query = { ...parameters, RegionId: "cn-hangzhou", EipMask: "28" };
  const killed = rawCall(context.simulator.endpoint, { query, signal: abort.signal });
  const failed = expect(killed).rejects.toThrow();
  await held.reached;
  abort.abort();
  await failed;
  held.release();
  await context.call("DescribeRegions");
  expect(count()).toBe(1);
});

test("a reset discards held calls and their effects", async () => {
  const held = context.simulator.hold({ action, point: "before" });
  const failed = expect(context.allocate()).rejects.toThrow();
  await held.reached;
  context.simulator.reset();
  await failed;
  expect(count()).toBe(0);
});

test("stopping does not wait for held and hanging calls", async () => {
  const held = context.simulator.hold({ action, point: "after" });
  context.simulator.addFault({ action: "DescribeRegions", kind: "hangBefore" });
  const failed = [
    expect(context.allocate()).rejects.toThrow(),
    expect(context.call("DescribeRegions")).rejects.toThrow(),
  ];
  await held.reached;
  await context.stop();
  await Promise.all(failed);
});
