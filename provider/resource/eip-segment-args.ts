import type { Input } from "@pulumi/pulumi";

/** How the cloud charges for each EIP of a segment (InternetChargeType). */
export type InternetChargeType = "PayByBandwidth" | "PayByTraffic";

/** Network type of a segment (Netmode). `hybrid` is for accounts on the cloud's allow-list. */
export type Netmode = "public" | "hybrid";

/**
 * Line type of a segment (Isp).
 *
 * `BGP_PRO` is sold in seven regions, `BGP_FinanceCloud` is required in China East 1 Finance, and the single-ISP
 * lines need an account that may use single-ISP bandwidth.
 */
export type Isp =
  | "BGP"
  | "BGP_PRO"
  | "BGP_FinanceCloud"
  | "ChinaTelecom"
  | "ChinaUnicom"
  | "ChinaMobile"
  | "ChinaTelecom_L2"
  | "ChinaUnicom_L2"
  | "ChinaMobile_L2";

/**
 * Inputs of an {@link EipSegment}. The names are those of `alicloud.ecs.EipSegmentAddress`.
 *
 * Source: the AllocateEipSegmentAddress page of the VPC API, version 2016-04-28.
 */
export interface EipSegmentArgs {
  /**
   * Mask of the segment: 24 for 256 addresses, 25 for 128, 26 for 64, 27 for 32, 28 for 16. The cloud may reserve up to
   * four of them; `ipCount` is the number of usable ones. A change replaces the segment.
   */
  eipMask: Input<number | string>;

  /**
   * Maximum bandwidth of each EIP, a whole number of Mbit/s: 1 to 500 when charged by bandwidth, 1 to 200 by traffic.
   * A change updates every EIP in place.
   *
   * @default 5
   */
  bandwidth?: Input<number | string | undefined>;

  /**
   * How each EIP is charged. A change replaces the segment.
   *
   * @default "PayByBandwidth"
   */
  internetChargeType?: Input<InternetChargeType | undefined>;

  /**
   * Line type. A change replaces the segment.
   *
   * @default "BGP"
   */
  isp?: Input<Isp | undefined>;

  /**
   * Network type. `hybrid` needs `bandwidth` and `PayByBandwidth`. A change replaces the segment.
   *
   * @default "public"
   */
  netmode?: Input<Netmode | undefined>;

  /**
   * Zone of the segment, such as `cn-hangzhou-a`. Another zone replaces the segment; removing the input changes nothing.
   *
   * @default chosen by the cloud
   */
  zone?: Input<string | undefined>;

  /**
   * Resource group of every EIP, `rg-…`. A change moves every EIP in place.
   *
   * @default the account's default resource group
   */
  resourceGroupId?: Input<string | undefined>;

  /**
   * Region of the segment, such as `cn-hangzhou`. The default is read when the segment is created and then kept. Another
   * region replaces the segment.
   *
   * @default the region of the stack's configuration or the environment
   */
  regionId?: Input<string | undefined>;

  /**
   * Tags of every EIP, at most 19: the twentieth is the ownership tag. A change updates every EIP in place.
   *
   * @default no tags
   */
  tags?: Input<Record<string, Input<string>> | undefined>;

  /**
   * Id of an existing segment, `eipsg-…`, to adopt instead of allocating one. Removing it afterwards changes nothing;
   * another id after creation is an error.
   *
   * @default a new segment is allocated
   */
  adopt?: Input<string | undefined>;
}

/** Inputs whose change replaces the segment, as the table of inputs says: a program does not load that. */
export const replacingInputs = [
  "eipMask",
  "internetChargeType",
  "isp",
  "netmode",
  "zone",
  "regionId",
] as const satisfies (keyof EipSegmentArgs)[];

/** Inputs whose change updates every EIP in place, from the same table. */
export const updatingInputs = [
  "bandwidth",
  "resourceGroupId",
  "tags",
] as const satisfies (keyof EipSegmentArgs)[];

/** One public address of a segment. `alicloud.ecs.EipAssociation` takes its `allocationId`. */
export interface SegmentAddress {
  /** Id of the EIP, `eip-…`. */
  allocationId: string;
  /** The public IPv4 address. */
  ipAddress: string;
}
