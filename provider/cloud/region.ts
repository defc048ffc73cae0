import type { Deadline, Instant } from "../util/clock";
import { EipSegmentError, WaitTimeoutError } from "../util/errors";
import { Poller } from "./poller";
import { RegionReader } from "./region-reader";
import type { RegionContext } from "./region-reader";
import { lost } from "./segment-lost-error";
import { eipCountOf, isPlausibleCount, segmentSize } from "./segment";
import type { Eip, ReadySegment, Segment } from "./segment";

/** When a wait is first reported, and how long after that again. */
const firstReportMs = 30_000;
const reportMs = 60_000;

/** An unlisted segment is reported once it has been so for this long. */
const unlistedReportMs = 2000;

/** Pauses between two readings of a list of EIPs, and how long it must stay the same before what it lacks counts as reserved. */
const eipsPauseMs = { first: 500, longest: 5000 };
const reservedMs = 30_000;

/** How long a segment that an earlier run has seen is looked for before it counts as absent, in ms: one empty reply is not believed. */
export const confirmMs = 5000;

interface WaitRequest<T> {
  segmentId: string;
  /** The status waited for, for reports and the error of a timeout. */
  wanted: string;
  until: (segment: Segment | undefined) => T | undefined;
  deadline: Deadline;
  since?: Instant | undefined;
}

interface ListedWait extends Pick<WaitRequest<never>, "wanted" | "since"> {
  isWanted: (segment: Segment) => boolean;
  graceMs: number;
  /** Told how long the segment has not been listed, in ms. */
  unlisted?: (ms: number) => void;
}

/**
 * The segments of one region as the cloud reports them. All who wait for one share their polls.
 *
 * A segment is absent only where a request for its very id says so: a page that shifted while it was read is not believed.
 */
export class Region extends RegionReader {
  private readonly poller: Poller<Segment | undefined>;

  constructor(context: RegionContext, regionId: string) {
    super(context, regionId);
    const { clock, random = Math.random } = context;
    this.poller = new Poller(clock, random, (ids, deadline) => this.poll(ids, deadline));
  }

  /** The segment as it is now; undefined when the region has none with this id. Shares its request with others who ask. */
  async find(segmentId: string, deadline: Deadline): Promise<Segment | undefined> {
    const { found } = await this.wait({
      segmentId,
      wanted: "read",
      until: (segment) => ({ found: segment }),
      deadline,
    });
    return found;
  }

  /**
   * Waits until the region lists a segment; undefined when it does not for `graceMs`: a new segment may take a while to be listed.
   *
   * @param unlisted - Called at each poll once the segment has not been listed for some seconds.
   * @throws WaitTimeoutError at the deadline; ApiError and NoResponseError when describing fails for good.
   */
  waitUntilListed(
    segmentId: string,
    deadline: Deadline,
    graceMs = this.context.graceMs,
    unlisted: () => void = () => undefined,
  ): Promise<Segment | undefined> {
    return this.waitWhileListed(segmentId, deadline, {
      wanted: "listed",
      isWanted: () => true,
      graceMs,
      unlisted: (ms) => {
        if (ms >= unlistedReportMs) unlisted();
      },
    });
  }

  /**
   * Waits until a segment is `Allocated` and all its EIPs are listed. A status that is not documented is waited for like
   * `Allocating`. A segment that is not listed is lost after the grace time, unless its EIPs are there.
   *
   * @param seen - Told how the segment looks whenever it is listed.
   * @param since - When the segment was asked for.
   * @throws WaitTimeoutError at the deadline, naming the status; SegmentLostError when the segment is released or vanishes; EipSegmentError
   *   when its EIPs are not listed by the deadline.
   */
  async waitUntilReady(
    segmentId: string,
    deadline: Deadline,
    { seen = () => undefined, since }: { seen?: (segment: Segment) => void; since?: Instant } = {},
  ): Promise<ReadySegment> {
    for (;;) {
      const segment = await this.waitWhileListed(segmentId, deadline, {
        wanted: "Allocated",
        isWanted: (found) => {
          seen(found);
          if (found.status === "Releasing") throw lost(segmentId, this.regionId, true);
          return found.status === "Allocated";
        },
        graceMs: this.context.graceMs,
        since,
      });
      if (segment !== undefined) {
        return { segment, eips: await this.waitForEips(segment, deadline) };
      }
      const fate = await this.fateOfUnlisted(segmentId, [], deadline);
      if (fate.kind !== "unlisted") throw lost(segmentId, this.regionId, false);
    }
  }

  /** Waits until a segment is no longer being allocated; undefined when it is not listed for `graceMs`. */
  waitUntilSettled(segmentId: string, deadline: Deadline, graceMs = 0): Promise<Segment | undefined> {
    const isWanted = ({ status }: Segment): boolean => status !== "Allocating";
    return this.waitWhileListed(segmentId, deadline, { wanted: "Allocated", isWanted, graceMs });
  }

