import type { SegmentReply, VpcApi } from "../client/vpc-api";
import type { Clock } from "../leaves/clock";
import { describeSegment, listSegments } from "./describe-segment";
import { pollDelay } from "./poll-delay";

/** A wait under way. */
export interface Waiter {
  segmentId: string;
  /** When the wait began, and when it ends at the latest: ms by the clock. */
  since: number;
  deadline: number;
  /** Looks at the segment as it is now; true when the wait is over. May throw, which ends the wait too. */
  look: (segment: SegmentReply | undefined) => boolean;
  timeOut: (now: number) => void;
  fail: (error: unknown) => void;
}

/** Describes the segments of one region for everyone who waits for one: a page of DescribeEipSegment serves fifty. */
export class RegionPoller {
  private readonly waiters = new Set<Waiter>();
  private running = false;
  private polledAt = -Infinity;
  private nap = new AbortController();

  public constructor(
    private readonly api: VpcApi,
    private readonly clock: Clock,
    private readonly random: () => number,
    private readonly regionId: string,
  ) {}

  /** Takes a wait on; its first look comes at once, or soon when the region was polled just now. */
  public add(waiter: Waiter): void {
    this.waiters.add(waiter);
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
      const found = await this.describe(asked);
      for (const waiter of asked) {
        this.show(waiter, found.get(waiter.segmentId));
      }
    } catch (error) {
      for (const waiter of asked) {
        this.waiters.delete(waiter);
        waiter.fail(error);
      }
    }
  }

  private show(waiter: Waiter, segment: SegmentReply | undefined): void {
    try {
      const now = this.clock.now();
      if (waiter.look(segment)) {
        this.waiters.delete(waiter);
      } else if (now >= waiter.deadline) {
        this.waiters.delete(waiter);
        waiter.timeOut(now);
      }
    } catch (error) {
      this.waiters.delete(waiter);
      waiter.fail(error);
    }
  }

  /** Until the next poll is due; a wait that joins meanwhile brings it forward. */
  private async rest(): Promise<void> {
    while (this.waiters.size > 0) {
      const left = this.polledAt + this.delay() - this.clock.now();
      if (left <= 0) {
        return;
      }
      this.nap = new AbortController();
      await this.clock.sleep(left, this.nap.signal).catch(() => undefined);
    }
  }

  /** From the last poll to the next: what the youngest wait asks for, and never past the first deadline. */
  private delay(): number {
    const delays = [...this.waiters].map(({ since, deadline }) =>
      Math.min(
        pollDelay(Math.max(0, this.polledAt - since), this.random()),
        Math.max(0, deadline - this.polledAt),
      ),
    );
    return Math.min(...delays);
  }

  private async describe(waiters: readonly Waiter[]): Promise<Map<string, SegmentReply>> {
    const ids = new Set(waiters.map(({ segmentId }) => segmentId));
    const deadline = Math.max(...waiters.map((waiter) => waiter.deadline));
    const found =
      ids.size === 1
        ? new Map<string, SegmentReply>()
        : (await listSegments(this.api, this.regionId, deadline)).segments;
    // A segment can slip from one page to the one just read: only a question for it alone says that it is absent.
    for (const id of ids) {
      const segment = found.get(id) ?? (await describeSegment(this.api, this.regionId, id, deadline));
      if (segment !== undefined) {
        found.set(id, segment);
      }
    }
    return found;
  }
}
