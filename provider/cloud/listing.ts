import type { DescribeAddressesRequest, VpcApi } from "../client/vpc-api";
import type { Instant } from "../util/clock";
import { EipSegmentError } from "../util/errors";
import { addressNumber, belongsTo, isListedAsReleased, byId } from "./segment";
import type { Eip, Segment } from "./segment";

/** Rows on one page, at most; source: the pages of DescribeEipSegment and DescribeEipAddresses. */
export const segmentsPerPage = 50;
const eipsPerPage = 100;
const defaultPageSize = 10;

/** EIP ids that one DescribeEipAddresses request takes. */
export const idsPerRequest = 50;

/** Every segment of a region by its id. */
export interface SegmentListing {
  segments: Map<string, Segment>;
  /** False when pages were left out or the region changed between two: a segment may be missing although it exists. */
  isComplete: boolean;
  /** Segments that the region has, as it counts them. */
  totalCount: number;
  /** The server's clock at the last page, where it reports it. */
  serverTime?: Instant | undefined;
}

interface Page<Row> {
  rows: readonly Row[];
  totalCount: number | undefined;
}

/**
 * Reads pages in order, because the API throttles who skips some, until one has nothing new. The count that the API gives ends the
 * reading only together with a page that is not full: it may be off by some, and so may the size of a page.
 *
 * @returns Whether every page told the same count, and as many rows came; without any count, whether a page without a new row was reached.
 */
async function readPages<Row>(
  read: (pageNumber: number) => Promise<Page<Row>>,
  idOf: (row: Row) => string,
  { pageSize, enough }: { pageSize: number; enough: (rows: ReadonlyMap<string, Row>) => boolean },
): Promise<{ rows: Map<string, Row>; totalCount: number; isComplete: boolean }> {
  const rows = new Map<string, Row>();
  const totals = new Set<number | undefined>();
  for (let pageNumber = 1; ; pageNumber++) {
    const page = await read(pageNumber);
    const known = rows.size;
    for (const row of page.rows) {
      rows.set(idOf(row), row);
    }
    totals.add(page.totalCount);
    const { totalCount } = page;
    // A page of ten rows may be the default size, and its count that of the page.
    const isFull = page.rows.length >= pageSize || page.rows.length % defaultPageSize === 0;
    const isLast = totalCount !== undefined && rows.size >= totalCount && !isFull;
    const isExhausted = rows.size === known;
    if (isLast || isExhausted || enough(rows)) {
      const isComplete =
        totals.size === 1 && (totals.has(rows.size) || (isExhausted && totals.has(undefined)));
      return { rows, totalCount: Math.max(totalCount ?? 0, rows.size), isComplete };
    }
  }
}

/**
 * The segment as it is now; undefined when the region lists none with this id, or lists it as released.
 *
 * @param deadline - No new try starts after it.
 * @throws EipSegmentError when the reply has no row but malformed ones.
 */
export async function describeSegment(
  api: VpcApi,
  regionId: string,
  segmentId: string,
  deadline: Instant,
): Promise<Segment | undefined> {
  const { segments, problem } = await api.describeEipSegment({ regionId, segmentId }, { deadline });
  let segment = byId(segments).get(segmentId);
  if (segment === undefined && segments.length > 0) {
    // The cloud does not apply the filter, so the segment may be on another page.
    const listing = await listSegments(api, regionId, deadline, (shown) => shown.has(segmentId));
    segment = listing.segments.get(segmentId);
  }
  if (segments.length === 0 && problem !== undefined) throw unreadable(`Segment ${segmentId}`, problem);
  return segment === undefined || isListedAsReleased(segment) ? undefined : segment;
}

/**
 * Lists the segments of a region, with those that are listed as released.
 *
 * @param deadline - No new try starts after it.
 * @param enough - Whether what was read so far will do. Default: every page is read.
 */
export async function listSegments(
  api: VpcApi,
  regionId: string,
  deadline: Instant,
  enough: (segments: ReadonlyMap<string, Segment>) => boolean = () => false,
): Promise<SegmentListing> {
  let serverTime: Instant | undefined;
  const { rows, ...rest } = await readPages(
    async (pageNumber) => {
      const page = await api.describeEipSegment(
        { regionId, pageNumber, pageSize: segmentsPerPage },
        { deadline },
      );
      serverTime = page.serverTime;
      return { rows: [...byId(page.segments).values()], totalCount: page.totalCount };
    },
    ({ segmentId }) => segmentId,
    { pageSize: segmentsPerPage, enough },
  );
  return { segments: rows, ...rest, serverTime };
}

/**
 * Lists EIPs in address order. The reply may hold EIPs of others: see `belongsTo`.
 *
 * @param deadline - No new try starts after it.
 * @throws ApiError and NoResponseError when describing fails for good.
 */
export async function listEips(
  api: VpcApi,
  filter: Omit<DescribeAddressesRequest, "pageNumber" | "pageSize">,
  deadline: Instant,
): Promise<Eip[]> {
  const { rows } = await readPages(
    async (pageNumber) => {
      const page = await api.describeEipAddresses(
        { ...filter, pageNumber, pageSize: eipsPerPage },
        { deadline },
      );
      return { rows: page.addresses, totalCount: page.totalCount };
    },
    // Of malformed rows of several segments, none may hide another.
    ({ allocationId, problem, ...row }) =>
      problem === undefined ? allocationId : JSON.stringify([allocationId, row.ipAddress, row.segmentId]),
    { pageSize: eipsPerPage, enough: () => false },
  );
  return [...rows.values()].sort((a, b) => addressNumber(a.ipAddress) - addressNumber(b.ipAddress));
}

/**
 * Lists the EIPs that provably belong to a segment, one for each address, in address order.
 *
 * @param isUseEnough - Whether the owners and the use of the EIPs are all that must be readable.
 * @throws ApiError and NoResponseError when describing fails for good; EipSegmentError for an EIP of the segment that is malformed.
 */
export async function listEipsOf(
  api: VpcApi,
  regionId: string,
  segment: Pick<Segment, "segmentId" | "cidrBlock">,
  deadline: Instant,
  isUseEnough = false,
): Promise<Eip[]> {
  const eips = await listEips(api, { regionId, segmentId: segment.segmentId }, deadline);
  const own = eips.filter((eip) => belongsTo(eip, segment));
  const isMissed = ({ problem, status }: Eip): boolean =>
    problem !== undefined && !(isUseEnough && status !== "unknown");
  const malformed = own.find(isMissed);
  if (malformed !== undefined) {
    throw unreadable(
      `EIP ${malformed.allocationId} of segment ${segment.segmentId}`,
      String(malformed.problem),
    );
  }
  // An address is one EIP, whatever ids several rows give it.
  const addressOf = (eip: Eip): string => (eip.ipAddress === "unknown" ? eip.allocationId : eip.ipAddress);
  return [...new Map([...own].reverse().map((eip) => [addressOf(eip), eip])).values()].reverse();
}

const unreadable = (what: string, problem: string): EipSegmentError =>
  new EipSegmentError(
    `${what} cannot be read: ${problem}. Run the command again; if the message stays, open a ticket with Alibaba Cloud.`,
  );
