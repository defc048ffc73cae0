import type { z } from "zod";
import type { Service } from "./types";
import {
  allocateResponse,
  callerIdentityResponse,
  describeAddressesResponse,
  describeSegmentsResponse,
  emptyResponse,
} from "./responses";
import type { VpcApi } from "./vpc-api";

type RequestOf<Method extends keyof VpcApi> = Parameters<VpcApi[Method]>[0];
type ValueOf<Method extends keyof VpcApi> = Awaited<ReturnType<VpcApi[Method]>>;

/** How a method of {@link VpcApi} travels: its operation, its parameters by their API names, its reply. */
export interface Operation<Request extends { regionId: string }, Value> {
  service: Service;
  action: string;
  /** Whether the operation changes anything. */
  writes: boolean;
  /** Starts the sentence "… failed" of its errors. */
  doing: string;
  /** What its errors name: the segment, the EIP or the region. */
  subject(request: Request): string;
  /** Segments and EIPs that the request names. */
  ids(request: Request): readonly string[];
  /** Without RegionId; absent values are left out of the request. */
  parameters(request: Request): Readonly<Record<string, unknown>>;
  reply: z.ZodType<Value>;
}

type Operations = {
  readonly [Method in keyof VpcApi]: Operation<RequestOf<Method>, ValueOf<Method>>;
};

/** The resource type of EIPs in the operations on tags and resource groups. */
const resourceType = "EIP";

/** Source: the API pages of the operations and the SDK package @alicloud/vpc20160428 7.3.2. */
export const operations: Operations = {
  allocateEipSegmentAddress: {
    service: "vpc",
    action: "AllocateEipSegmentAddress",
    writes: true,
    doing: "Allocating the segment",
    subject: (request) => request.regionId,
    ids: () => [],
    parameters: (request) => ({
      EipMask: request.eipMask,
      Bandwidth: request.bandwidth,
      InternetChargeType: request.internetChargeType,
      Isp: request.isp,
      Netmode: request.netmode,
      ResourceGroupId: request.resourceGroupId,
      Zone: request.zone,
      ClientToken: request.clientToken,
    }),
    reply: allocateResponse,
  },
  describeEipSegment: {
    service: "vpc",
    action: "DescribeEipSegment",
    writes: false,
    doing: "Reading EIP segments",
    subject: (request) => request.segmentId ?? request.regionId,
    ids: ({ segmentId }) => (segmentId === undefined ? [] : [segmentId]),
    parameters: (request) => ({
      SegmentInstanceId: request.segmentId,
      PageNumber: request.pageNumber,
      PageSize: request.pageSize,
    }),
    reply: describeSegmentsResponse,
  },
  releaseEipSegmentAddress: {
    service: "vpc",
    action: "ReleaseEipSegmentAddress",
    writes: true,
    doing: "Releasing the segment",
    subject: (request) => request.segmentId,
    ids: ({ segmentId }) => [segmentId],
    parameters: (request) => ({
      SegmentInstanceId: request.segmentId,
      ClientToken: request.clientToken,
    }),
    reply: emptyResponse,
  },
  describeEipAddresses: {
    service: "vpc",
    action: "DescribeEipAddresses",
    writes: false,
    doing: "Reading EIPs",
    subject: (request) => request.segmentId ?? request.publicIpAddressPoolId ?? request.regionId,
    ids: ({ allocationIds = [], segmentId }) => [
      ...allocationIds,
      ...(segmentId === undefined ? [] : [segmentId]),
    ],
    parameters: (request) => ({
      SegmentInstanceId: request.segmentId,
      AllocationId: request.allocationIds?.join(","),
      PublicIpAddressPoolId: request.publicIpAddressPoolId,
      Tag: request.tag && [tagParameter(request.tag.key, request.tag.value)],
      PageNumber: request.pageNumber,
      PageSize: request.pageSize,
    }),
    reply: describeAddressesResponse,
  },
  modifyEipAddressAttribute: {
    service: "vpc",
    action: "ModifyEipAddressAttribute",
    writes: true,
    doing: "Changing the bandwidth of the EIP",
    subject: (request) => request.allocationId,
    ids: ({ allocationId }) => [allocationId],
    parameters: (request) => ({ AllocationId: request.allocationId, Bandwidth: request.bandwidth }),
    reply: emptyResponse,
  },
  tagResources: {
    service: "vpc",
    action: "TagResources",
    writes: true,
    doing: "Tagging EIPs",
    subject: (request) => several(request.allocationIds),
    ids: ({ allocationIds }) => allocationIds,
    parameters: (request) => ({
      ResourceType: resourceType,
      ResourceId: request.allocationIds,
      Tag: Object.entries(request.tags).map(([key, value]) => tagParameter(key, value)),
    }),
    reply: emptyResponse,
  },
  unTagResources: {
    service: "vpc",
    action: "UnTagResources",
    writes: true,
    doing: "Removing tags of EIPs",
    subject: (request) => several(request.allocationIds),
    ids: ({ allocationIds }) => allocationIds,
    parameters: (request) => ({
      ResourceType: resourceType,
      ResourceId: request.allocationIds,
      TagKey: request.tagKeys,
    }),
    reply: emptyResponse,
  },
  moveResourceGroup: {
    service: "vpc",
    action: "MoveResourceGroup",
    writes: true,
    doing: "Moving the EIP to another resource group",
    subject: (request) => `${request.allocationId} to ${request.resourceGroupId}`,
    ids: ({ allocationId }) => [allocationId],
    parameters: (request) => ({
      ResourceType: resourceType,
      ResourceId: request.allocationId,
      NewResourceGroupId: request.resourceGroupId,
    }),
    reply: emptyResponse,
  },
  getCallerIdentity: {
    service: "sts",
    action: "GetCallerIdentity",
    writes: false,
    doing: "Reading the account of the credentials",
    subject: (request) => request.regionId,
    ids: () => [],
    parameters: () => ({}),
    reply: callerIdentityResponse,
  },
};

const tagParameter = (key: string, value?: string): Record<string, string> =>
  value === undefined ? { Key: key } : { Key: key, Value: value };

const several = (ids: readonly string[]): string =>
  ids.length > 2 ? `${ids[0] ?? ""} and ${ids.length - 1} more` : ids.join(", ");
