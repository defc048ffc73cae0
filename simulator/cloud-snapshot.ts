import { parseCidr } from "./address-space";
import type { Cloud } from "./cloud";
import { ControlError } from "./control-error";
import { type AddressView, type Eip, viewEip } from "./eip";
import type { Transition } from "./progression";
import { type Segment, type SegmentView, viewSegment } from "./segment";
import type { CloudSnapshot } from "./snapshot";

/** Everything that lasts in a cloud. */
export function takeSnapshot({ store, clientTokens }: Cloud): CloudSnapshot {
  store.settle();
  return {
    segments: [...store.segments.values()].map(viewSegment),
    poolAddresses: [...store.eips.values()].filter(({ segmentId }) => segmentId === undefined).map(viewEip),
    clientTokens: clientTokens.all(),
  };
}

/**
 * Fills an empty cloud. State changes that were under way start again.
 *
 * @throws ControlError when two segments overlap, or an address is none that the simulator hands out.
 */
export function restoreSnapshot(
  cloud: Cloud,
  { segments, poolAddresses, clientTokens }: CloudSnapshot,
): void {
  const startedAt = cloud.now();
  for (const view of segments) {
    if (!cloud.store.restoreSegment(segmentOf(view, startedAt))) throw notFree(view.cidrBlock);
  }
  if (!cloud.store.restoreEips(poolAddresses.map((view) => eipOf(view, startedAt)))) {
    throw notFree("a pool address");
  }
  for (const token of clientTokens) cloud.clientTokens.restore(token);
}

const notFree = (what: string): ControlError =>
  new ControlError(
    400,
    `The snapshot cannot be restored: ${what} overlaps another or is outside of the simulator's networks.`,
  );

function segmentOf({ cidrBlock, addresses, ...view }: SegmentView, startedAt: number): Segment {
  const isSettled = view.status === "Allocated" || view.status === "Failed";
  const duration = view.status === "Releasing" ? "releaseMs" : "allocateMs";
  return {
    ...view,
    block: parseCidr(cidrBlock),
    eips: addresses.map((address) => eipOf(address, startedAt)),
    vanishes: false,
    transition: isSettled ? undefined : { duration, startedAt, describes: 0 },
    readyAt: view.status === "Allocating" ? undefined : view.createdAt,
    releases: view.status === "Releasing" ? 1 : 0,
    hiddenDescribes: 0,
  };
}

function eipOf(view: AddressView, startedAt: number): Eip {
  const isChanging = view.status === "Associating" || view.status === "Unassociating";
  const transition: Transition = { duration: "associateMs", startedAt, describes: 0 };
  return {
    ...view,
    tags: new Map(Object.entries(view.tags)),
    transition: isChanging ? transition : undefined,
  };
}
