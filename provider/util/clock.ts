import { setTimeout as delay } from "node:timers/promises";

/** A point in time: milliseconds since the epoch, by the clock in use. Durations are numbers whose names end in `Ms`. */
export type Instant = number;

/** Time as the provider sees it; tests put their own in its place. */
export interface Clock {
  now(): Instant;
  /**
   * Resolves after `ms` milliseconds.
   *
   * @throws the signal's reason when `signal` is aborted before that.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};

/** When a piece of work must end. Time in the queue for the account's rate does not count, so it moves the deadline. */
export class Deadline {
  private constructor(
    private readonly clock: Clock,
    private end: Instant,
  ) {}

  /** A deadline `ms` from now. */
  static in(clock: Clock, ms: number): Deadline {
    return new Deadline(clock, clock.now() + ms);
  }

  get at(): Instant {
    return this.end;
  }

  get leftMs(): number {
    return this.end - this.clock.now();
  }

  /** Options for an API call that must end by then. */
  get call(): { deadline: Instant; queued: (ms: number) => void } {
    return {
      deadline: this.end,
      queued: (ms) => {
        this.end += ms;
      },
    };
  }
}
