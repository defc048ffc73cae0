import { instanceTypes } from "./actions/instance-types";
import { ControlError } from "./control-error";
import type { Eip } from "./eip";
import type { Store } from "./store";

/**
 * Attaches an EIP at once, without a call of the API.
 *
 * @param address - Allocation id or IP address.
 * @param instanceId - Its form tells the type of the instance.
 */
export function associateDirectly(store: Store, address: string, instanceId: string): void {
  const eip = findLive(store, address);
  const isAllocating = store.segments.get(eip.segmentId ?? "")?.status === "Allocating";
  if (isAllocating || eip.status !== "Available") {
    const status = isAllocating ? "segment is Allocating" : `status is ${eip.status}`;
    throw new ControlError(409, `${address} cannot be associated: its ${status}.`);
  }
  const instanceType = Object.keys(instanceTypes).find((type) => instanceTypes[type]?.test(instanceId));
  if (instanceType === undefined) {
    throw new ControlError(
      400,
      `${instanceId} is no id of an instance: use one such as i-web1, lb-1, ngw-1, eni-1 or havip-1.`,
    );
  }
  const place = { mode: "NAT", instanceRegionId: eip.regionId, privateIpAddress: "", vpcId: "" };
  eip.association = { instanceId, instanceType, ...place };
  eip.status = "InUse";
}

/** Detaches an EIP at once, without a call of the API. */
export function unassociateDirectly(store: Store, address: string): void {
  const eip = findLive(store, address);
  if (eip.status !== "InUse") {
    throw new ControlError(409, `${address} cannot be unassociated: its status is ${eip.status}.`);
  }
  eip.association = undefined;
  eip.status = "Available";
}

function findLive(store: Store, address: string): Eip {
  store.settle();
  const eip = [...store.eips.values()].find(
    ({ allocationId, ipAddress }) => allocationId === address || ipAddress === address,
  );
  if (eip === undefined) throw new ControlError(404, `No live EIP has the id or address ${address}.`);
  return eip;
}
