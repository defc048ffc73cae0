import type { Clock } from "../../../../provider/util/clock";

/** A clock that jumps over every sleep and remembers how long each one was. */
export class FakeClock implements Clock {
  readonly sleeps: number[] = [];
  #now: number;

  constructor(startedAt = Date.UTC(2026, 0, 2, 3, 4, 5)) {
    this.#now = startedAt;
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.#now += ms;
    return Promise.resolve();
  }
}
