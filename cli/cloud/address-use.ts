import { usesOf } from "../../provider/cloud/address-use";
import type { Eip } from "../../provider/cloud/segment";
import { printable } from "../printable";

/** What one address is used for. */
export interface AddressUse {
  ipAddress: string;
  allocationId: string;
  /** What it is attached to, in words; absent when nothing is. */
  attachedTo?: string;
}

/** What an EIP is used for. */
export function useOf(eip: Eip): AddressUse {
  const { ipAddress, allocationId } = eip;
  const uses = usesOf(eip).map(({ by }) => by);
  return {
    ipAddress,
    allocationId,
    ...(uses.length === 0 ? {} : { attachedTo: printable(uses.join(", ")) }),
  };
}
