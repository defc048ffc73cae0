import type { SegmentReply, VpcApi } from "../client/vpc-api";

/** Segments on one page of DescribeEipSegment, at most. */
const pageSize = 50;

/**
 * The segment as it is now; undefined when the region lists none with this id.
 *
 * @param deadline - ms by the clock after which no new try starts.
 */
export async function describeSegment(
  api: VpcApi,
  regionId: string,
  segmentId: string,
  deadline: number,
): Promise<SegmentReply | undefined> {
  const { segments } = await api.describeEipSegment({ regionId, segmentId }, { deadline });
  return segments.find((segment) => segment.segmentId === segmentId);
}

/** Every segment of a region by its id. */
export interface SegmentListing {
  segments: Map<string, SegmentReply>;
  /** False when pages were left out or the region changed between two: a segment may be missing then although it is there. */
  complete: boolean;
  /** Number of segments on the first page. */
  firstPage: number;
  /** The server's clock at the last page, in ms, where it told it. */
  serverTime?: number | undefined;
}

/**
 * Lists the segments of a region, page by page and in order: the API may throttle who skips pages.
 *
 * @param deadline - ms by the clock after which no new try starts.
 * @param enough - Whether what was shown so far will do. Default: every page is read.
 */
export async function listSegments(
  api: VpcApi,
  regionId: string,
  deadline: number,
  enough: (shown: ReadonlyMap<string, SegmentReply>) => boolean = () => false,
): Promise<SegmentListing> {
  const segments = new Map<string, SegmentReply>();
  const totals = new Set<number>();
  let firstPage = 0;
  for (let pageNumber = 1, seen = 0; ; pageNumber++) {
    const page = await api.describeEipSegment({ regionId, pageNumber, pageSize }, { deadline });
    for (const segment of page.segments) {
      segments.set(segment.segmentId, segment);
    }
    totals.add(page.totalCount);
    seen += page.segments.length;
    firstPage ||= segments.size;
    if (page.segments.length === 0 || seen >= page.totalCount || enough(segments)) {
      const complete = totals.size === 1 && totals.has(segments.size);
      return { segments, complete, firstPage, serverTime: page.serverTime };
    }
  }
}
