import { allocateEipSegmentAddress } from "./actions/allocate-eip-segment-address";
import { associateEipAddress } from "./actions/associate-eip-address";
import {
  addCommonBandwidthPackageIp,
  removeCommonBandwidthPackageIp,
} from "./actions/common-bandwidth-package-ip";
import { deletionProtection } from "./actions/deletion-protection";
import { describeEipAddresses } from "./actions/describe-eip-addresses";
import { describeEipSegment } from "./actions/describe-eip-segment";
import { describeRegions } from "./actions/describe-regions";
import { describeZones } from "./actions/describe-zones";
import { getCallerIdentity } from "./actions/get-caller-identity";
import { listTagResources } from "./actions/list-tag-resources";
import { modifyEipAddressAttribute } from "./actions/modify-eip-address-attribute";
import { moveResourceGroup } from "./actions/move-resource-group";
import { releaseEipAddress } from "./actions/release-eip-address";
import { releaseEipSegmentAddress } from "./actions/release-eip-segment-address";
import { tagResources } from "./actions/tag-resources";
import { transformEipSegment } from "./actions/transform-eip-segment";
import { unTagResources } from "./actions/un-tag-resources";
import { unassociateEipAddress } from "./actions/unassociate-eip-address";
import type { Operation } from "./operation";

const operationsByName = {
  AllocateEipSegmentAddress: allocateEipSegmentAddress,
  DescribeEipSegment: describeEipSegment,
  ReleaseEipSegmentAddress: releaseEipSegmentAddress,
  DescribeEipAddresses: describeEipAddresses,
  ModifyEipAddressAttribute: modifyEipAddressAttribute,
  AssociateEipAddress: associateEipAddress,
  UnassociateEipAddress: unassociateEipAddress,
  TagResources: tagResources,
  UnTagResources: unTagResources,
  ListTagResources: listTagResources,
  MoveResourceGroup: moveResourceGroup,
  DeletionProtection: deletionProtection,
  TransformEipSegmentToPublicIpAddressPool: transformEipSegment,
  ReleaseEipAddress: releaseEipAddress,
  AddCommonBandwidthPackageIp: addCommonBandwidthPackageIp,
  RemoveCommonBandwidthPackageIp: removeCommonBandwidthPackageIp,
  DescribeRegions: describeRegions,
  DescribeZones: describeZones,
  GetCallerIdentity: getCallerIdentity,
} satisfies Record<string, Operation>;

/** The Action that names an operation. */
export type OperationName = keyof typeof operationsByName;

/** Every operation the simulator knows, by the Action that names it. */
export const operations: ReadonlyMap<string, Operation> = new Map(Object.entries(operationsByName));
