import { EipSegmentError } from "../util/errors";
import { releaseAbandoned } from "../cloud/abandoned";
import { appearance } from "../cloud/appearance";
import { poolOf } from "../cloud/pool-of";
import { releaseSegment } from "../cloud/release-segment";
import { believeGone, refuseOtherAccount } from "./account";
import { deadlineOf } from "./deadlines";
import type { Deps } from "./deps";
import { poolNotice } from "./read";
import { readState } from "./state";
import type { SegmentState } from "./state";

/**
 * Releases a segment and waits until it is gone. One that is gone already is a success, and so is one that another record of
 * the stack has: it stays, and only this record of it goes.
 *
 * @param props - State of the last run.
 * @throws EipSegmentError when an address is in use, when the segment became a pool or was made by this very process, when its
 *   ownership tag names somebody else, or when the credentials belong to another account; nothing was released then.
 */
export async function remove(deps: Deps, id: string, props: object): Promise<void> {
  const state = readState(id, props);
  const { regionId } = state;
  const deadline = deadlineOf(deps, "delete", state.customTimeouts);
  if (isHeldElsewhere(deps, state)) {
    deps.memory.rememberDropped(state);
    return;
  }
  if (state.createTime === undefined) {
    // No run has seen it yet: it may still be about to be listed.
    await appearance(deps, regionId, id, deadline);
  }
  // None of the stack's records of it is left but this one.
  const ownTokens = [state.__ownerToken, ...deps.memory.tokensOf(id)];
  const end = await releaseSegment(deps, regionId, id, ownTokens, deadline).catch(async (error: unknown) => {
    await refuseOtherAccount(deps, state);
    throw error;
  });
  if (end.kind === "gone") {
    await confirmGone(deps, state, deadline);
  } else if (end.kind === "owned") {
    throw new EipSegmentError(
      `Segment ${id} is not released: its ownership tag says that ${end.owner} has it, another resource or another stack. ` +
        "Run `pulumi state delete` on this resource to leave the segment to them, or remove the tag pulumi-eip-segment from its EIPs to have it released.",
    );
  }
  deps.memory.rememberReleased(id);
  const { __abandoned: abandoned = [] } = state;
  await releaseAbandoned(deps, regionId, abandoned, (other) => deps.memory.isHeld(other), deadline);
}

/**
 * Whether another record of the stack has the segment now, as after an adoption by another resource, or when a lost replacement
 * made the resource take its old segment up again.
 */
function isHeldElsewhere({ memory, say }: Deps, state: SegmentState): boolean {
  const { __segmentId: id } = state;
  const other = memory.otherRecordOf(state);
  if (other !== undefined) {
    say(`Segment ${id} is not released: ${other.urn} has it now.`);
    return true;
  }
  const adopter = memory.adopterOf(id);
  if (adopter !== undefined) {
    throw new EipSegmentError(
      `Segment ${id} is not released: ${adopter} is to adopt it and has not done so yet. Run \`pulumi up\` again once that resource is right.`,
    );
  }
  if (memory.hasCreated(id)) {
    throw new EipSegmentError(
      `Segment ${id} is what this very run just made or took up, so it is not released. Run \`pulumi up\` again; if the message stays, ` +
        "run `pulumi refresh`.",
    );
  }
  return false;
}

async function confirmGone(deps: Deps, state: SegmentState, deadline: number): Promise<void> {
  await believeGone(deps, state);
  const allocationIds = (state.addresses ?? []).map(({ allocationId }) => allocationId);
  const pool = await poolOf(deps.api, state.regionId, allocationIds, deadline);
  if (pool !== undefined) {
    throw new EipSegmentError(poolNotice(state.__segmentId, pool));
  }
}
