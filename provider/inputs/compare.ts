import type { Eip, ReadySegment } from "../cloud/segment";
import { inputNames, rowOf } from "./input-table";
import type { InputName, InputValues } from "./input-table";

/** One input that the cloud reports otherwise than wanted. */
export interface Difference {
  name: InputName;
  wanted: unknown;
  /** What the cloud reports, as text. */
  actual: string;
  /** Whether the EIPs differ among themselves. */
  isMixed: boolean;
}

/**
 * Compares wanted inputs with what the cloud reports of a segment and its EIPs. An input that the cloud does not report counts as
 * equal, and words are equal in any case: vendors change the case of a setting more easily than its meaning.
 */
export function differencesBetween(wanted: InputValues, { segment, eips }: ReadySegment): Difference[] {
  return inputNames.flatMap((name) => {
    const { ofSegment, ofEip } = rowOf(name);
    const value = wanted[name];
    const reported = ofEip === undefined ? [ofSegment?.(segment, eips)] : eips.map(ofEip);
    const told = new Map(reported.filter((one) => one !== undefined).map((one) => [canonical(one), one]));
    if (value === undefined || [...told.values()].every((one) => meansSame(one, value))) {
      return [];
    }
    const actual = [...told.values()].map(shown).join(" and ");
    return [{ name, wanted: value, actual, isMixed: told.size > 1 }];
  });
}

/**
 * The differences in words: `bandwidth is 5, not 10`.
 *
 * @param secrets - Names of inputs whose values must not be shown.
 */
export function inWords(differences: readonly Difference[], secrets: readonly string[]): string[] {
  return differences.map(({ name, wanted, actual }) =>
    secrets.includes(name)
      ? `${name} differs from the declared value (a secret)`
      : `${name} ${name === "tags" ? "are" : "is"} ${actual}, not ${shown(wanted)}`,
  );
}

/** Names of inputs that can be changed on each EIP and in which EIPs differ among themselves. */
export function mixedInputs(eips: readonly Eip[]): InputName[] {
  return inputNames.filter((name) => {
    const { change, ofEip } = rowOf(name);
    return (
      change === "update" && ofEip !== undefined && new Set(eips.map((eip) => canonical(ofEip(eip)))).size > 1
    );
  });
}

/**
 * What the EIPs report of one input. When they differ among themselves, the answer is one that differs from what is wanted, so
 * that the next `pulumi up` sets all alike.
 */
export function reportedByEips<K extends InputName>(
  name: K,
  eips: readonly Eip[],
  wanted: InputValues[K],
): InputValues[K] {
  const values = eips.map((eip) => rowOf(name).ofEip?.(eip)).filter((value) => value !== undefined);
  return (values.find((value) => !sameValue(value, wanted)) ?? values[0] ?? wanted) as InputValues[K];
}

/** Whether two values of an input mean the same: key order does not matter, and no tags are as good as none set. */
export function sameValue(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function meansSame(a: unknown, b: unknown): boolean {
  return typeof a === "string" && typeof b === "string"
    ? a.toLowerCase() === b.toLowerCase()
    : sameValue(a, b);
}

function canonical(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`);
    return `{${entries.sort().join(",")}}`;
  }
  return JSON.stringify(value ?? {});
}

const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
