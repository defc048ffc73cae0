import type { Eip } from "./segment";

/** Something that uses an EIP, and so keeps its segment from being released. */
export interface AddressUse {
  /** `changing` passes by itself within seconds; the others stay until somebody ends them. */
  kind: "attached" | "sharedBandwidth" | "changing";
  /** Completes "the EIP is …". */
  is: string;
  /** What uses it: an instance with its type, the id of an Internet Shared Bandwidth instance, or the EIP's status. */
  by: string;
}

/** Everything that uses an EIP; empty when it is free. The one meaning of "in use" in this package. */
export function usesOf({ status, instanceType, instanceId, bandwidthPackageId }: Eip): AddressUse[] {
  const uses: AddressUse[] = [];
  const instance = [instanceType, instanceId].filter((part) => part !== undefined).join(" ");
  const isFree = status.toLowerCase() === "available";
  if (status.toLowerCase() === "inuse" || (isFree && instanceId !== undefined)) {
    const by = instance === "" ? "an instance that the cloud does not name" : instance;
    uses.push({ kind: "attached", is: `in use by ${by}`, by });
  } else if (!isFree) {
    uses.push({ kind: "changing", is: status, by: [status, instance].join(" ").trim() });
  }
  if (bandwidthPackageId !== undefined) {
    const by = `Internet Shared Bandwidth instance ${bandwidthPackageId}`;
    uses.push({ kind: "sharedBandwidth", is: `in the ${by}`, by });
  }
  return uses;
}

/** Whether something uses the EIP. */
export const isInUse = (eip: Eip): boolean => usesOf(eip).length > 0;
