import { parseToken } from "../../provider/cloud/client-token";
import type { Inventory, LiveSegment } from "../cloud/inventory";
import { isLive } from "../cloud/inventory";
import type { Match } from "./match-pending";
import { matchPending } from "./match-pending";
import type { HeldSegment, PendingCreation, StackState } from "./stack-state";

/** A live segment that no given state owns. */
export interface Orphan {
  segment: LiveSegment;
  /** Pending creations that may have made it, the likeliest first. */
  madeBy: { pending: PendingCreation; match: Match }[];
  /** URN of the pending creation of which it is the likeliest segment, and the only one so likely. */
  heirOf?: string | undefined;
  /** URN of the resource whose state names it as an answer that was never seen. */
  abandonedBy?: string | undefined;
  /** URN of the resource of a given state that its ownership tag is of, if another creation of it made it. */
  taggedFor?: string | undefined;
}

/** A pending creation, and what became of it. */
export interface PendingFinding {
  stack: string;
  pending: PendingCreation;
  /** Id of the segment with which a later run finished it. */
  finishedAs?: string | undefined;
  /** Segments that it may have made, the likeliest first. */
  matches: Match[];
}

/** What states and cloud say together. */
export interface Findings {
  stacks: string[];
  orphans: Orphan[];
  pending: PendingFinding[];
  /** Accounts that the states name and that were not asked. */
  otherAccounts: string[];
}

const order = ["certainly", "most likely", "possibly"] as const;
const byLikelihood = (a: Match, b: Match): number =>
  order.indexOf(a.likelihood) - order.indexOf(b.likelihood);

/** Compares states with the segments that are there. */
export function compare(
  states: readonly StackState[],
  { segments }: Inventory,
  account: string | undefined,
): Findings {
  const held = states.flatMap((state) => state.held);
  const heldIds = new Set(held.map(({ segmentId }) => segmentId));
  const unowned = segments.filter((segment) => !heldIds.has(segment.segmentId) && isLive(segment));
  const pending = states.flatMap((state) => state.pending.map((one) => pendingFinding(state, one, unowned)));
  const accounts = new Set(held.flatMap(({ accountId }) => accountId ?? []));
  return {
    stacks: states.map(({ name }) => name),
    orphans: unowned.map((segment) => orphan(segment, held, pending)),
    pending,
    otherAccounts: account === undefined ? [] : [...accounts].filter((id) => id !== account),
  };
}

function pendingFinding(
  { name, held, writtenAt }: StackState,
  pending: PendingCreation,
  unowned: readonly LiveSegment[],
): PendingFinding {
  const { urn, clientToken } = pending;
  const finished = held.find((one) => one.urn === urn && one.ownerToken === clientToken);
  const matches =
    finished === undefined
      ? unowned.flatMap((segment) => matchPending(pending, segment, writtenAt) ?? [])
      : [];
  return { stack: name, pending, finishedAs: finished?.segmentId, matches: matches.sort(byLikelihood) };
}

function orphan(
  segment: LiveSegment,
  held: readonly HeldSegment[],
  findings: readonly PendingFinding[],
): Orphan {
  const { segmentId, owners } = segment;
  const digests = new Set(owners.map((owner) => parseToken(owner)?.digest ?? owner));
  return {
    segment,
    madeBy: findings
      .flatMap(({ pending, matches }) =>
        matches.filter((match) => match.segmentId === segmentId).map((match) => ({ pending, match })),
      )
      .sort((a, b) => byLikelihood(a.match, b.match)),
    heirOf: findings.find(({ matches }) => isBest(matches, segmentId))?.pending.urn,
    abandonedBy: held.find(({ abandoned }) => abandoned.includes(segmentId))?.urn,
    taggedFor: held.find(({ ownerToken = "" }) => digests.has(parseToken(ownerToken)?.digest ?? ""))?.urn,
  };
}

function isBest([best, second]: readonly Match[], segmentId: string): boolean {
  return best?.segmentId === segmentId && second?.likelihood !== best.likelihood;
}
