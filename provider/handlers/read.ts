import { confirmMs } from "../cloud/region";
import type { ReadySegment, Segment } from "../cloud/segment";
import { differencesBetween } from "../inputs/compare";
import type { Difference } from "../inputs/compare";
import { defaults, rowOf } from "../inputs/input-table";
import type { CheckedInputs } from "../inputs/input-table";
import type { Deadline } from "../util/clock";
import { changesBetween, namesOf } from "./diff";
import { deadlineOf } from "./run";
import type { Run } from "./run";
import { allocationIdsOf, readState, withRecorded, writeState } from "./state";
import type { SegmentState } from "./state";

/** Answer of read; without an id the segment no longer exists. */
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
 * @throws ApiError, also for a region or endpoint that is not found: only an absent segment counts as released.
 */
export async function read(run: Run, id: string, props: object): Promise<ReadResult> {
  const state = readState(id, props);
  const deadline = deadlineOf(run, "read", state.customTimeouts);
  const listed = await find(run, state, deadline);
  if (listed === undefined) {
    return readUnlisted(run, state, deadline);
  }
  const segment = withRecorded(listed, state);
  const eips = await run.regions.get(state.regionId).listEips(segment, deadline);
  const inputs = state.__inputs;
  const now = keepingAddresses(run, state, {
    ...writeState({
      ...{ inputs, segment, eips },
      clientToken: state.clientToken,
      ownerToken: state.__ownerToken,
      accountId: state.__accountId ?? (await run.account.current(state.regionId)),
      creation: state.__creation,
      unfinished: state.__unfinished,
      abandoned: state.__abandoned ?? [],
    }),
  });
  for (const { name, wanted, actual } of unchangeable(inputs, { segment, eips })) {
    run.log(
      `Segment ${id}: ${name} is ${actual} in the cloud, not ${String(wanted)}. Only a replacement can change it: run \`pulumi up --replace\` with its URN if you can lose the addresses.`,
    );
  }
  const drifted = namesOf(changesBetween(now, inputs), "update").map((name) => [name, now[name]]);
  return {
    id,
    props: now,
    inputs: { ...inputs, ...(Object.fromEntries(drifted) as Partial<CheckedInputs>) },
  };
}

/** A list of EIPs that is shorter than the recorded one is incomplete: a segment never loses addresses. */
function keepingAddresses({ log }: Run, state: SegmentState, now: SegmentState): SegmentState {
  const recorded = state.addresses?.length ?? 0;
  const listed = now.addresses?.length ?? 0;
  if (listed >= recorded) {
    return now;
  }
  log(
    `Segment ${now.__segmentId}: ${listed} of its ${recorded} EIPs are listed, so the recorded addresses are kept. ` +
      "Grant vpc:DescribeEipAddresses in every resource group, or run `pulumi refresh` again later.",
  );
  return { ...now, addresses: state.addresses, ipCount: state.ipCount };
}

/** Inputs that the cloud reports otherwise than the program sets them, and that cannot be changed in place. */
function unchangeable(inputs: CheckedInputs, ready: ReadySegment): Difference[] {
  return differencesBetween({ ...defaults, ...inputs }, ready).filter(
    ({ name }) => rowOf(name).change === "replace",
  );
}

/** How long a recorded segment may stay unlisted before it counts as absent: one that no run has seen yet may still be about to be listed. */
export const unlistedMsOf = ({ graceMs }: Run, { createTime }: SegmentState): number =>
  createTime === undefined ? graceMs : confirmMs;

function find(run: Run, state: SegmentState, deadline: Deadline): Promise<Segment | undefined> {
  const { regionId, __segmentId: id } = state;
  const region = run.regions.get(regionId);
  return region.waitUntilListed(id, deadline, unlistedMsOf(run, state));
}

async function readUnlisted(run: Run, state: SegmentState, deadline: Deadline): Promise<ReadResult> {
  const { regionId, __segmentId: id } = state;
  await run.account.refuseOther(state);
  const fate = await run.regions.get(regionId).fateOfUnlisted(id, allocationIdsOf(state), deadline);
  if (fate.kind === "gone") {
    await run.account.confirmGone(state);
    return {};
  }
  run.log(
    fate.kind === "pooled"
      ? poolNotice(id, fate.poolId)
      : `Segment ${id} is not listed in ${regionId}, but ${fate.eips.length} of its EIPs exist, so it is kept in the state. Run \`pulumi refresh\` again later.`,
  );
  return { id, props: state, inputs: state.__inputs };
}

/** What to tell of a segment that was migrated to a public IP address pool. */
export function poolNotice(segmentId: string, poolId: string): string {
  return (
    `Segment ${segmentId} was migrated to the public IP address pool ${poolId}: its addresses are part of that pool now, and this resource can no longer manage them. ` +
    "Remove the resource from the program and run `pulumi state delete` on its URN."
  );
}
