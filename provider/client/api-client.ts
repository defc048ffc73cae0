import { type Clock, systemClock } from "../leaves/clock";
import { type ApiCall, type Caller, makeCall } from "./api-call";
import type { CredentialsSource } from "./credentials";
import type { EndpointResolver } from "./endpoint";
import { PopTransport, type Transport } from "./pop-transport";
import {
  allocateReply,
  callerIdentityReply,
  describeAddressesReply,
  describeSegmentsReply,
  emptyReply,
} from "./replies";
import type { CallOptions, VpcApi } from "./vpc-api";

/** API versions by service. */
const VERSION = { vpc: "2016-04-28", sts: "2015-04-01" } as const;

/** The resource type of EIPs in the tag and resource group operations. */
const RESOURCE_TYPE = "EIP";

export interface ApiClientOptions {
  endpoint: EndpointResolver;
  credentials: CredentialsSource;
  /** @default a {@link PopTransport} with its own defaults */
  transport?: Transport;
  /** @default the machine's clock */
  clock?: Clock;
  /** From 0 up to 1, for the jitter of pauses between tries. @default Math.random */
  random?: () => number;
}

type CallShape<T> = Omit<ApiCall<T>, "endpoint" | "version" | "service"> & {
  regionId: string;
  service?: ApiCall<T>["service"];
};

/** The API over HTTP. */
export function createApiClient(options: ApiClientOptions): VpcApi {
  const { credentials, endpoint, transport = new PopTransport() } = options;
  const { clock = systemClock, random = Math.random } = options;
  const caller: Caller = { transport, credentials, clock, random };

  const call = <T>(shape: CallShape<T>, callOptions?: CallOptions) => {
    const { regionId, service = "vpc", ...rest } = shape;
    const parameters = withoutAbsent(
      service === "vpc" ? { RegionId: regionId, ...shape.parameters } : shape.parameters,
    );
    const request = { ...rest, service, version: VERSION[service], endpoint: endpoint(service, regionId) };
    return makeCall(caller, { ...request, parameters }, callOptions);
  };

  return {
    async allocateEipSegmentAddress(request, callOptions) {
      const { value } = await call(
        {
          action: "AllocateEipSegmentAddress",
          doing: "Allocating the segment",
          subject: request.regionId,
          writes: true,
          regionId: request.regionId,
          parameters: {
            EipMask: request.eipMask,
            Bandwidth: request.bandwidth,
            InternetChargeType: request.internetChargeType,
            Isp: request.isp,
            Netmode: request.netmode,
            ResourceGroupId: request.resourceGroupId,
            Zone: request.zone,
            ClientToken: request.clientToken,
          },
          reply: allocateReply,
        },
        callOptions,
      );
      return value;
    },

    async describeEipSegment(request, callOptions) {
      const { value, serverTime } = await call(
        {
          action: "DescribeEipSegment",
          doing: "Reading EIP segments",
          subject: request.segmentId ?? request.regionId,
          writes: false,
          regionId: request.regionId,
          parameters: {
            SegmentInstanceId: request.segmentId,
            PageNumber: request.pageNumber,
            PageSize: request.pageSize,
          },
          reply: describeSegmentsReply,
        },
        callOptions,
      );
      return serverTime === undefined ? value : { ...value, serverTime };
    },

    async releaseEipSegmentAddress(request, callOptions) {
      await call(
        {
          action: "ReleaseEipSegmentAddress",
          doing: "Releasing the segment",
          subject: request.segmentId,
          writes: true,
          regionId: request.regionId,
          parameters: { SegmentInstanceId: request.segmentId, ClientToken: request.clientToken },
          reply: emptyReply,
        },
        callOptions,
      );
    },

    async describeEipAddresses(request, callOptions) {
      const { value } = await call(
        {
          action: "DescribeEipAddresses",
          doing: "Reading EIPs",
          subject: request.segmentId ?? request.publicIpAddressPoolId ?? request.regionId,
          writes: false,
          regionId: request.regionId,
          parameters: {
            SegmentInstanceId: request.segmentId,
            AllocationId: request.allocationIds?.join(","),
            PublicIpAddressPoolId: request.publicIpAddressPoolId,
            Tag: request.tag && [withoutAbsent({ Key: request.tag.key, Value: request.tag.value })],
            PageNumber: request.pageNumber,
            PageSize: request.pageSize,
          },
          reply: describeAddressesReply,
        },
        callOptions,
      );
      return value;
    },

    async modifyEipAddressAttribute(request, callOptions) {
      await call(
        {
          action: "ModifyEipAddressAttribute",
          doing: "Changing the bandwidth of the EIP",
          subject: request.allocationId,
          writes: true,
          regionId: request.regionId,
          parameters: { AllocationId: request.allocationId, Bandwidth: request.bandwidth },
          reply: emptyReply,
        },
        callOptions,
      );
    },

    async tagResources(request, callOptions) {
      await call(
        {
          action: "TagResources",
          doing: "Tagging EIPs",
          subject: several(request.allocationIds),
          writes: true,
          regionId: request.regionId,
          parameters: {
            ResourceType: RESOURCE_TYPE,
            ResourceId: request.allocationIds,
            Tag: Object.entries(request.tags).map(([Key, Value]) => ({ Key, Value })),
          },
          reply: emptyReply,
        },
        callOptions,
      );
    },

    async unTagResources(request, callOptions) {
      await call(
        {
          action: "UnTagResources",
          doing: "Removing tags of EIPs",
          subject: several(request.allocationIds),
          writes: true,
          regionId: request.regionId,
          parameters: {
            ResourceType: RESOURCE_TYPE,
            ResourceId: request.allocationIds,
            TagKey: request.tagKeys,
          },
          reply: emptyReply,
        },
        callOptions,
      );
    },

    async moveResourceGroup(request, callOptions) {
      await call(
        {
          action: "MoveResourceGroup",
          doing: `Moving the EIP to resource group ${request.resourceGroupId}`,
          subject: request.allocationId,
          writes: true,
          regionId: request.regionId,
          parameters: {
            ResourceType: RESOURCE_TYPE,
            ResourceId: request.allocationId,
            NewResourceGroupId: request.resourceGroupId,
          },
          reply: emptyReply,
        },
        callOptions,
      );
    },

    async getCallerIdentity(request, callOptions) {
      const { value } = await call(
        {
          action: "GetCallerIdentity",
          doing: "Asking for the account of the credentials",
          subject: request.regionId,
          writes: false,
          service: "sts",
          regionId: request.regionId,
          parameters: {},
          reply: callerIdentityReply,
        },
        callOptions,
      );
      return value;
    },
  };
}

/** pop-core would send an absent value as the text "undefined". */
const withoutAbsent = (parameters: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));

const several = (ids: readonly string[]): string =>
  ids.length > 2 ? `${ids[0] ?? ""} and ${ids.length - 1} more` : ids.join(", ");
