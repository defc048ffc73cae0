import type { VpcApi } from "../client/vpc-api";
import type { Clock, Deadline, Instant } from "../util/clock";
import { ApiError } from "../util/errors";
import {
  describeSegment,
  idsPerRequest,
  listEips,
  listEipsOf,
  listSegments,
  segmentsPerPage,
} from "./listing";
import type { SegmentListing } from "./listing";
import { isListedAsReleased } from "./segment";
import type { Eip, Segment } from "./segment";

/** What all regions of a run share. */
export interface RegionContext {
  api: VpcApi;
  clock: Clock;
  /** One line for the user. */
  log: (line: string) => void;
  /** From 0 up to 1, for the jitter of polls. @default Math.random */
  random?: () => number;
  /** How long a new segment may stay unlisted before it counts as absent. */
  graceMs: number;
}

/** Segments of a region at one time. */
export interface RegionListing extends SegmentListing {
  listedAt: Instant;
}

/** What became of a segment that is not listed: its EIPs are in a pool; its EIPs are there; or nothing of it is left. */
export type Fate = { kind: "pooled"; poolId: string } | { kind: "unlisted"; eips: Eip[] } | { kind: "gone" };

/** A listing during which the region changed is repeated after this pause, this often. */
const relistMs = 1000;
const relistings = 3;

const remains = (eip: Eip): boolean => eip.status.toLowerCase() !== "releasing" && !isListedAsReleased(eip);

/** What the cloud reports of one region's segments, by requests that are sent at once. */
export class RegionReader {
  private before: Promise<RegionListing> | undefined;
  /** Pages of the last listing. */
  private pages = 1;

  constructor(
    protected readonly context: RegionContext,
    readonly regionId: string,
  ) {}

  /** Lists the region's segments without those that are listed as released, again while others change the region under the listing. */
  async list(deadline: Deadline): Promise<RegionListing> {
    const { api, clock } = this.context;
    for (let left = relistings; ; left--) {
      const listedAt = clock.now();
      const listing = await listSegments(api, this.regionId, deadline.at);
      this.countPages(listing);
      if (listing.isComplete || left === 0) {
        const segments = [...listing.segments].filter(([, segment]) => !isListedAsReleased(segment));
        return { ...listing, segments: new Map(segments), listedAt };
      }
      await clock.sleep(relistMs);
    }
  }

  /** Segments of the region before this process allocated its first one there. A failed listing is not remembered. */
  beforeAllocation(deadline: Deadline): Promise<RegionListing> {
    this.before ??= this.list(deadline).catch((error: unknown) => {
      this.before = undefined;
      throw error;
    });
    return this.before;
  }

  /**
   * EIPs that provably belong to a segment, in address order.
   *
   * @param isUseEnough - Whether the owners and the use of the EIPs are all that must be readable.
   */
  listEips(
    segment: Pick<Segment, "segmentId" | "cidrBlock">,
    deadline: Deadline,
    isUseEnough = false,
  ): Promise<Eip[]> {
    return listEipsOf(this.context.api, this.regionId, segment, deadline.at, isUseEnough);
  }

  /**
   * What became of a segment that is not listed, by a second witness: the EIPs that are recorded for it, and where none of them is
   * returned, those that name it.
   */
  async fateOfUnlisted(
    segmentId: string,
    allocationIds: readonly string[],
    deadline: Deadline,
  ): Promise<Fate> {
    const recorded = await this.recordedEips(segmentId, allocationIds, deadline);
    const eips =
      recorded.length > 0 ? recorded : (await this.listEips({ segmentId }, deadline, true)).filter(remains);
    const poolId = eips.find((eip) => eip.publicIpAddressPoolId !== undefined)?.publicIpAddressPoolId;
    return poolId !== undefined
      ? { kind: "pooled", poolId }
      : eips.length > 0
        ? { kind: "unlisted", eips }
        : { kind: "gone" };
  }

  /** EIPs of a segment that exist, of the first request that returns any. */
  private async recordedEips(
    segmentId: string,
    allocationIds: readonly string[],
    deadline: Deadline,
    perRequest = idsPerRequest,
  ): Promise<Eip[]> {
    const { api } = this.context;
    for (let first = 0; first < allocationIds.length; first += perRequest) {
      const ids = allocationIds.slice(first, first + perRequest);
      // The row of one of them may have no readable id.
      const isOwn = (eip: Eip): boolean =>
        ids.includes(eip.allocationId) ||
        (eip.allocationId === "unknown" && (eip.segmentId ?? segmentId) === segmentId);
      try {
        const eips = await listEips(api, { regionId: this.regionId, allocationIds: ids }, deadline.at);
        const own = eips.filter((eip) => isOwn(eip) && remains(eip));
        if (own.length > 0) return own;
      } catch (error) {
        // Where the request is refused for good, the EIPs that name the segment must do.
        if (error instanceof ApiError && error.errorClass === "user") return [];
        if (!(error instanceof ApiError && error.errorClass === "absent")) throw error;
        // An error about several EIPs may be about any one of them.
        const own = ids.length > 1 ? await this.recordedEips(segmentId, ids, deadline, 1) : [];
        if (own.length > 0) return own;
      }
    }
    return [];
  }

  /** A page of DescribeEipSegment serves fifty waits; where they are fewer than the region has pages, each gets a request of its own. */
  protected async poll(
    ids: ReadonlySet<string>,
    deadline: Instant,
  ): Promise<ReadonlyMap<string, Segment | undefined>> {
    const { api } = this.context;
    const found = new Map<string, Segment | undefined>();
    if (ids.size > this.pages) {
      const listing = await listSegments(api, this.regionId, deadline, (shown) =>
        [...ids].every((id) => shown.has(id)),
      );
      this.countPages(listing);
      for (const [id, segment] of listing.segments) {
        if (!isListedAsReleased(segment)) found.set(id, segment);
      }
    }
    const missing = [...ids].filter((id) => !found.has(id));
    const described = await Promise.all(
      missing.map((id) => describeSegment(api, this.regionId, id, deadline)),
    );
    for (const [index, id] of missing.entries()) found.set(id, described[index]);
    return found;
  }

  private countPages({ totalCount }: SegmentListing): void {
    this.pages = Math.max(1, Math.ceil(totalCount / segmentsPerPage));
  }
}
