import type { SegmentReply, VpcApi } from "../client/vpc-api";
import { describeSegment, listSegments } from "./describe-segment";

/** What a look at a region showed. */
export interface Glance {
  segments: ReadonlyMap<string, SegmentReply>;
  /** Whether a segment that was not shown is surely not there. */
  isAbsent: (segmentId: string) => boolean;
}

/** Looks at segments of one region with as few calls as will do. */
export class RegionPages {
  /** Segments on the first page when it was last read: it shows them all for the price of one. */
  private front: ReadonlySet<string> | undefined;

  public constructor(
    private readonly api: VpcApi,
    private readonly regionId: string,
  ) {}

  /**
   * Looks at the segments `ids`, and at others that come with them.
   *
   * @param alone - Whether nobody waits for any other segment.
   * @param deadline - ms by the clock after which no new try starts.
   */
  public async look(ids: ReadonlySet<string>, alone: boolean, deadline: number): Promise<Glance> {
    const [id, ...others] = ids;
    const inFront = this.front === undefined || this.front.has(id ?? "");
    if (id !== undefined && others.length === 0 && (alone || !inFront)) {
      const segment = await describeSegment(this.api, this.regionId, id, deadline);
      const segments = new Map(segment === undefined ? [] : [[id, segment]]);
      return { segments, isAbsent: (other) => other === id && segment === undefined };
    }
    const listing = await listSegments(this.api, this.regionId, deadline, (shown) =>
      [...ids].every((wanted) => shown.has(wanted)),
    );
    this.front = new Set([...listing.segments.keys()].slice(0, listing.firstPage));
    return {
      segments: listing.segments,
      isAbsent: (other) => listing.complete && !listing.segments.has(other),
    };
  }
}
