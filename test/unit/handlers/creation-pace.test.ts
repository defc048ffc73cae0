import { RateLimiter } from "../../../provider/client/rate-limiter";
import { CreationPace } from "../../../provider/handlers/creation-pace";
import { VirtualClock } from "../../support/virtual-clock";

const windowMs = 60_000;

interface Run {
  count: number;
  /** `--parallel`. */
  parallel: number;
  allocateMs: number;
  perMinute: number;
  /** Whether each segment depends on the one before. */
  chained?: boolean;
  /** Segments that are checked and left out, as `--target` leaves them out. */
  untargeted?: number;
}

/** What is said in a run of the engine: it checks a resource and then waits until it may create it, before it checks the next. */
async function linesOf({ count, parallel, allocateMs, perMinute, chained = false, untargeted = 0 }: Run) {
  const clock = new VirtualClock();
  const lines: string[] = [];
  const limiter = new RateLimiter({ calls: perMinute, windowMs }, clock, () => undefined);
  const pace = new CreationPace(clock, limiter, (line) => lines.push(line));
  const running = new Set<Promise<void>>();
  const create = async (): Promise<void> => {
    await limiter.turn(false);
    await clock.sleep(20);
    limiter.answered();
    await clock.sleep(allocateMs);
  };
  for (let left = 0; left < untargeted; left++) {
    pace.announce(`untargeted-${left}`);
  }
  for (let index = 0; index < count; index++) {
    if (chained) {
      await Promise.all(running);
    }
    pace.announce(`token-${index}`);
    await clock.sleep(5);
    while (running.size >= parallel) {
      await Promise.race(running);
    }
    const creation = pace.run(`token-${index}`, create).finally(() => running.delete(creation));
    running.add(creation);
  }
  await Promise.all(running);
  return lines;
}

describe("the hint that names --parallel", () => {
  it("is given once where the engine lets fewer run at a time than the rate would", async () => {
    const lines = await linesOf({ count: 40, parallel: 4, allocateMs: 240_000, perMinute: 6 });
    expect(lines).toEqual([
      "4 segments are created at a time, while the account's rate allows more: pulumi up --parallel 25 creates more of those that do not depend on one another together.",
    ]);
  });

  it("is given to a run that makes one at a time", async () => {
    const lines = await linesOf({ count: 20, parallel: 1, allocateMs: 60_000, perMinute: 6 });
    expect(lines).toEqual([expect.stringMatching(/^One segment is created at a time, .* --parallel 7 /)]);
  });

  it("is given for short allocations too when they add up", async () => {
    const lines = await linesOf({ count: 40, parallel: 2, allocateMs: 3000, perMinute: 600 });
    expect(lines).toEqual([expect.stringContaining("2 segments are created at a time")]);
  });

  it.each<[string, Run]>([
    ["the rate is what they wait for", { count: 40, parallel: 8, allocateMs: 3000, perMinute: 6 }],
    ["there are few", { count: 4, parallel: 1, allocateMs: 3000, perMinute: 6 }],
    ["all run at once", { count: 40, parallel: 100, allocateMs: 60_000, perMinute: 600 }],
    [
      "they depend on one another",
      { count: 10, parallel: 8, allocateMs: 60_000, perMinute: 6, chained: true },
    ],
    [
      "others are left out of the run",
      { count: 5, parallel: 8, allocateMs: 240_000, perMinute: 6, untargeted: 20 },
    ],
  ])("is not given where %s", async (_, run) => {
    expect(await linesOf(run)).toEqual([]);
  });
});
