import type { RateLimiter } from "../client/rate-limiter";
import type { Clock } from "../util/clock";

/** Time that the engine held creations back while the account's rate had room, after which it is worth a line, in ms. */
const worthTellingMs = 10_000;

/** The hint asks for no more than this at a time: the engine itself gets slower then. */
const mostAtOnce = 200;

/**
 * Finds out whether the engine's parallelism, and not the account's rate, is what creations wait for.
 *
 * The engine calls check and then create at once, except where all it may do at a time is under way: then the create comes when
 * another one has ended. Resources that depend on others are not checked before those are there, so they do not count.
 */
export class CreationPace {
  private readonly announced = new Map<string, number>();
  private running = 0;
  private most = 0;
  private startedAt = -Infinity;
  private endedAt = -Infinity;
  private quickestMs = Infinity;
  private heldBackMs = 0;
  private told = false;

  public constructor(
    private readonly clock: Clock,
    private readonly rate: Pick<RateLimiter, "limit" | "spareSince">,
    private readonly say: (line: string) => void,
  ) {}

  /** Notes that check was asked for a creation. */
  public announce(clientToken: string): void {
    this.announced.set(clientToken, this.clock.now());
  }

  /** Runs a creation. */
  public async run<T>(clientToken: string, creation: () => Promise<T>): Promise<T> {
    const began = this.clock.now();
    this.begin(clientToken, began);
    try {
      return await creation();
    } finally {
      this.running -= 1;
      this.endedAt = this.clock.now();
      this.quickestMs = Math.min(this.quickestMs, this.endedAt - began);
    }
  }

  private begin(clientToken: string, now: number): void {
    const announcedAt = this.announced.get(clientToken) ?? now;
    const spareSince = this.rate.spareSince() ?? now;
    const heldSince = Math.max(announcedAt, this.startedAt, spareSince);
    this.heldBackMs += Math.max(0, this.endedAt - heldSince);
    this.startedAt = now;
    if (this.heldBackMs >= worthTellingMs && !this.told) {
      this.told = true;
      this.tell();
    }
    this.running += 1;
    this.most = Math.max(this.most, this.running);
  }

  private tell(): void {
    const { calls, windowMs } = this.rate.limit;
    const fed = Math.ceil((calls * this.quickestMs) / windowMs);
    const wanted = Math.min(mostAtOnce, Math.max(this.most * 2, fed));
    const segments = this.most === 1 ? "One segment is" : `${this.most} segments are`;
    this.say(
      `${segments} created at a time, while the account's rate allows more: ` +
        `pulumi up --parallel ${wanted} creates more of those that do not depend on one another together.`,
    );
  }
}
