import { crossProblems } from "./cross-rules";
import { notAnInput } from "./misspelt-names";
import type { CheckFailure } from "./misspelt-names";
import { isUnknown, unknownMarker } from "./preview-unknown";
import { inputNames, inputTable, rowOf } from "./input-table";
import type { CheckedInputs, InputName } from "./input-table";

/** What is left of the inputs that a program set: valid ones normalised, unknown ones as they came. */
export interface ValidatedInputs {
  values: Record<string, unknown>;
  failures: CheckFailure[];
}

/** What is known of the inputs beside their values. */
export interface Circumstances {
  /** Names of inputs whose values must not be shown. */
  secrets: readonly string[];
  /** What Pulumi's SDK did not pass on; without a problem the name itself is none of an input. */
  lost: readonly { property: string; problem?: string | undefined }[];
}

const isInputName = (name: string): name is InputName => Object.hasOwn(inputTable, name);

/**
 * Validates what a program set and reports everything that is invalid at once, each on its property.
 *
 * @param written - Inputs as they arrive, without the engine's and this package's own keys.
 * @param regionId - Region to validate line types and zones against when the program sets none; undefined when not known.
 * @param circumstances - What the program side reports of them.
 */
export function validateInputs(
  written: Record<string, unknown>,
  regionId: string | undefined,
  { secrets, lost }: Circumstances = { secrets: [], lost: [] },
): ValidatedInputs {
  const values: Record<string, unknown> = {};
  const known: Partial<CheckedInputs> =
    regionId === undefined || isUnknown(written.regionId) ? {} : { regionId };
  const failures: CheckFailure[] = [];
  const report = (name: string, problem: string): void => {
    failures.push({
      property: secrets.includes(name) ? "" : name,
      reason: `${name} is ${problem}. Correct the program; nothing was sent to the cloud.`,
    });
  };
  const fail = (name: InputName, value: unknown, rule: string): void => {
    report(name, `${secrets.includes(name) ? "a secret" : show(value)}, but ${rule}`);
  };
  const present = Object.entries(written).filter(([, value]) => value !== undefined && value !== null);

  for (const [name, value] of present) {
    if (!isInputName(name)) {
      failures.push(notAnInput(name, inputNames));
    } else if (value === unknownMarker) {
      values[name] = value;
    } else {
      const parsed = rowOf(name).schema.safeParse(value);
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
  for (const { property, problem } of lost) {
    if (problem === undefined || !isInputName(property)) {
      failures.push(notAnInput(property, inputNames));
    } else {
      report(property, problem);
    }
  }
  for (const name of inputNames.filter((one) => rowOf(one).isRequired)) {
    const names = [...present.map(([writtenName]) => writtenName), ...lost.map(({ property }) => property)];
    if (!names.includes(name)) {
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
  return rowOf(name).schema.safeParse(null).error?.issues[0]?.message ?? "it is required";
}

/** Key and values by which Pulumi marks what is no plain object. */
const markKey = "4dabf18193072939515e22adb298388d";
const marks: Readonly<Record<string, string>> = {
  "5cf8f73096256a8f31e491e813e4eb8e": "a resource and not its id",
  c44067f5952c0a294b673a41bacd8c17: "an asset",
  "0def7320c3a5731c473e5ecbe6d01bc7": "an archive",
};

function show(value: unknown): string {
  const mark = (value as Record<string, unknown> | null | undefined)?.[markKey];
  if (typeof mark === "string" && mark in marks) {
    return marks[mark] ?? "";
  }
  const text =
    value === undefined ? "not set" : typeof value === "number" ? String(value) : JSON.stringify(value);
  return shortened(text.replaceAll(unknownMarker, "not known yet"));
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
