import { defaults, inputNames, rowOf } from "../inputs/input-table";
import type { CheckedInputs, InputName, InputValues } from "../inputs/input-table";
import { changesBetween } from "./diff";
import { finishSegment } from "./finish";
import { deadlineOf } from "./run";
import type { Run } from "./run";
import { readState } from "./state";
import type { SegmentState } from "./state";

/**
 * Brings a segment's EIPs to what the program says now, and finishes a creation that stopped half-way.
 *
 * @param olds - State of the last run.
 * @param news - Checked inputs with the engine's `__provider`.
 * @throws InitFailedError with everything known; the next run continues from there.
 */
export async function update(
  run: Run,
  id: string,
  olds: object,
  news: Record<string, unknown>,
): Promise<{ outs: SegmentState }> {
  const { __provider: provider, ...rest } = news;
  const inputs = rest as unknown as CheckedInputs;
  const state = readState(id, olds);
  const changes = changesBetween(state, inputs);
  const isComplete = state.status === "Allocated" && state.__unfinished.length === 0;
  if (isComplete && changes.every(({ effect }) => effect === "record")) {
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
  const deadline = deadlineOf(run, "update", inputs.customTimeouts);
  const wanted = wantedOf(inputs, state);
  return { outs: await finishSegment(run, owned, { inputs, wanted, deadline, provider }) };
}

/** An input that was removed from the program falls back to its default, where it has one; one never set is left alone. */
function wantedOf(inputs: CheckedInputs, { __inputs: old }: SegmentState): InputValues {
  const byDefault: Partial<Record<InputName, unknown>> = { ...defaults, tags: {} };
  const updated = inputNames.filter((name) => rowOf(name).change === "update");
  return Object.fromEntries(
    updated.map((name) => {
      const fallback =
        rowOf(name).removal === "default" && old[name] !== undefined ? byDefault[name] : undefined;
      return [name, inputs[name] ?? fallback];
    }),
  );
}
