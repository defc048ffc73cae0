import { crossProblems } from "./cross-rules";
import { inputSchemas } from "./schema";
import type { CheckedInputs, InputName } from "./schema";
import { isUnknown } from "./unknown";
import { unknownInput } from "./unknown-input";

/** A failure as the engine prints it: the property at fault and a sentence about it. */
export interface CheckFailure {
  /** Empty for a secret: the engine would print the value of the property it is given. */
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
 * @param secrets - Names of inputs whose values must not be shown.
 */
export function parseInputs(
  written: Record<string, unknown>,
  regionId: string | undefined,
  secrets: readonly string[] = [],
): ParsedInputs {
  const values: Record<string, unknown> = {};
  const known: Partial<CheckedInputs> =
    regionId === undefined || isUnknown(written.regionId) ? {} : { regionId };
  const failures: CheckFailure[] = [];
  const fail = (name: InputName, value: unknown, rule: string): void => {
    const isSecret = secrets.includes(name);
    failures.push({
      property: isSecret ? "" : name,
      reason: `${name} is ${isSecret ? "a secret" : show(value)}, but ${rule}. Correct the program; nothing was sent to the cloud.`,
    });
  };
  const present = Object.entries(written).filter(([, value]) => value !== undefined && value !== null);

  for (const [name, value] of present) {
    if (!isInputName(name)) {
      failures.push(unknownInput(name, inputNames));
    } else if (isUnknown(value)) {
      values[name] = value;
    } else {
      const parsed = inputSchemas[name].safeParse(value);
      if (parsed.success) {
        values[name] = parsed.data;
        Object.assign(known, { [name]: parsed.data });
      } else {
        for (const { message } of parsed.error.issues) {
          fail(name, value, message);
        }
      }
    }
  }
  for (const name of required) {
    if (!present.some(([writtenName]) => writtenName === name)) {
      fail(name, undefined, ruleOf(name));
    }
  }
  const isKnown = (name: InputName): boolean => !(name in values) || name in known;
  for (const { property, reason } of crossProblems(known, isKnown)) {
    fail(property, known[property], reason);
  }
  return { values, failures };
}

function ruleOf(name: InputName): string {
  return inputSchemas[name].safeParse(null).error?.issues[0]?.message ?? "it is required";
}

function show(value: unknown): string {
  const text =
    value === undefined ? "not written" : typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
