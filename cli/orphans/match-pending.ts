import { parseToken } from "../../provider/cloud/client-token";
import { differencesBetween, inWords } from "../../provider/inputs/compare";
import { defaults, inputNames, rowOf } from "../../provider/inputs/input-table";
import type { InputValues } from "../../provider/inputs/input-table";
import { useOf } from "../cloud/address-use";
import type { LiveSegment } from "../cloud/inventory";
import type { PendingCreation } from "./stack-state";

/** How sure it is that a pending creation made a segment. */
export type Likelihood = "certainly" | "most likely" | "possibly";

/** A segment that a pending creation may have made, and what speaks for it. */
export interface Match {
  segmentId: string;
  likelihood: Likelihood;
  grounds: string;
}

/** A segment made longer before or after a state was last written is no likely child of a run that ended then, in ms. */
const nearMs = 24 * 3_600_000;

/**
 * Compares a pending creation with a segment that no state owns.
 *
 * @param writtenAt - When the state of the creation was last written, in ms since the epoch.
 * @returns undefined when the creation cannot have made it.
 */
export function matchPending(
  pending: PendingCreation,
  segment: LiveSegment,
  writtenAt: number | undefined,
): Match | undefined {
  const match = (likelihood: Likelihood, grounds: string): Match => ({
    segmentId: segment.segmentId,
    likelihood,
    grounds,
  });
  if (pending.inputs.adopt === segment.segmentId) {
    return match("certainly", "the creation was to adopt it");
  }
  if (pending.regionId !== undefined && pending.regionId !== segment.regionId) {
    return undefined;
  }
  if (segment.owners.length > 0) {
    return matchOwners(pending, segment.owners, match);
  }
  if (segment.eips.some((eip) => useOf(eip).attachedTo !== undefined)) {
    return undefined;
  }
  const differences = differencesBetween(settingsOf(pending.inputs), { segment, eips: segment.eips });
  if (differences.length > 0) {
    return match("possibly", `its settings differ, though: ${inWords(differences, []).join("; ")}`);
  }
  const apart = Math.abs(Date.parse(segment.createTime ?? "") - (writtenAt ?? NaN));
  return apart > nearMs
    ? match("possibly", "its settings are the same, but it was made more than a day before or after that run")
    : match("most likely", "its settings are the same, it has no owner, and none of its addresses is in use");
}

function matchOwners(
  { clientToken }: PendingCreation,
  owners: readonly string[],
  match: (likelihood: Likelihood, grounds: string) => Match,
): Match | undefined {
  if (clientToken === undefined) {
    return undefined;
  }
  if (owners.includes(clientToken)) {
    return match("certainly", "its ownership tag is the token of this creation");
  }
  const digest = parseToken(clientToken)?.digest;
  return owners.some((owner) => parseToken(owner)?.digest === digest)
    ? match("most likely", "its ownership tag is a token of the same resource, of another creation")
    : undefined;
}

/** Settings that the creation requested, as far as they are not secret. */
function settingsOf(inputs: Record<string, unknown>): InputValues {
  const wanted: Record<string, unknown> = { ...defaults, ...inputs };
  const isKnown = (value: unknown): boolean => typeof value === "string" || typeof value === "number";
  return Object.fromEntries(
    inputNames
      .filter((name) => rowOf(name).isAllocated && isKnown(wanted[name]))
      .map((name) => [name, wanted[name]]),
  );
}
