import { sameValue } from "../inputs/compare";
import { defaults, inputNames, rowOf } from "../inputs/input-table";
import type { ChangeEffect, CheckedInputs, InputName } from "../inputs/input-table";
import { isUnknown } from "../inputs/preview-unknown";
import { EipSegmentError } from "../util/errors";
import { otherSegment } from "./adopt";
import type { Run } from "./run";
import { readState } from "./state";
import type { SegmentState } from "./state";

/** Answer of diff. */
export interface DiffResult {
  changes: boolean;
  /** Inputs because of which the segment is replaced. */
  replaces: string[];
}

/**
 * Says what a run would do to a segment. Sends no request.
 *
 * @throws EipSegmentError when `adopt` names another segment than the one the resource has, or when another resource adopts
 *   the segment while this one keeps it.
 */
export function diff(
  run: Pick<Run, "ledger" | "log">,
  id: string,
  olds: object,
  news: Record<string, unknown>,
): DiffResult {
  const state = readState(id, olds);
  const inputs = news as Partial<CheckedInputs>;
  if (inputs.adopt !== undefined && !isUnknown(inputs.adopt) && inputs.adopt !== id) {
    throw new EipSegmentError(otherSegment(inputs.adopt, id));
  }
  if (state.__isLost) {
    // The cloud cancelled the allocation, so the segment is replaced without anybody having to refresh.
    return { changes: true, replaces: ["status"] };
  }
  const changes = changesBetween(state, inputs);
  const replaces = namesOf(changes, "replace");
  if (replaces.length === 0) {
    recordStaying(run, id, inputs.clientToken, state.__creation);
  }
  return {
    // A refresh clears the engine's own mark of a creation that failed half-way, so the state itself must ask for the rest.
    changes: changes.length > 0 || state.status !== "Allocated" || state.__unfinished.length > 0,
    replaces,
  };
}

function recordStaying(
  { ledger, log }: Pick<Run, "ledger" | "log">,
  id: string,
  clientToken: string | undefined,
  creation: string | undefined,
): void {
  const urn = ledger.declaredWith(clientToken)?.origin.urn;
  if (urn === undefined) {
    return;
  }
  const twin = ledger.twinOf(id, urn);
  const adopter = ledger.claim(id, { kind: "staying", urn, creation });
  if (adopter !== undefined) {
    throw new EipSegmentError(
      `${adopter.urn} adopts segment ${id}, which this resource manages. Remove one of the two resources from the program.`,
    );
  }
  if (twin !== undefined) {
    log(
      `Segment ${id} is recorded twice, for ${twin.urn} and ${urn}. Remove one of the two resources from the program: the other one keeps the segment.`,
    );
  }
}

/** An input that differs from the state. */
export interface Change {
  name: InputName;
  effect: ChangeEffect;
}

/**
 * Inputs that differ from the state, by the table of inputs. A value set to the default equals the default not set; an input set
 * neither then nor now is not compared, so that a new default of a later version changes no segment.
 */
export function changesBetween(state: SegmentState, news: Partial<CheckedInputs>): Change[] {
  const mixed: readonly string[] = state.__mixed ?? [];
  return inputNames.flatMap((name) => {
    const { change: effect, removal } = rowOf(name);
    const isSet = news[name] !== undefined;
    const wasSet = state.__inputs[name] !== undefined;
    if (effect === "none" || (!isSet && (removal === "keep" || !wasSet))) {
      return [];
    }
    const wanted = news[name] ?? (defaults as Partial<Record<InputName, unknown>>)[name];
    const isAsWanted = !isUnknown(wanted) && !mixed.includes(name) && sameValue(wanted, state[name]);
    return isAsWanted ? [] : [{ name, effect }];
  });
}

/** Names of the inputs among the changes that have an effect. */
export const namesOf = (changes: readonly Change[], effect: ChangeEffect): InputName[] =>
  changes.filter((change) => change.effect === effect).map(({ name }) => name);
