import type { Cloud } from "./cloud";
import type { OperationName } from "./operations";
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

const allOfRegion: IdsOf = () => ["*"];

/**
 * EIPs whose resources RAM checks, by action; undefined for actions that are about no EIP. The actions on segments and
 * DescribeEipAddresses follow the authorization sections of the VPC API; the others are UNVERIFIED. GetCallerIdentity needs no grant.
 */
const eipsOf: Readonly<Record<string, IdsOf | undefined>> = {
  AllocateEipSegmentAddress: allOfRegion,
  DescribeEipSegment: allOfRegion,
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
  TransformEipSegmentToPublicIpAddressPool: undefined,
  DescribeRegions: undefined,
  DescribeZones: undefined,
} satisfies Record<Exclude<OperationName, "GetCallerIdentity">, IdsOf | undefined>;

/** Resources that RAM checks for a call, such as `acs:vpc:cn-hangzhou:1234567890123456:eip/*`. */
export function ramResources(
  action: string,
  { accountId }: SimulatorAccount,
  named: Named,
): readonly string[] {
  const idsOf = eipsOf[action];
  if (idsOf === undefined) return ["*"];
  const region = named.parameters.filled("RegionId") ?? "*";
  const ids = idsOf(named);
  return (ids.length === 0 ? ["*"] : ids).map((id) => `acs:vpc:${region}:${accountId}:eip/${id}`);
}
