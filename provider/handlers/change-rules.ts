import { defaults } from "../inputs/schema";
import type { CheckedInputs, InputName } from "../inputs/schema";
import { isUnknown } from "../inputs/unknown";
import { sameValue } from "./state";
import type { SegmentState } from "./state";

/**
 * What a change of an input does.
 * - `replace`: a new segment is made and the old one, with its addresses, released.
 * - `update`: every EIP is changed in place.
 * - `record`: nothing in the cloud changes; the state does, so that later verbs see it.
 */
export type ChangeEffect = "replace" | "update" | "record";

/** What happens when an input is removed from the program: its default applies, or the segment stays as it is. */
type Removal = "default" | "keep";

/** The one table of changes. `adopt` is missing: it acts at creation only. */
export const changeRules: Record<Exclude<InputName, "adopt">, { effect: ChangeEffect; removal: Removal }> = {
  eipMask: { effect: "replace", removal: "keep" },
  internetChargeType: { effect: "replace", removal: "default" },
  isp: { effect: "replace", removal: "default" },
  netmode: { effect: "replace", removal: "default" },
  zone: { effect: "replace", removal: "keep" },
  regionId: { effect: "replace", removal: "keep" },
  bandwidth: { effect: "update", removal: "default" },
  resourceGroupId: { effect: "update", removal: "keep" },
  tags: { effect: "update", removal: "default" },
  customTimeouts: { effect: "record", removal: "default" },
};

/** Value of an input that is neither written nor left to the cloud. */
const defaultOf: Partial<Record<InputName, unknown>> = defaults;

/** An input that differs from what the state says. */
export interface Change {
  name: keyof typeof changeRules;
  effect: ChangeEffect;
}

/**
 * Inputs that differ from the state. A value written as the default equals the default not written; an input written neither
 * then nor now is not looked at, so that a new default of a later version changes no segment.
 */
export function changesBetween(state: SegmentState, news: Partial<CheckedInputs>): Change[] {
  const names = Object.keys(changeRules) as (keyof typeof changeRules)[];
  const mixed: readonly string[] = state.__mixed ?? [];
  return names.flatMap((name) => {
    const { effect, removal } = changeRules[name];
    const written = news[name] !== undefined;
    const wasWritten = state.__inputs[name] !== undefined;
    if (!written && (removal === "keep" || !wasWritten)) {
      return [];
    }
    const wanted = news[name] ?? defaultOf[name];
    const isAsWanted = !isUnknown(wanted) && !mixed.includes(name) && sameValue(wanted, state[name]);
    return isAsWanted ? [] : [{ name, effect }];
  });
}
