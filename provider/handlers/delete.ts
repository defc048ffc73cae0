import { EipSegmentError } from "../leaves/errors";
import { poolOf } from "../operations/pool-of";
import { releaseSegment } from "../operations/release-segment";
import { believeGone } from "./account";
import { deadlineOf } from "./deadlines";
import type { Deps } from "./deps";
import { poolNotice } from "./read";
import { readState } from "./state";

/**
 * Releases a segment and waits until it is gone. One that is gone already is a success.
 *
 * @param props - State of the last run.
 * @throws EipSegmentError when an address is in use, when the segment became a pool or was made by this very process, or when
 *   the credentials belong to another account; nothing was released then.
 */
export async function remove(deps: Deps, id: string, props: object): Promise<void> {
  const state = readState(id, props);
  const { regionId } = state;
  if (deps.memory.hasCreated(id)) {
    throw new EipSegmentError(
      `Segment ${id} is what this very run just made or took up, so it is not released. Run \`pulumi up\` again; if the message stays, ` +
        "run `pulumi refresh`.",
    );
  }
  const deadline = deadlineOf(deps, "delete", state.customTimeouts);
  if (await releaseSegment(deps, regionId, id, deadline)) {
    return;
  }
  await believeGone(deps, regionId, id, state.__accountId);
  const allocationIds = (state.addresses ?? []).map(({ allocationId }) => allocationId);
  const pool = await poolOf(deps.api, regionId, allocationIds, deadline);
  if (pool !== undefined) {
    throw new EipSegmentError(poolNotice(id, pool));
  }
}
