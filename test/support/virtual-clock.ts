import type { Clock } from "../../provider/util/clock";

/** A sleeper and when it wakes. */
interface Sleeper {
  at: number;
  wake: () => void;
}

/**
 * Time that stands still while a request is on its way, and jumps to the next sleeper's end once everyone sleeps: waits of
 * minutes pass at once, and no deadline ever passes because the machine is busy.
 */
export class VirtualClock implements Clock {
  /** Every sleep so far, in ms. */
  public readonly sleeps: number[] = [];
  private readonly sleepers = new Set<Sleeper>();
  private busyCount = 0;
  private stepping = false;
  private onQuiet: (() => void)[] = [];

  public constructor(private time = Date.parse("2026-01-01T00:00:00Z")) {}

  public readonly now = (): number => this.time;

  public sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      this.sleeps.push(ms);
      const sleeper = { at: this.time + Math.max(0, ms), wake: resolve };
      this.sleepers.add(sleeper);
      signal?.addEventListener("abort", () => {
        this.sleepers.delete(sleeper);
        reject(signal.reason as Error);
      });
      this.step();
    });
  }

  /** Stops the time until the work has ended. */
  public async busy<T>(work: Promise<T>): Promise<T> {
    this.busyCount += 1;
    try {
      return await work;
    } finally {
      this.busyCount -= 1;
      if (this.busyCount === 0) {
        for (const quiet of this.onQuiet.splice(0)) quiet();
      }
      this.step();
    }
  }

  /** Resolves when no request is on its way. */
  public quiet(): Promise<void> {
    return this.busyCount === 0 ? Promise.resolve() : new Promise((resolve) => this.onQuiet.push(resolve));
  }

  /** Lets time pass. */
  public advance(ms: number): void {
    this.time += ms;
  }

  /** The time as requests carry it. */
  public timestamp(): string {
    return `${new Date(this.time).toISOString().slice(0, 19)}Z`;
  }

  /** A clock of one process: when the process dies, its sleepers never wake. */
  public ofProcess(): Clock & { stop: () => void } {
    const own = new Set<AbortController>();
    let stopped = false;
    return {
      now: this.now,
      sleep: (ms, signal) => {
        if (stopped) return never();
        const nap = new AbortController();
        own.add(nap);
        const ended = this.sleep(
          ms,
          signal === undefined ? nap.signal : AbortSignal.any([signal, nap.signal]),
        );
        return ended
          .finally(() => own.delete(nap))
          .catch((error: unknown) => (stopped ? never() : Promise.reject(error as Error)));
      },
      stop: () => {
        stopped = true;
        for (const nap of own) nap.abort(new Error("The process was killed."));
      },
    };
  }

  private step(): void {
    if (this.stepping || this.busyCount > 0) return;
    this.stepping = true;
    setImmediate(() => {
      this.stepping = false;
      if (this.busyCount > 0 || this.sleepers.size === 0) return;
      const next = [...this.sleepers].reduce((first, one) => (one.at < first.at ? one : first));
      this.sleepers.delete(next);
      this.time = Math.max(this.time, next.at);
      next.wake();
      this.step();
    });
  }
}

/** What a killed process does: nothing any more. */
export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
