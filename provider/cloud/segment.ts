import type { Eip, Segment } from "../client/vpc-api";

export type { Eip, Segment };

/** A segment that is ready for use, with its EIPs in address order. */
export interface ReadySegment {
  segment: Segment;
  eips: Eip[];
}

/** Statuses of a segment that the vendor documents; source: the DescribeEipSegment page. */
const documentedStatuses = ["Allocating", "Allocated", "Releasing"] as const;

/**
 * The segment with a documented status written as the documentation does, whatever case the cloud writes it in. Any other word stays
 * as it is.
 */
function withDocumentedStatus(segment: Segment): Segment {
  const written = segment.status.toLowerCase();
  const status = documentedStatuses.find((one) => one.toLowerCase() === written);
  return status === undefined ? segment : { ...segment, status };
}

/** Segments by their ids. One that is listed twice is as far as the later of its documented statuses. */
export function byId(rows: readonly Segment[]): Map<string, Segment> {
  const stage = ({ status }: Segment): number => documentedStatuses.findIndex((one) => one === status);
  const ordered = rows.map(withDocumentedStatus).sort((a, b) => stage(a) - stage(b));
  return new Map(ordered.map((row) => [row.segmentId, row]));
}

/**
 * Whether the cloud lists a segment or an EIP as one that was, by a word that is not documented. Alone it proves nothing: a segment
 * counts as not listed then, and as released only when its EIPs no longer exist either.
 */
export const isListedAsReleased = ({ status }: { status: string }): boolean =>
  /^(released|deleted|destroyed|removed|terminated)$/i.test(status);

/** The four numbers of an address as one. */
export function addressNumber(ipAddress: string): number {
  return ipAddress.split(".").reduce((number, part) => number * 256 + Number(part), 0);
}

/** The first and the last address of EIPs in address order; 0 of none. */
const rangeOf = (eips: readonly Pick<Eip, "ipAddress">[]): { first: number; last: number } => ({
  first: addressNumber(eips[0]?.ipAddress ?? ""),
  last: addressNumber(eips.at(-1)?.ipAddress ?? ""),
});

/** Number of addresses in a block such as `161.0.2.32/28`; 0 when the cloud reports no block. */
export function blockSize(cidrBlock: string | undefined): number {
  const mask = /\/(\d+)$/.exec(cidrBlock ?? "")?.[1];
  return mask === undefined ? 0 : 2 ** (32 - Number(mask));
}

/**
 * Number of addresses in a segment's block; where the cloud reports no block, in the smallest one that can hold its EIPs. 0 without either.
 *
 * @param eips - In address order.
 */
export function segmentSize(
  { cidrBlock }: Pick<Segment, "cidrBlock">,
  eips: readonly Pick<Eip, "ipAddress">[],
): number {
  const { first, last } = rangeOf(eips);
  const enclosing = 2 ** Math.max(smallestBits, 32 - Math.clz32(first ^ last));
  return blockSize(cidrBlock) || (eips.length === 0 ? 0 : enclosing);
}

/** Mask of a segment; undefined where the cloud reports no block and too few EIPs to tell. */
export function maskOf(segment: Pick<Segment, "cidrBlock">, eips: readonly Eip[]): number | undefined {
  const size = segmentSize(segment, eips);
  const isKnown = blockSize(segment.cidrBlock) > 0 || (size > 0 && isPlausibleCount(eips.length, size));
  return isKnown ? 32 - Math.log2(size) : undefined;
}

/** Whether an address is in a block; undefined when the cloud reports no block or no address. */
export function isInBlock(ipAddress: string, cidrBlock: string | undefined): boolean | undefined {
  const size = blockSize(cidrBlock);
  const first = addressNumber(cidrBlock?.split("/")[0] ?? "");
  const address = addressNumber(ipAddress);
  return size === 0 || Number.isNaN(first + address)
    ? undefined
    : Math.floor(address / size) === Math.floor(first / size);
}

/**
 * Whether the cloud's reply itself proves that an EIP belongs to a segment: by the segment's id, or where it names none, by an
 * address inside the block. An id that an address outside the block contradicts proves nothing. A reply may hold EIPs of others,
 * where the cloud does not apply the filter of a request.
 */
