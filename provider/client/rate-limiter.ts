import type { Clock, Instant } from "../util/clock";

/** How often an account may make a call. */
export interface RateLimit {
  calls: number;
  /** Length of the sliding window, in ms. */
  windowMs: number;
}

/** What a limiter tells of a queue that does not move at once. */
export interface QueueReport {
  /** Calls that were sent and not throttled. */
  sent: number;
  /** Calls that wait for their turn. */
  waiting: number;
}

/** A call that waits for its turn. */
interface Queued {
  since: number;
  go: () => void;
}

/** A queue is reported when its head has waited this long, and again after as long, in ms. */
const reportMs = 10_000;

/**
 * Keeps calls of one kind below an account's rate, first come, first served.
 *
 * A call occupies its place from the moment it is sent until a window after its response: the server may count it at any
 * time in between, so a limiter that has the rate to itself is never throttled.
 */
export class RateLimiter {
  private readonly completedAt: number[] = [];
  private readonly queue: Queued[] = [];
  private inFlight = 0;
  private sent = 0;
  private closedUntil = -Infinity;
  private reportedAt = -Infinity;
  private pumping = false;
  private nap = new AbortController();

  constructor(
    private readonly limit: RateLimit,
    private readonly clock: Clock,
    private readonly report: (queue: QueueReport) => void,
  ) {}

  /**
   * Waits for a turn. Every turn must end with {@link completed} or {@link throttled}.
   *
   * @param throttledSince - When a call that was throttled first asked: it keeps its place at the head.
   * @returns ms waited.
   */
  async turn(throttledSince?: Instant): Promise<number> {
    const start = this.clock.now();
    await new Promise<void>((go) => {
      const queued = { since: throttledSince ?? start, go };
      if (throttledSince !== undefined) {
        this.queue.unshift(queued);
      } else {
        this.queue.push(queued);
      }
      void this.pump();
    });
    return this.clock.now() - start;
  }

  /** Ends a turn: a response came, or none came and the call may count all the same. */
  completed(): void {
    this.inFlight -= 1;
    this.sent += 1;
    this.completedAt.push(this.clock.now());
    void this.pump();
  }

  /** Ends a turn whose call the server refused because others use the rate too: nobody goes on for `pauseMs`. */
  throttled(pauseMs: number): void {
    this.inFlight -= 1;
    this.closedUntil = Math.max(this.closedUntil, this.clock.now() + pauseMs);
    void this.pump();
  }

  private async pump(): Promise<void> {
    if (this.pumping) {
      this.nap.abort();
      return;
    }
    this.pumping = true;
    while (this.queue.length > 0) {
      const freeAt = this.freeAt();
      const now = this.clock.now();
      if (freeAt === undefined) {
        break;
      }
      if (freeAt <= now) {
        this.inFlight += 1;
        this.queue.shift()?.go();
      } else {
        this.tell(now);
        this.nap = new AbortController();
        await this.clock.sleep(Math.min(freeAt - now, reportMs), this.nap.signal).catch(() => undefined);
      }
    }
    this.pumping = false;
  }

  /** When the next call may go: an instant, or undefined while that depends on a response. */
  private freeAt(): number | undefined {
    const since = this.clock.now() - this.limit.windowMs;
    while (this.completedAt[0] !== undefined && this.completedAt[0] <= since) {
      this.completedAt.shift();
    }
    const used = this.inFlight + this.completedAt.length;
    if (used < this.limit.calls) {
      return this.closedUntil;
    }
    const oldest = this.completedAt[used - this.limit.calls];
    return oldest === undefined ? undefined : Math.max(this.closedUntil, oldest + this.limit.windowMs);
  }

  private tell(now: number): void {
    const head = this.queue[0];
    if (head !== undefined && now - Math.max(head.since, this.reportedAt) >= reportMs) {
      this.reportedAt = now;
      this.report({ sent: this.sent, waiting: this.queue.length });
    }
  }
}
