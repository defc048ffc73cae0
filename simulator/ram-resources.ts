import type { Cloud } from "./cloud";
import type { SimulatorAccount } from "./options";
import type { Parameters } from "./parameters";

interface Named {
  readonly cloud: Cloud;
  readonly parameters: Parameters;
}

type IdsOf = (named: Named) => readonly string[];

const inParameter =
  (name: string): IdsOf =>
  ({ parameters }) =>
    parameters.filled(name)?.split(",") ?? [];

const inList: IdsOf = ({ parameters }) => parameters.list("ResourceId");

const ofSegment: IdsOf = ({ cloud, parameters }) =>
  (cloud.store.segments.get(parameters.filled("SegmentInstanceId") ?? "")?.eips ?? []).map(
    ({ allocationId }) => allocationId,
  );

/**
 * EIPs whose resources RAM checks, by action. Release, DescribeEipAddresses and the two actions that are not listed here but
 * documented (AllocateEipSegmentAddress, DescribeEipSegment: all EIPs) follow the authorization sections of the VPC API; the
 * others are UNVERIFIED.
 */
const eipsOf: Readonly<Record<string, IdsOf>> = {
  ReleaseEipSegmentAddress: ofSegment,
  DescribeEipAddresses: inParameter("AllocationId"),
  ModifyEipAddressAttribute: inParameter("AllocationId"),
  AssociateEipAddress: inParameter("AllocationId"),
  UnassociateEipAddress: inParameter("AllocationId"),
  ReleaseEipAddress: inParameter("AllocationId"),
  TagResources: inList,
  UnTagResources: inList,
  ListTagResources: inList,
  MoveResourceGroup: inParameter("ResourceId"),
  DeletionProtection: inParameter("InstanceId"),
  AddCommonBandwidthPackageIp: inParameter("IpInstanceId"),
  RemoveCommonBandwidthPackageIp: inParameter("IpInstanceId"),
};

/** Actions that are about no EIP. */
const withoutEips: ReadonlySet<string> = new Set([
  "TransformEipSegmentToPublicIpAddressPool",
  "DescribeRegions",
  "DescribeZones",
]);

/** Resources that RAM checks for a call, such as `acs:vpc:cn-hangzhou:1234567890123456:eip/*`. */
export function ramResources(
  action: string,
  { accountId }: SimulatorAccount,
  named: Named,
): readonly string[] {
  if (withoutEips.has(action)) return ["*"];
  const region = named.parameters.filled("RegionId") ?? "*";
  const ids = eipsOf[action]?.(named) ?? [];
  return (ids.length === 0 ? ["*"] : ids).map((id) => `acs:vpc:${region}:${accountId}:eip/${id}`);
}