export function belongsTo(
  eip: Pick<Eip, "segmentId" | "ipAddress">,
  { segmentId, cidrBlock }: Pick<Segment, "segmentId" | "cidrBlock">,
): boolean {
  const isInside = isInBlock(eip.ipAddress, cidrBlock);
  return eip.segmentId === undefined ? isInside === true : eip.segmentId === segmentId && isInside !== false;
}

/** Addresses of a block that the cloud may keep for itself; source: the AllocateEipSegmentAddress page. */
const mostReserved = 4;

/** Bits of an address within the smallest segment; source: the same page. */
const smallestBits = 4;

/** Whether a segment whose block has `size` addresses can have `count` usable ones; 0 is an unknown size. */
export function isPlausibleCount(count: number, size: number): boolean {
  return count > 0 && (size === 0 || (count <= size && count >= size - mostReserved));
}

/**
 * Whether a list lacks only addresses that the cloud may keep for itself: at most four, the block's first among them. One that is listed
 * late or in part has the first address, or gaps.
 */
function lacksOnlyReserved(eips: readonly Pick<Eip, "ipAddress">[], size: number): boolean {
  const { first, last } = rangeOf(eips);
  return isPlausibleCount(eips.length, size) && last - first === eips.length - 1 && first % size > 0;
}

/**
 * Number of a segment's EIPs as the cloud reports it; undefined where that cannot be. An old page shows the mask where the
 * count belongs: without a block, 28 may be either.
 *
 * @param eips - Its EIPs in address order. Where they show that the reported number includes reserved addresses, their number counts.
 */
export function eipCountOf(
  { ipCount, cidrBlock }: Pick<Segment, "ipCount" | "cidrBlock">,
  eips: readonly Pick<Eip, "ipAddress">[] = [],
): number | undefined {
  const size = blockSize(cidrBlock);
  if (ipCount === undefined || !isPlausibleCount(ipCount, size)) return undefined;
  if (size === 0) return ipCount >= 24 && ipCount <= 28 ? undefined : ipCount;
  return lacksOnlyReserved(eips, size) ? Math.min(ipCount, eips.length) : ipCount;
}

/** Key of the tag that names the resource that owns a segment's EIPs; its value is the ClientToken. */
export const ownershipTagKey = "pulumi-eip-segment";

/** ClientToken in an EIP's ownership tag; undefined when it carries none. */
export const ownerOf = ({ tags }: Eip): string | undefined => tags[ownershipTagKey];

/** The first EIP whose ownership tag names somebody else than these; undefined when there is none. */
export const ofOtherOwner = (
  eips: readonly Eip[],
  ownTokens: readonly (string | undefined)[],
): Eip | undefined => eips.find((eip) => ![undefined, ...ownTokens].includes(ownerOf(eip)));

/** Whether a tag is one that users set: the cloud's own begin with `aliyun` or `acs:`. */
export function isUserTag(key: string): boolean {
  return key !== ownershipTagKey && !/^(aliyun|acs:)/.test(key);
}

/** Tags of an EIP that users set. */
export function userTags({ tags }: Eip): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => isUserTag(key)));
}

/** Segments as a list for the user. */
export function listOf(segments: readonly Segment[]): string {
  return segments
    .map(
      ({ segmentId, cidrBlock, createTime }) =>
        `${segmentId} (${cidrBlock ?? "no block yet"}, created ${createTime ?? "at an unknown time"})`,
    )
    .join(", ");
}

/** A segment cannot be younger than this, in ms: its time is then one of another time zone. */
const leastAgeMs = -300_000;

/** Whether a segment is younger than `ms` by the server's clock; undefined when either time is unknown. */
export function isYoungerThan(
  ms: number,
  { createTime }: Pick<Segment, "createTime">,
  serverTime: number | undefined,
): boolean | undefined {
  const age = (serverTime ?? NaN) - Date.parse(createTime ?? "");
  return age >= leastAgeMs ? age < ms : undefined;
}
