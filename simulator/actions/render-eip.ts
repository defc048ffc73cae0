import { formatApiTime } from "../api-time";
import type { Eip } from "../eip";
import type { ReplyBody } from "../reply-body";

/** Bandwidth in Mbit/s of every shared-bandwidth package: the simulator keeps no packages of their own. */
const packageBandwidth = "1000";

/**
 * An EIP as DescribeEipAddresses returns it. In a shared-bandwidth package `Bandwidth` is the package's and `EipBandwidth`
 * the EIP's own (the field descriptions of the documentation say so; UNVERIFIED by a live call).
 */
export function renderEip(eip: Eip): ReplyBody {
  const { association, bandwidthPackageId, publicIpAddressPoolId, segmentId } = eip;
  const isInPackage = bandwidthPackageId !== undefined;
  return {
    AllocationId: eip.allocationId,
    IpAddress: eip.ipAddress,
    Status: eip.status,
    RegionId: eip.regionId,
    AllocationTime: formatApiTime(eip.createdAt),
    Name: eip.name,
    Description: eip.description,
    Bandwidth: isInPackage ? packageBandwidth : String(eip.bandwidth),
    EipBandwidth: String(eip.bandwidth),
    InternetChargeType: eip.internetChargeType,
    ChargeType: "PostPaid",
    ISP: eip.isp,
    Netmode: eip.netmode,
    ResourceGroupId: eip.resourceGroupId,
    BandwidthPackageId: bandwidthPackageId ?? "",
    BandwidthPackageType: isInPackage ? "CommonBandwidthPackage" : "",
    BandwidthPackageBandwidth: isInPackage ? packageBandwidth : "",
    InstanceId: association?.instanceId ?? "",
    InstanceType: association?.instanceType ?? "",
    InstanceRegionId: association?.instanceRegionId ?? "",
    PrivateIpAddress: association?.privateIpAddress ?? "",
    VpcId: association?.vpcId ?? "",
    Mode: association?.mode ?? "",
    BusinessStatus: "Normal",
    BizType: "Default",
    ExpiredTime: "",
    HDMonitorStatus: "OFF",
    HasReservationData: "false",
    ReservationActiveTime: "",
    ReservationBandwidth: "",
    ReservationInternetChargeType: "",
    ReservationOrderType: "",
    DeletionProtection: eip.deletionProtection,
    SecondLimited: false,
    ServiceManaged: 0,
    ServiceID: 0,
    OperationLocks: { LockReason: [] },
    SecurityProtectionTypes: { SecurityProtectionType: [] },
    Tags: { Tag: [...eip.tags].map(([Key, Value]) => ({ Key, Value })) },
    ...(segmentId === undefined ? {} : { SegmentInstanceId: segmentId }),
    ...(publicIpAddressPoolId === undefined ? {} : { PublicIpAddressPoolId: publicIpAddressPoolId }),
  };
}
