import { releaseAbandoned, releaseSegment } from "../cloud/release";
import { EipSegmentError } from "../util/errors";
import { poolNotice, unlistedMsOf } from "./read";
import { deadlineOf } from "./run";
import type { Run } from "./run";
import { allocationIdsOf, readState } from "./state";
import type { SegmentState } from "./state";

/**
 * Releases a segment and waits until it no longer exists. One that does not exist any more is a success, and so is one that another record of
 * the stack has: it stays, and only this record of it is deleted.
 *
 * @param props - State of the last run.
 * @throws EipSegmentError when an address is in use, when the segment became a pool or was made by this very process, when its
 *   ownership tag names somebody else, or when the credentials belong to another account; nothing was released then.
 */
export async function remove(run: Run, id: string, props: object): Promise<void> {
  const state = readState(id, props);
  const region = run.regions.get(state.regionId);
  const deadline = deadlineOf(run, "delete", state.customTimeouts);
  if (isHeldElsewhere(run, state)) {
    run.ledger.recordDropped(state);
    return;
  }
  const unlistedMs = unlistedMsOf(run, state);
  // None of the stack's records of it is left but this one.
  const ownTokens = [state.__ownerToken, ...run.ledger.tokensOf(id)];
  const allocationIds = allocationIdsOf(state);
  const request = { region, segmentId: id, allocationIds, ownTokens, unlistedMs, deadline };
  const end = await releaseSegment(run, request).catch(async (error: unknown) => {
    await run.account.refuseOther(state);
    throw error;
  });
  if (end.kind === "owned") {
    throw new EipSegmentError(
      `Segment ${id} was not released: its ownership tag names another resource or another stack (${end.owner}). ` +
        "Run `pulumi state delete` on this resource to leave the segment to them, or remove the tag pulumi-eip-segment from its EIPs to have it released.",
    );
  }
  if (end.kind === "absent") {
    await run.account.confirmGone(state);
    if (end.fate.kind === "pooled") {
      throw new EipSegmentError(poolNotice(id, end.fate.poolId));
    }
  }
  run.ledger.recordReleased(id);
  if (end.kind === "released") run.releasedSegments.add(id);
  await releaseAbandoned(run, region, state.__abandoned ?? [], (other) => run.ledger.isHeld(other), deadline);
}

/**
 * Whether another record of the stack has the segment now, as after an adoption by another resource, or when a lost replacement
 * made the resource recover its old segment.
 */
function isHeldElsewhere({ ledger, log }: Run, state: SegmentState): boolean {
  const { __segmentId: id } = state;
  const other = ledger.otherRecordOf(state);
  if (other !== undefined) {
    log(`Segment ${id} was not released: ${other.urn} manages it now.`);
    return true;
  }
  const adopter = ledger.adopterOf(id);
  if (adopter !== undefined) {
    throw new EipSegmentError(
      `Segment ${id} was not released: ${adopter} will adopt it in a later run. Run \`pulumi up\` again; if that resource reports an error, correct it first.`,
    );
  }
  if (ledger.hasCreated(id)) {
    throw new EipSegmentError(
      `Segment ${id} was not released: this run allocated or recovered it. Run \`pulumi up\` again; if the message stays, ` +
        "run `pulumi refresh`.",
    );
  }
  return false;
}
