import type { EipReply } from "../../provider/client/vpc-api";
import { printable } from "../printable";

/** What one address is used for. */
export interface AddressUse {
  ipAddress: string;
  allocationId: string;
  /** What it is attached to, in words; absent when nothing is. */
  attachedTo?: string;
}

/** What an EIP is used for. One in an Internet Shared Bandwidth instance counts as used: it cannot be released either. */
export function useOf(eip: EipReply): AddressUse {
  const { ipAddress, allocationId } = eip;
  const uses = [...instanceUse(eip), ...bandwidthUse(eip)];
  return {
    ipAddress,
    allocationId,
    ...(uses.length === 0 ? {} : { attachedTo: printable(uses.join(", ")) }),
  };
}

function instanceUse({ status, instanceType, instanceId }: EipReply): string[] {
  if (status === "Available") {
    return [];
  }
  const instance = [instanceType, instanceId].filter((part) => part !== undefined).join(" ");
  return [status === "InUse" && instance !== "" ? instance : [status, instance].join(" ").trim()];
}

const bandwidthUse = ({ bandwidthPackageId }: EipReply): string[] =>
  bandwidthPackageId === undefined ? [] : [`Internet Shared Bandwidth instance ${bandwidthPackageId}`];
