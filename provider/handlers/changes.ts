import { sameValue } from "../inputs/compare";
import { isUnknown } from "../inputs/preview-unknown";
import { defaults, inputNames, rowOf } from "../inputs/input-table";
import type { ChangeEffect, CheckedInputs, InputName } from "../inputs/input-table";
import type { SegmentState } from "./state";

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
