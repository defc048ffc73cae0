import type { AddressBlock } from "./address-space";
import { formatCidr } from "./address-space";
import type { AddressView, Eip } from "./eip";
import { viewEip } from "./eip";
import type { Transition } from "./progression";

/** Status of a segment, as DescribeEipSegment names it; `Failed` only where the answers ask for it. */
export type SegmentStatus = "Allocating" | "Allocated" | "Releasing" | "Failed";

/** One segment in the store. */
export interface Segment {
  readonly id: string;
  readonly accountId: string;
  readonly regionId: string;
  readonly zone: string;
  readonly block: AddressBlock;
  readonly createdAt: number;
  readonly internetChargeType: string;
  readonly isp: string;
  readonly netmode: string;
  /** In address order. */
  readonly eips: readonly Eip[];
  /** True for a segment that disappears where it should become `Allocated`. */
  readonly vanishes: boolean;
  status: SegmentStatus;
  transition: Transition | undefined;
  /** When it became `Allocated`. */
  readyAt: number | undefined;
  /** Releases that were accepted. */
  releases: number;
  /** Number of DescribeEipSegment calls that left the segment out because of the visibility lag. */
  hiddenDescribes: number;
}

/** A segment as {@link Simulator.segments} shows it. */
export interface SegmentView {
  /** `eipsg-…` */
  readonly id: string;
  readonly accountId: string;
  readonly regionId: string;
  readonly zone: string;
  readonly status: SegmentStatus;
  /** For example `203.0.113.0/28`. */
  readonly cidrBlock: string;
  /** 24 to 28. */
  readonly mask: number;
  /** In ms since the epoch by the simulator's clock. */
  readonly createdAt: number;
  readonly internetChargeType: string;
  readonly isp: string;
  readonly netmode: string;
  /** EIPs in address order. */
  readonly addresses: readonly AddressView[];
}

/** A copy of a segment without its internal parts. */
export function viewSegment(segment: Segment): SegmentView {
  const { id, accountId, regionId, zone, status, createdAt, internetChargeType, isp, netmode } = segment;
  return {
    ...{ id, accountId, regionId, zone, status, createdAt, internetChargeType, isp, netmode },
    cidrBlock: formatCidr(segment.block),
    mask: segment.block.mask,
    addresses: segment.eips.map(viewEip),
  };
}
