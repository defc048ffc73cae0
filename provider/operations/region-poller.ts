import type { SegmentReply, VpcApi } from "../client/vpc-api";
import type { Clock } from "../leaves/clock";
import { describeSegment, listSegments } from "./describe-segment";
import type { SegmentListing } from "./describe-segment";
import { firstLookDelay, pollDelay, shortestMs } from "./poll-delay";

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
  since: number;
  /** When the next look is due: ms by the clock. */
  due: number;
}

/** Describes the segments of one region for everyone who waits for one: a page of DescribeEipSegment serves fifty. */
export class RegionPoller {
  private readonly waiters = new Set<Waiter>();
  private readonly quickest = new Map<string, number>();
  private running = false;
  private polledAt = -Infinity;
  private found: ReadonlyMap<string, SegmentReply> = new Map();
  private nap = new AbortController();

  public constructor(
    private readonly api: VpcApi,
    private readonly clock: Clock,
    private readonly random: () => number,
    private readonly regionId: string,
  ) {}

  /**
   * Takes a wait on. A segment seen just now is shown at once; else its first look comes at once, or soon when the region
   * was polled just now, or when the first wait of its kind suggests.
   */
  public add(wait: Wait): void {
    const now = this.clock.now();
    const soon = this.polledAt + shortestMs;
    const first = now + firstLookDelay(this.quickest.get(wait.wanted));
    const waiter = { ...wait, since: now, due: Math.min(wait.deadline, Math.max(first, soon)) };
    this.waiters.add(waiter);
    const seen = this.found.get(wait.segmentId);
    if (seen !== undefined && now < soon) {
      this.show(waiter, seen);
    }
    if (this.running) {
      this.nap.abort();
    } else {
      void this.run();
    }
  }

  private async run(): Promise<void> {
    this.running = true;
    await this.rest();
    while (this.waiters.size > 0) {
      this.polledAt = this.clock.now();
      await this.poll([...this.waiters]);
      await this.rest();
    }
    this.running = false;
  }

  private async poll(asked: readonly Waiter[]): Promise<void> {
    try {
      const { segments, complete } = await this.describe(asked);
      this.found = segments;
      for (const waiter of asked) {
        const segment = segments.get(waiter.segmentId);
        if (segment === undefined && !complete) {
          this.postpone(waiter, shortestMs);
        } else {
          this.show(waiter, segment);
        }
      }
    } catch (error) {
      for (const waiter of asked) {
        this.end(waiter);
        waiter.fail(error);
      }
    }
  }

  private show(waiter: Waiter, segment: SegmentReply | undefined): void {
    const now = this.clock.now();
    const waited = now - waiter.since;
    try {
      if (waiter.look(segment)) {
        this.end(waiter);
        this.quickest.set(waiter.wanted, Math.min(waited, this.quickest.get(waiter.wanted) ?? Infinity));
      } else {
        this.postpone(waiter, pollDelay(waited, this.random()));
      }
    } catch (error) {
      this.end(waiter);
      waiter.fail(error);
    }
  }

  private postpone(waiter: Waiter, delayMs: number): void {
    const now = this.clock.now();
    if (now >= waiter.deadline) {
      this.end(waiter);
      waiter.timeOut(now);
    } else {
      waiter.due = Math.min(waiter.deadline, now + delayMs);
    }
  }

  private end(waiter: Waiter): void {
    this.waiters.delete(waiter);
  }

  /** Until the first look is due; a wait that joins meanwhile may bring it forward. */
  private async rest(): Promise<void> {
    while (this.waiters.size > 0) {
      const left = Math.min(...[...this.waiters].map(({ due }) => due)) - this.clock.now();
      if (left <= 0) {
        return;
      }
      this.nap = new AbortController();
      await this.clock.sleep(left, this.nap.signal).catch(() => undefined);
    }
  }

  /** What is asked for; a segment can be missing from an incomplete answer although it is there. */
  private async describe(waiters: readonly Waiter[]): Promise<Omit<SegmentListing, "serverTime">> {
    const deadline = Math.max(...waiters.map((waiter) => waiter.deadline));
    const [id, ...others] = new Set(waiters.map(({ segmentId }) => segmentId));
    if (id === undefined || others.length > 0) {
      return listSegments(this.api, this.regionId, deadline);
    }
    const segment = await describeSegment(this.api, this.regionId, id, deadline);
    return { segments: new Map(segment === undefined ? [] : [[id, segment]]), complete: true };
  }
}
