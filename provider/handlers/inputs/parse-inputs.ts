import { closest } from "fastest-levenshtein";
import { crossProblems } from "./cross-rules";
import { inputSchemas } from "./schema";
import type { CheckedInputs, InputName } from "./schema";
import { isUnknown } from "./unknown";

/** A failure as the engine prints it: the property at fault and a sentence about it. */
export interface CheckFailure {
  property: string;
  reason: string;
}

/** What is left of the written inputs: valid ones normalised, unknown ones as they came. */
export interface ParsedInputs {
  values: Record<string, unknown>;
  failures: CheckFailure[];
}

const inputNames = Object.keys(inputSchemas) as InputName[];

/** Inputs without which there is no segment. */
const required: readonly InputName[] = ["eipMask"];

const isInputName = (name: string): name is InputName => Object.hasOwn(inputSchemas, name);

/**
 * Checks what a program wrote and reports every fault at once, each on its property.
 *
 * @param written - Inputs as they arrive, without the engine's and this package's own keys.
 * @param regionId - Region to check lines and zones against when the program writes none; undefined when not known.
 */
export function parseInputs(written: Record<string, unknown>, regionId: string | undefined): ParsedInputs {
  const values: Record<string, unknown> = {};
  const known: Partial<CheckedInputs> =
    regionId === undefined || isUnknown(written.regionId) ? {} : { regionId };
  const failures: CheckFailure[] = [];
  const present = Object.entries(written).filter(([, value]) => value !== undefined && value !== null);

  for (const [name, value] of present) {
    if (!isInputName(name)) {
      failures.push(unknownInput(name));
    } else if (isUnknown(value)) {
      values[name] = value;
    } else {
      const parsed = inputSchemas[name].safeParse(value);
      if (parsed.success) {
        values[name] = parsed.data;
        Object.assign(known, { [name]: parsed.data });
      } else {
        failures.push(...parsed.error.issues.map(({ message }) => failure(name, show(value), message)));
      }
    }
  }
  for (const name of required) {
    if (!present.some(([writtenName]) => writtenName === name)) {
      failures.push(failure(name, "not written", ruleOf(name)));
    }
  }
  const isKnown = (name: InputName): boolean => !(name in values) || name in known;
  for (const { property, reason } of crossProblems(known, isKnown)) {
    failures.push(failure(property, show(known[property]), reason));
  }
  return { values, failures };
}

function failure(property: InputName, value: string, rule: string): CheckFailure {
  return {
    property,
    reason: `${property} is ${value}, but ${rule}. Correct the program; nothing was sent to the cloud.`,
  };
}

function ruleOf(name: InputName): string {
  return inputSchemas[name].safeParse(null).error?.issues[0]?.message ?? "it is required";
}

function unknownInput(name: string): CheckFailure {
  const inputs = inputNames.filter((input) => input !== "customTimeouts");
  return {
    property: name,
    reason: `${name} is not an input of EipSegment: did you mean ${closest(name, inputs)}? The inputs are ${inputs.join(", ")}.`,
  };
}

function show(value: unknown): string {
  const text = value === undefined ? "not written" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
