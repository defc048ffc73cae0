import { RateLimiter } from "../../../provider/client/rate-limiter";
import type { QueueReport } from "../../../provider/client/rate-limiter";
import { VirtualClock } from "../../support/virtual-clock";

const windowMs = 60_000;

/** A server with a sliding window, which others may use too. */
class Server {
  public readonly accepted: number[] = [];
  public throttledCalls = 0;

  public constructor(
    private readonly clock: VirtualClock,
    private readonly calls: number,
  ) {}

  /** ms until there is room again, or 0 when the call was accepted. */
  public call(): number {
    const now = this.clock.now();
    const counted = this.accepted.filter((at) => at > now - windowMs);
    if (counted.length < this.calls) {
      this.accepted.push(now);
      return 0;
    }
    this.throttledCalls += 1;
    return (counted[0] ?? 0) + windowMs - now;
  }
}

async function send(
  limiter: RateLimiter,
  clock: VirtualClock,
  server: Server,
  latencyMs: number,
): Promise<number> {
  const start = clock.now();
  for (let wasThrottled = false; ; wasThrottled = true) {
    await limiter.turn(wasThrottled ? start : undefined);
    await clock.sleep(latencyMs);
    const pauseMs = server.call();
    await clock.sleep(latencyMs);
    if (pauseMs === 0) {
      limiter.completed();
      return clock.now();
    }
    limiter.throttled(pauseMs);
  }
}

function setUp(calls = 6) {
  const clock = new VirtualClock();
  const reports: QueueReport[] = [];
  const limiter = new RateLimiter({ calls, windowMs }, clock, (queue) => reports.push(queue));
  return { clock, reports, limiter, server: new Server(clock, calls), start: clock.now() };
}

it("lets as many calls go at once as the window holds", async () => {
  const { clock, limiter, server, start } = setUp();
  await Promise.all(Array.from({ length: 6 }, () => send(limiter, clock, server, 50)));
  expect(clock.now() - start).toBe(100);
});

it.each([13, 40, 100])(
  "brings %i calls through in the windows they need, without being throttled",
  async (count) => {
    const { clock, limiter, server, start } = setUp();
    await Promise.all(Array.from({ length: count }, () => send(limiter, clock, server, 50)));
    const windows = Math.ceil(count / 6) - 1;
    expect(server.throttledCalls).toBe(0);
    expect(clock.now() - start).toBeGreaterThanOrEqual(windows * windowMs);
    expect(clock.now() - start).toBeLessThanOrEqual(windows * windowMs * 1.01 + 100);
  },
);

it("serves calls in the order in which they asked", async () => {
  const { clock, limiter, server } = setUp(1);
  const order: number[] = [];
  await Promise.all(
    [0, 1, 2, 3].map(async (index) => {
      await send(limiter, clock, server, 10);
      order.push(index);
    }),
  );
  expect(order).toEqual([0, 1, 2, 3]);
});

it("shares the window with someone else who uses it, and loses no call", async () => {
  const { clock, limiter, server, start } = setUp();
  const other = (async () => {
    for (let call = 0; call < 9; call++) {
      while (server.call() > 0) {
        await clock.sleep(1000);
      }
      await clock.sleep(20_000);
    }
  })();
  const done = await Promise.all(Array.from({ length: 12 }, () => send(limiter, clock, server, 50)));
  await other;
  expect(done).toHaveLength(12);
  expect(clock.now() - start).toBeLessThan(5 * windowMs);
});

it("reports a queue whose head has waited ten seconds, and again every ten seconds", async () => {
  const { clock, limiter, server, reports } = setUp();
  await Promise.all(Array.from({ length: 8 }, () => send(limiter, clock, server, 0)));
  expect(reports.length).toBe(5);
  expect(reports[0]).toEqual({ sent: 6, waiting: 2 });
});

it("reports a call that is throttled again and again because others use the rate", async () => {
  const { clock, limiter, reports } = setUp();
  const start = clock.now();
  await limiter.turn();
  for (let tries = 0; tries < 7; tries++) {
    limiter.throttled(3000);
    await limiter.turn(start);
  }
  expect(reports).toEqual([{ sent: 0, waiting: 1 }]);
});

it("returns how long a call waited", async () => {
  const { clock, limiter } = setUp(1);
  expect(await limiter.turn()).toBe(0);
  const waited = limiter.turn();
  await clock.sleep(500);
  limiter.completed();
  expect(await waited).toBe(500 + windowMs);
});
