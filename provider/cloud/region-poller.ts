import type { SegmentReply, VpcApi } from "../client/vpc-api";
import type { Clock } from "../util/clock";
import { freshMs, gatherMs, idleTime, longestMs, pollDelay } from "./poll-delay";
import { RegionPages } from "./region-pages";

/** What to wait for, and whom to tell. */
export interface Wait {
  segmentId: string;
  /** What is waited for, in words: waits for the same thing tell each other how long it takes. */
  wanted: string;
  /** When the wait ends at the latest: ms by the clock. */
  deadline: number;
  /** Looks at the segment as it is now; true when the wait is over. May throw, which ends the wait too. */
  look: (segment: SegmentReply | undefined) => boolean;
  timeOut: (now: number) => void;
  fail: (error: unknown) => void;
}

interface Waiter extends Wait {
  /** When it began, or an earlier wait for the same segment that it goes on from: ms by the clock. */
  since: number;
  /** When it was last looked at: ms by the clock. */
  lookedAt?: number;
}

/**
 * Describes the segments of one region for everyone who waits for one: a page of DescribeEipSegment serves fifty.
 *
 * Until a wait of some kind has ended, the oldest one scouts: it alone is looked at often, because none is expected to end
 * before it. The others go along where a look shows them too, and are looked at by themselves now and then. Once it is known
 * how long such waits take, each is looked at from when it can be over, many together.
 */
export class RegionPoller {
  private readonly waiters = new Set<Waiter>();
  private readonly quickest = new Map<string, number>();
  private readonly ended = new Map<string, { since: number; at: number }>();
  private readonly found = new Map<string, { segment: SegmentReply; at: number }>();
  private readonly pages: RegionPages;
  private running = false;
  /** When the region was last looked at: ms by the clock. */
  private polledAt = -Infinity;
  private jitter: number;
  private nap = new AbortController();

  public constructor(
    api: VpcApi,
    private readonly clock: Clock,
    private readonly random: () => number,
    regionId: string,
  ) {
    this.pages = new RegionPages(api, regionId);
    this.jitter = random();
  }

  /** Takes a wait on. A segment seen just now is shown at once. */
  public add(wait: Wait): void {
    const now = this.clock.now();
    const before = this.ended.get(wait.segmentId);
    const goesOn = before !== undefined && now < before.at + freshMs;
    const waiter: Waiter = { ...wait, since: goesOn ? before.since : now };
    this.waiters.add(waiter);
    const seen = this.found.get(wait.segmentId);
    if (seen !== undefined && now < seen.at + freshMs) {
      this.show(waiter, seen.segment, seen.at);
    }
    if (this.running) {
      this.nap.abort();
    } else {
      void this.run();
    }
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiters.size > 0) {
      await this.poll(await this.nextDue());
    }
    this.running = false;
  }

  /** Looks at those whose turn it is, and lets others that are seen on the way know. */
  private async poll(due: readonly Waiter[]): Promise<void> {
    const at = this.clock.now();
    this.polledAt = at;
    const present = [...this.waiters];
    const ids = new Set(due.map(({ segmentId }) => segmentId));
    const alone = present.every(({ segmentId }) => ids.has(segmentId));
    const deadline = Math.max(...due.map((waiter) => waiter.deadline));
    try {
      const { segments, isAbsent } = await this.pages.look(ids, alone, deadline);
      for (const [segmentId, segment] of segments) {
        this.found.set(segmentId, { segment, at });
      }
      const shown = present.filter(({ segmentId }) => segments.has(segmentId) || isAbsent(segmentId));
      this.jitter = this.random();
      for (const waiter of due) {
        waiter.lookedAt = at;
      }
      for (const waiter of shown) {
        const segment = segments.get(waiter.segmentId);
        if (segment === undefined) {
          // What was seen before it went must not be shown to the next wait.
          this.found.delete(waiter.segmentId);
        }
        this.show(waiter, segment, at);
      }
      this.timeOut(due);
    } catch (error) {
      for (const waiter of due) {
        this.end(waiter);
        waiter.fail(error);
      }
    }
  }

  private show(waiter: Waiter, segment: SegmentReply | undefined, at: number): void {
    waiter.lookedAt = at;
    try {
      if (waiter.look(segment)) {
        const waited = this.clock.now() - waiter.since;
        this.quickest.set(waiter.wanted, Math.min(waited, this.quickest.get(waiter.wanted) ?? Infinity));
        this.end(waiter);
      }
    } catch (error) {
      this.end(waiter);
      waiter.fail(error);
    }
  }

  private timeOut(waiters: readonly Waiter[]): void {
    const now = this.clock.now();
    for (const waiter of waiters) {
      if (this.waiters.has(waiter) && now >= waiter.deadline) {
        this.end(waiter);
        waiter.timeOut(now);
      }
    }
  }

  private end(waiter: Waiter): void {
    this.waiters.delete(waiter);
    this.ended.set(waiter.segmentId, { since: waiter.since, at: this.clock.now() });
  }

  /**
   * Waits for the next look, and answers with those whose turn it is, or would be soon: one look serves them all. A wait that
   * joins meanwhile may bring it forward.
   */
  private async nextDue(): Promise<readonly Waiter[]> {
    for (;;) {
      const now = this.clock.now();
      const scouts = this.scouts();
      const dues = [...this.waiters].map((waiter) => ({ waiter, at: this.dueOf(waiter, scouts) }));
      const left = Math.min(...dues.map(({ at }) => at)) - now;
      if (left <= 0) {
        return dues
          .filter(({ waiter, at }) => at <= now + this.pause(waiter, now))
          .map(({ waiter }) => waiter);
      }
      this.nap = new AbortController();
      await this.clock.sleep(left, this.nap.signal).catch(() => undefined);
    }
  }

  /** The oldest wait of each kind of which none has ended yet, once it was looked at. */
  private scouts(): ReadonlySet<Waiter> {
    const oldest = new Map<string, Waiter>();
    for (const waiter of this.waiters) {
      if (!this.quickest.has(waiter.wanted) && waiter.lookedAt !== undefined && !oldest.has(waiter.wanted)) {
        oldest.set(waiter.wanted, waiter);
      }
    }
    return new Set(oldest.values());
  }

  /** When a wait is to be looked at next: ms by the clock. */
  private dueOf(waiter: Waiter, scouts: ReadonlySet<Waiter>): number {
    const { wanted, since, lookedAt, deadline } = waiter;
    const quickest = this.quickest.get(wanted);
    const expected = quickest === undefined ? undefined : since + idleTime(quickest);
    let due: number;
    if (lookedAt === undefined) {
      const first = scouts.size > 0 ? Infinity : (expected ?? since);
      due = Math.max(
        Math.min(first, since + longestMs),
        since > this.polledAt ? this.polledAt + gatherMs : since,
      );
    } else {
      const wished = scouts.has(waiter) ? lookedAt : Math.min(expected ?? Infinity, lookedAt + longestMs);
      due = Math.max(wished, lookedAt + this.pause(waiter, lookedAt));
    }
    return Math.min(due, deadline);
  }

  /** Time between two looks at what a wait is for, in ms, where the first is at `now`. */
  private pause({ since, wanted }: Waiter, now: number): number {
    return pollDelay(now - since, this.quickest.get(wanted), this.jitter);
  }
}