  /** Waits until nothing of a segment is left, by both witnesses. */
  async waitUntilGone(
    segmentId: string,
    allocationIds: readonly string[],
    deadline: Deadline,
  ): Promise<void> {
    for (;;) {
      const until = (segment: Segment | undefined) => (segment === undefined ? true : undefined);
      await this.wait({ segmentId, wanted: "released", until, deadline });
      const fate = await this.fateOfUnlisted(segmentId, allocationIds, deadline);
      if (fate.kind !== "unlisted") return;
      if (deadline.leftMs <= 0) {
        throw new EipSegmentError(
          `Segment ${segmentId} is no longer listed in ${this.regionId}, but ${fate.eips.length} of its EIPs still exist. Run the command again.`,
        );
      }
      await this.context.clock.sleep(Math.min(eipsPauseMs.longest, Math.max(1, deadline.leftMs)));
    }
  }

  /**
   * The EIPs of an allocated segment, once as many are listed as the segment has, or once it has long lacked only what may be reserved. Without a
   * usable count a list will do that explains its block, or the smallest block around it, and stays the same.
   */
  private async waitForEips(segment: Segment, deadline: Deadline): Promise<Eip[]> {
    const { segmentId, cidrBlock } = segment;
    const { clock, log } = this.context;
    const expected = eipCountOf(segment);
    let last = -1;
    let unchangedSince = clock.now();
    for (let pauseMs = eipsPauseMs.first; ; pauseMs = Math.min(eipsPauseMs.longest, pauseMs * 1.5)) {
      const eips = await this.listEips(segment, deadline);
      const size = segmentSize(segment, eips);
      const isStable = eips.length === last && isPlausibleCount(eips.length, size);
      if (expected === undefined ? isStable : eips.length >= expected) {
        return eips;
      }
      if (eips.length !== last) unchangedSince = clock.now();
      if (eipCountOf(segment, eips) === eips.length && clock.now() - unchangedSince >= reservedMs) {
        log(
          `Segment ${segmentId} has ${eips.length} EIPs, although the cloud counts ${expected}: the ends of its block are probably reserved. If not, grant vpc:DescribeEipAddresses in every resource group and run \`pulumi refresh\`.`,
        );
        return eips;
      }
      if (deadline.leftMs <= 0) {
        throw new EipSegmentError(
          `Segment ${segmentId} is allocated with the block ${cidrBlock ?? "not reported"}, but ${eips.length} of its ${expected ?? size} EIPs are listed. ` +
            "Run `pulumi up` again; if the number stays, grant vpc:DescribeEipAddresses in every resource group.",
        );
      }
      last = eips.length;
      await clock.sleep(Math.min(pauseMs, Math.max(1, deadline.leftMs)));
    }
  }

  /** Waits until a segment is listed as wanted; undefined once it has not been listed for `graceMs` on end. */
  private async waitWhileListed(
    segmentId: string,
    deadline: Deadline,
    { isWanted, graceMs, unlisted = () => undefined, ...request }: ListedWait,
  ): Promise<Segment | undefined> {
    const { clock } = this.context;
    let listedAt = clock.now();
    const { segment } = await this.wait({
      ...{ ...request, segmentId, deadline },
      until: (found) => {
        const now = clock.now();
        if (found !== undefined) {
          listedAt = now;
          return isWanted(found) ? { segment: found } : undefined;
        }
        if (now - listedAt >= graceMs) return { segment: undefined };
        unlisted(now - listedAt);
        return undefined;
      },
    });
    return segment;
  }

  private wait<T>({ segmentId, wanted, until, deadline, since }: WaitRequest<T>): Promise<T> {
    const { clock, log } = this.context;
    const startedAt = clock.now();
    let status = "not listed";
    let reportAt = startedAt + firstReportMs;
    return this.poller.wait<T>({
      id: segmentId,
      deadline,
      since,
      until: (segment) => {
        status = segment?.status ?? "not listed";
        const result = until(segment);
        if (result === undefined && clock.now() >= reportAt) {
          reportAt += reportMs;
          log(
            `Segment ${segmentId} is ${status} after ${seconds(clock.now() - startedAt)}; waiting until it is ${wanted}.`,
          );
        }
        return result;
      },
      timeoutError: () =>
        new WaitTimeoutError(
          `Segment ${segmentId} was still ${status} after ${seconds(clock.now() - startedAt)}, not ${wanted}. ` +
            "Run the same command again, without --replace, to continue waiting, or set longer customTimeouts.",
        ),
    });
  }
}

/** The regions of a run, each made once. */
export class Regions {
  private readonly regions = new Map<string, Region>();

  constructor(private readonly context: RegionContext) {}

  get(regionId: string): Region {
    let region = this.regions.get(regionId);
    if (region === undefined) {
      region = new Region(this.context, regionId);
      this.regions.set(regionId, region);
    }
    return region;
  }
}

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;
