import type { Transition } from "./progression";

/** Status of one EIP, as DescribeEipAddresses names it. */
export type EipStatus = "Available" | "Associating" | "InUse" | "Unassociating" | "Releasing";

/** What an EIP is attached to. */
export interface Association {
  readonly instanceId: string;
  readonly instanceType: string;
  readonly instanceRegionId: string;
  readonly mode: string;
  readonly privateIpAddress: string;
  readonly vpcId: string;
}

/** What AllocateEipSegmentAddress sets on each EIP. */
export interface EipSettings {
  readonly internetChargeType: string;
  readonly isp: string;
  readonly netmode: string;
  /** Own bandwidth in Mbit/s. */
  bandwidth: number;
  resourceGroupId: string;
}

/** What a new EIP is made from. */
export interface NewEip extends EipSettings {
  readonly allocationId: string;
  readonly ipAddress: string;
  readonly accountId: string;
  readonly regionId: string;
  readonly createdAt: number;
  segmentId: string | undefined;
}

/** One EIP in the store. */
export interface Eip extends NewEip {
  readonly tags: Map<string, string>;
  publicIpAddressPoolId: string | undefined;
  status: EipStatus;
  transition: Transition | undefined;
  name: string;
  description: string;
  association: Association | undefined;
  bandwidthPackageId: string | undefined;
  deletionProtection: boolean;
}

/** A fresh EIP. */
export function newEip(wanted: NewEip): Eip {
  return {
    ...wanted,
    tags: new Map(),
    publicIpAddressPoolId: undefined,
    status: "Available",
    transition: undefined,
    name: "",
    description: "",
    association: undefined,
    bandwidthPackageId: undefined,
    deletionProtection: false,
  };
}

/** An EIP as {@link Simulator.segments} and {@link Simulator.addresses} show it. */
export interface AddressView {
  readonly allocationId: string;
  readonly ipAddress: string;
  readonly accountId: string;
  readonly regionId: string;
  /** In ms since the epoch by the simulator's clock. */
  readonly createdAt: number;
  readonly status: EipStatus;
  /** Own bandwidth in Mbit/s. */
  readonly bandwidth: number;
  readonly internetChargeType: string;
  readonly isp: string;
  readonly netmode: string;
  readonly resourceGroupId: string;
  readonly name: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly segmentId: string | undefined;
  readonly publicIpAddressPoolId: string | undefined;
  readonly association: Association | undefined;
  readonly bandwidthPackageId: string | undefined;
  readonly deletionProtection: boolean;
}

/** A copy of an EIP without its internal parts. */
export function viewEip(eip: Eip): AddressView {
  return {
    allocationId: eip.allocationId,
    ipAddress: eip.ipAddress,
    accountId: eip.accountId,
    regionId: eip.regionId,
    createdAt: eip.createdAt,
    status: eip.status,
    bandwidth: eip.bandwidth,
    internetChargeType: eip.internetChargeType,
    isp: eip.isp,
    netmode: eip.netmode,
    resourceGroupId: eip.resourceGroupId,
    name: eip.name,
    description: eip.description,
    tags: Object.fromEntries(eip.tags),
    segmentId: eip.segmentId,
    publicIpAddressPoolId: eip.publicIpAddressPoolId,
    association: eip.association,
    bandwidthPackageId: eip.bandwidthPackageId,
    deletionProtection: eip.deletionProtection,
  };
}
