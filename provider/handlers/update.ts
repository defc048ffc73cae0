import type { WantedEips } from "../cloud/converge-eips";
import { changesBetween } from "./change-rules";
import { deadlineOf } from "./deadlines";
import type { Deps } from "./deps";
import { finishSegment } from "./finish-segment";
import { defaults } from "../inputs/schema";
import type { CheckedInputs } from "../inputs/schema";
import { readState } from "./state";
import type { SegmentState } from "./state";

/**
 * Brings a segment's EIPs to what the program says now, and finishes a creation that stopped half-way.
 *
 * @param olds - State of the last run.
 * @param news - Checked inputs with the engine's `__provider`.
 * @throws InitFailedError with everything known; the next run goes on from there.
 */
export async function update(
  deps: Deps,
  id: string,
  olds: object,
  news: Record<string, unknown>,
): Promise<{ outs: SegmentState }> {
  const { __provider, ...rest } = news;
  const inputs = rest as unknown as CheckedInputs;
  const state = readState(id, olds);
  const changes = changesBetween(state, inputs);
  const complete = state.status === "Allocated" && state.__unfinished.length === 0;
  if (complete && changes.every(({ effect }) => effect === "record")) {
    const { adopt, customTimeouts } = inputs;
    return { outs: { ...state, adopt, customTimeouts, __inputs: inputs } };
  }
  const owned = {
    segmentId: id,
    clientToken: state.clientToken,
    ownerToken: state.__ownerToken,
    creation: state.__creation,
    abandoned: state.__abandoned ?? [],
    state,
  };
  const deadline = deadlineOf(deps, "update", inputs.customTimeouts);
  const outs = await finishSegment(deps, owned, inputs, deadline, __provider, wantedOf(inputs, state));
  return { outs };
}

/** An input that was removed from the program falls back to its default, where it has one; one never written is left alone. */
function wantedOf(inputs: CheckedInputs, { __inputs: old }: SegmentState): WantedEips {
  return {
    bandwidth: inputs.bandwidth ?? (old.bandwidth === undefined ? undefined : defaults.bandwidth),
    resourceGroupId: inputs.resourceGroupId,
    tags: inputs.tags ?? (old.tags === undefined ? undefined : {}),
  };
}
