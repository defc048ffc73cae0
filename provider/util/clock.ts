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
