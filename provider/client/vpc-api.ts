/** How long and how far one call may go. */
export interface CallOptions {
  /** Milliseconds since the epoch by the provider's clock; no new try starts after it. Default: 60 s from the first try. */
  deadline?: number;
  /** Told how long a try waited for the account's rate, in ms: time that does not count against `deadline`. */
  queued?: (ms: number) => void;
  /** Told of each try that may have taken effect although its response does not say so. */
  unanswered?: () => void;
  /** Waited for before each try, after its turn by the account's rate; a rejection ends the call. */
  beforeSend?: () => Promise<void>;
}

/** One segment as DescribeEipSegment reports it. */
export interface Segment {
  /** `eipsg-…` */
  segmentId: string;
  regionId?: string;
  /** `Allocating`, `Allocated` or `Releasing`. */
  status: string;
  /** For example `161.0.2.32/28`. */
  cidrBlock?: string;
  /** Number of usable addresses. */
  ipCount?: number;
  zone?: string;
  /** As the API writes it, `2020-03-06T12:30:07Z`. */
  createTime?: string;
  name?: string;
  description?: string;
}

/** One EIP as DescribeEipAddresses reports it. */
export interface Eip {
  /** `eip-…` */
  allocationId: string;
  ipAddress: string;
  /** `Available`, `InUse`, `Associating`, `Unassociating` or `Releasing`. */
  status: string;
  /** The EIP's own bandwidth in Mbit/s, also while it sits in an Internet Shared Bandwidth instance. */
  bandwidth?: number;
  internetChargeType?: string;
  isp?: string;
  netmode?: string;
  resourceGroupId?: string;
  /** `eipsg-…`, for EIPs of a segment. */
  segmentId?: string;
  /** What the EIP is associated with. */
  instanceId?: string;
  /** Kind of `instanceId`, for example `EcsInstance`. */
  instanceType?: string;
  /** The Internet Shared Bandwidth instance the EIP sits in. */
  bandwidthPackageId?: string;
  /** `pippool-…`, for EIPs of a public IP address pool. */
  publicIpAddressPoolId?: string;
  deletionProtection: boolean;
  /** `Normal`, `OperationLock` or `Unactivated`. */
  businessStatus?: string;
  tags: Record<string, string>;
  /**
   * Which field is malformed. Then only ids, address, and what says whether somebody owns or uses the EIP are known; `unknown` where they
   * are malformed too, and the status `unknown` where anything of the use is.
   */
  problem?: string;
}

export interface AllocateRequest {
  regionId: string;
  /** 24 to 28. */
  eipMask: number;
  /** Mbit/s per EIP. */
  bandwidth?: number;
  internetChargeType?: string;
  isp?: string;
  netmode?: string;
  resourceGroupId?: string;
  zone?: string;
  /** At most 64 ASCII characters; the same on every try of one logical request. */
  clientToken: string;
}

export interface DescribeSegmentsRequest {
  regionId: string;
  segmentId?: string;
  /** From 1. */
  pageNumber?: number;
  /** 1 to 50. */
  pageSize?: number;
}

export interface DescribeSegmentsResponse {
  /** Rows on all pages; absent where the API gives no usable count. */
  totalCount?: number;
  segments: Segment[];
  /** Why a row was left out, whose id is malformed. */
  problem?: string;
  /** The server's clock when it answered, in ms since the epoch (header `Date`). */
  serverTime?: number;
}

export interface DescribeAddressesRequest {
  regionId: string;
  segmentId?: string;
  /** At most 50. */
  allocationIds?: readonly string[];
  publicIpAddressPoolId?: string;
  tag?: { key: string; value?: string };
  /** From 1; pages must be read in order. */
  pageNumber?: number;
  /** 1 to 100. */
  pageSize?: number;
}

export interface DescribeAddressesResponse {
  /** Rows on all pages; absent where the API gives no usable count. */
  totalCount?: number;
  addresses: Eip[];
}

/**
 * The operations of the VPC API (version 2016-04-28) and of STS that this package uses, in its own terms.
 * Every method retries what may be retried with identical parameters until its deadline.
 *
 * @throws {ApiError} when the API returns an error code.
 * @throws {NoResponseError} when no usable response came until the deadline.
 * @throws {ConfigurationError} when credentials or endpoints are missing or wrong.
 */
export interface VpcApi {
  allocateEipSegmentAddress(request: AllocateRequest, options?: CallOptions): Promise<{ segmentId: string }>;
  describeEipSegment(
    request: DescribeSegmentsRequest,
    options?: CallOptions,
  ): Promise<DescribeSegmentsResponse>;
  releaseEipSegmentAddress(
    request: { regionId: string; segmentId: string; clientToken: string },
    options?: CallOptions,
  ): Promise<void>;
  /** Where one of several EIPs does not exist, the cloud may return the others, or an error of class `absent`. */
  describeEipAddresses(
    request: DescribeAddressesRequest,
    options?: CallOptions,
  ): Promise<DescribeAddressesResponse>;
  modifyEipAddressAttribute(
    request: { regionId: string; allocationId: string; bandwidth: number },
    options?: CallOptions,
  ): Promise<void>;
  /** At most 20 EIPs and 20 tags at a time. */
  tagResources(
    request: { regionId: string; allocationIds: readonly string[]; tags: Record<string, string> },
    options?: CallOptions,
  ): Promise<void>;
  /** At most 20 EIPs and 20 keys at a time. */
  unTagResources(
    request: { regionId: string; allocationIds: readonly string[]; tagKeys: readonly string[] },
    options?: CallOptions,
  ): Promise<void>;
  moveResourceGroup(
    request: { regionId: string; allocationId: string; resourceGroupId: string },
    options?: CallOptions,
  ): Promise<void>;
  getCallerIdentity(
    request: { regionId: string },
    options?: CallOptions,
  ): Promise<{ accountId: string; arn: string }>;
}
