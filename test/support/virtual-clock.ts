import type { Clock } from "../../provider/util/clock";

/** A sleeper and when it wakes. */
interface Sleeper {
  at: number;
  wake: () => void;
}

/** Time that passes only when everyone sleeps: the next sleeper wakes as soon as nothing else is to be done. */
export class VirtualClock implements Clock {
  private time: number;
  private sleepers: Sleeper[] = [];
  private stepping = false;

  public constructor(start = Date.parse("2026-01-01T00:00:00Z")) {
    this.time = start;
  }

  public now(): number {
    return this.time;
  }

  public sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const sleeper = { at: this.time + Math.max(0, ms), wake: resolve };
      this.sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper);
        reject(signal.reason as Error);
      });
      this.step();
    });
  }

  private step(): void {
    if (this.stepping) {
      return;
    }
    this.stepping = true;
    setImmediate(() => {
      this.stepping = false;
      const next = this.sleepers.reduce<Sleeper | undefined>(
        (first, sleeper) => (first === undefined || sleeper.at < first.at ? sleeper : first),
        undefined,
      );
      if (next !== undefined) {
        this.sleepers = this.sleepers.filter((sleeper) => sleeper !== next);
        this.time = Math.max(this.time, next.at);
        next.wake();
        this.step();
      }
    });
  }
}
