import { setMaxListeners } from "node:events";
import type { Clock, Deadline, Instant } from "../util/clock";

/** Shortest and longest time between two polls for one wait. */
const shortestMs = 400;
const longestMs = 3000;

/** Share of the time waited so far after which another poll is worth a request. */
const share = 0.13;

/** How long the first poll of a new wait lets others join, where the last poll was just now. */
const gatherMs = 300;

/** Waits that are due this soon after another are polled with it. */
const togetherMs = 150;

interface Wait<T> {
  id: string;
  since: Instant;
  nextAt: Instant;
  deadline: Deadline;
  /** True when the wait has ended. */
  show: (value: T) => boolean;
  expire: () => void;
  fail: (error: unknown) => void;
}

/** Waits for one id. */
export interface PollRequest<T, Result> {
  id: string;
  /** The result of the wait once `value` is as wanted; undefined to continue. An error that it throws ends the wait. */
  until: (value: T) => Result | undefined;
  deadline: Deadline;
  /** The error of a wait that reached its deadline. */
  timeoutError: () => Error;
  /** When what is waited for began; the first poll comes some time after that. Default: now, and the first poll is at once. */
  since?: Instant | undefined;
}

/**
 * Polls for everyone who waits: those who are due at about the same time share a poll. The pause grows with the time waited, so
 * a long wait costs few requests and its end is noticed within a fraction of it; up to a fifth of jitter keeps programs apart.
 */
export class Poller<T> {
  private readonly waits = new Set<Wait<T>>();
  private polledAt: Instant = -Infinity;
  private isRunning = false;
  private nap = new AbortController();
  /** Aborted once the last poll has ended. */
  private pollEnded = AbortSignal.abort();

  /** @param poll - The values of `ids`, and of others that come with them at no cost. */
  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
    private readonly poll: (ids: ReadonlySet<string>, deadline: Instant) => Promise<ReadonlyMap<string, T>>,
  ) {}

  /** @throws what `until` throws; the request's timeout error; errors of the poll. */
  wait<Result>({ id, until, deadline, timeoutError, since }: PollRequest<T, Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const now = this.clock.now();
      const wait: Wait<T> = {
        ...{ id, deadline, since: since ?? now, fail: reject },
        nextAt:
          since === undefined ? Math.max(now, this.polledAt + gatherMs) : now + this.pauseMs(now - since),
        show: (value) => {
          const result = until(value);
          if (result !== undefined) resolve(result);
          return result !== undefined;
        },
        expire: () => {
          reject(timeoutError());
        },
      };
      this.waits.add(wait);
      this.nap.abort();
      void this.expireDuringPoll(wait, this.pollEnded);
      if (!this.isRunning) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    while (this.waits.size > 0) {
      const now = this.clock.now();
      const next = Math.min(...[...this.waits].map(({ nextAt, deadline }) => Math.min(nextAt, deadline.at)));
      if (next > now) {
        this.nap = new AbortController();
        await this.clock.sleep(next - now, this.nap.signal).catch(() => undefined);
      } else {
        const isDue = ({ nextAt, deadline }: Wait<T>): boolean =>
          Math.min(nextAt, deadline.at) <= now + togetherMs;
        await this.pollFor([...this.waits].filter(isDue));
      }
    }
    this.isRunning = false;
  }

  private async pollFor(due: readonly Wait<T>[]): Promise<void> {
    this.polledAt = this.clock.now();
    const deadline = Math.min(...[...this.waits].map((wait) => wait.deadline.at));
    let values: ReadonlyMap<string, T>;
    const poll = new AbortController();
    // Every wait that joins listens; Node.js would warn of more than ten.
    setMaxListeners(0, poll.signal);
    this.pollEnded = poll.signal;
    try {
      values = await this.poll(new Set(due.map(({ id }) => id)), deadline);
    } catch (error) {
      const failedAt = this.clock.now();
      // A poll that was given up at the first deadline fails only those who have no more time; the others poll again.
      for (const wait of due.filter((one) => failedAt < deadline || one.deadline.at <= failedAt))
        this.end(wait, () => {
          wait.fail(error);
        });
      return;
    } finally {
      poll.abort();
    }
    const now = this.clock.now();
    for (const wait of this.waits) {
      const value = values.get(wait.id);
      if (values.has(wait.id)) this.show(wait, value as T, now);
      if (this.waits.has(wait) && now >= wait.deadline.at) this.end(wait, wait.expire);
    }
  }

  /** Ends a wait that joins a poll in flight, which does not know its deadline. */
  private async expireDuringPoll(wait: Wait<T>, pollEnded: AbortSignal): Promise<void> {
    while (!pollEnded.aborted && wait.deadline.leftMs > 0) {
      await this.clock.sleep(wait.deadline.leftMs, pollEnded).catch(() => undefined);
    }
    if (!pollEnded.aborted) this.end(wait, wait.expire);
  }

  private show(wait: Wait<T>, value: T, now: Instant): void {
    wait.nextAt = now + this.pauseMs(now - wait.since);
    try {
      if (wait.show(value)) this.waits.delete(wait);
    } catch (error) {
      this.end(wait, () => {
        wait.fail(error);
      });
    }
  }

  private end(wait: Wait<T>, tell: () => void): void {
    this.waits.delete(wait);
    tell();
  }

  private pauseMs(waitedMs: number): number {
    return Math.min(longestMs, Math.max(shortestMs, waitedMs * share)) * (1 - this.random() / 5);
  }
}
