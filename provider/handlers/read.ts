import { compareSettings } from "../cloud/compare-settings";
import type { Difference } from "../cloud/compare-settings";
import type { SegmentReply } from "../client/vpc-api";
import { appearance } from "../cloud/appearance";
import { listEips } from "../cloud/list-eips";
import { poolOf } from "../cloud/pool-of";
import type { ReadySegment } from "../cloud/ready-segment";
import { believeGone, currentAccount } from "./account";
import { changeRules, changesBetween } from "./change-rules";
import { deadlineOf } from "./deadlines";
import type { Deps } from "./deps";
import { defaults } from "../inputs/schema";
import type { CheckedInputs } from "../inputs/schema";
import { readState, writeState } from "./state";
import type { SegmentState } from "./state";

/** Answer of read; without an id the segment is gone. */
export interface ReadResult {
  id?: string;
  props?: SegmentState;
  inputs?: CheckedInputs;
}

/**
 * Reads a segment as it is now. What was changed outside goes into the inputs where the program sets it and it can be
 * changed back in place; what would need another segment is a warning.
 *
 * @param props - State of the last run.
 * @throws ApiError, also for a region or endpoint that is not found: only an absent segment is gone.
 */
export async function read(deps: Deps, id: string, props: object): Promise<ReadResult> {
  const state = readState(id, props);
  const { regionId } = state;
  const deadline = deadlineOf(deps, "read", state.customTimeouts);
  const segment = await look(deps, state, deadline);
  if (segment === undefined) {
    return readAbsent(deps, state, deadline);
  }
  const eips = await listEips(deps.api, { regionId, segmentId: id }, deadline);
  const inputs = state.__inputs;
  const now = writeState({
    inputs,
    segment,
    eips,
    clientToken: state.clientToken,
    ownerToken: state.__ownerToken,
    accountId: state.__accountId ?? (await currentAccount(deps, regionId)),
    creation: state.__creation,
    unfinished: state.__unfinished,
    abandoned: state.__abandoned ?? [],
  });
  for (const { name, wanted, actual } of unlike(inputs, { segment, eips })) {
    deps.say(
      `Segment ${id}: ${name} is ${actual} in the cloud, not ${wanted}. Only another segment could change it, so it is left as it is.`,
    );
  }
  const drifted = changesBetween(now, inputs);
  const changed = drifted.filter(({ effect }) => effect === "update").map(({ name }) => [name, now[name]]);
  return {
    id,
    props: now,
    inputs: { ...inputs, ...(Object.fromEntries(changed) as Partial<CheckedInputs>) },
  };
}

/** Settings that the cloud shows otherwise than the program says, and that cannot be changed in place. */
function unlike(inputs: CheckedInputs, ready: ReadySegment): Difference[] {
  return compareSettings({ ...defaults, ...inputs }, ready).filter(
    ({ name }) => changeRules[name].effect === "replace",
  );
}

/** A segment that no run has seen yet may still be about to be listed. */
function look(deps: Deps, state: SegmentState, deadline: number): Promise<SegmentReply | undefined> {
  const { regionId, __segmentId: id, createTime } = state;
  return createTime === undefined
    ? appearance(deps, regionId, id, deadline)
    : deps.watch.look(regionId, id, deadline);
}

async function readAbsent(deps: Deps, state: SegmentState, deadline: number): Promise<ReadResult> {
  const { regionId, __segmentId: id } = state;
  await believeGone(deps, state);
  const allocationIds = (state.addresses ?? []).map(({ allocationId }) => allocationId);
  const pool = await poolOf(deps.api, regionId, allocationIds, deadline);
  if (pool === undefined) {
    return {};
  }
  deps.say(poolNotice(id, pool));
  return { id, props: state, inputs: state.__inputs };
}

/** What to tell of a segment that was turned into a public IP address pool. */
export function poolNotice(segmentId: string, pool: string): string {
  return (
    `Segment ${segmentId} was turned into the public IP address pool ${pool}: its addresses live on there, and this resource can no longer manage them. ` +
    "Remove the resource from the program and run `pulumi state delete` on its URN."
  );
}
