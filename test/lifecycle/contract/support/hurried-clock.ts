import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../../../provider/util/clock";

/** A clock on which every pause is over at once, and which is later by that pause afterwards. */
export class HurriedClock implements Clock {
  private ahead = 0;

  now(): number {
    return Date.now() + this.ahead;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await delay(1, undefined, signal === undefined ? {} : { signal });
    this.ahead += ms;
  }
}
