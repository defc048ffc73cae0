import { distance } from "fastest-levenshtein";
import { settingNames } from "../settings/setting-names";
import type { InputName } from "./input-table";
import { regions } from "./region-table";

/** Letters that a misspelt name may differ in, at most; a short one in no more than half of its own. */
const maxDistance = 3;

/** The known name that was probably meant, whatever its case; undefined when none is near. */
export function suggest(name: string, known: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  const rated = known.map((candidate) => {
    const other = candidate.toLowerCase();
    const isPart = lower.length > 2 && (other.includes(lower) || lower.includes(other));
    return { candidate, far: isPart ? 0 : distance(lower, other) };
  });
  const limit = Math.min(maxDistance, Math.ceil(lower.length / 2));
  const [best] = rated.filter(({ far }) => far <= limit).sort((a, b) => a.far - b.far);
  return best?.candidate;
}

/** A failure as the engine prints it: the property and a sentence about it. */
export interface CheckFailure {
  /** Empty for a secret: the engine would print the value of the property it is given. */
  property: string;
  reason: string;
}

/** Outputs of a segment that a program may be tempted to set. */
const outputNames = ["urn", "cidrBlock", "ipCount", "addresses", "status", "createTime", "clientToken"];

/** Where things are set that are not inputs. */
const otherPlaces: Readonly<Record<string, string>> = {
  id: "it is an output, which only the cloud sets; to adopt an existing segment, set adopt",
  customTimeouts: "it is a resource option, which goes into the third argument",
};

/** Failure of a property that is not an input: names the input that was probably meant. */
export function notAnInput(name: string, inputNames: readonly InputName[]): CheckFailure {
  const inputs = inputNames.filter((input) => input !== "customTimeouts");
  const meant = suggest(name, inputs);
  const hint = Object.hasOwn(otherPlaces, name)
    ? (otherPlaces[name] ?? "")
    : outputNames.includes(name)
      ? "it is an output, which only the cloud sets"
      : meant === undefined
        ? "remove it"
        : `did you mean ${meant}?`;
  const end = hint.endsWith("?") ? "" : ".";
  return {
    property: name,
    reason: `${name} is not an input of EipSegment: ${hint}${end} The inputs are ${inputs.join(", ")}.`,
  };
}

/** Namespace of the settings that only this package has. */
const ownNamespace = "eipSegment:";

/** Namespace of the settings that `@pulumi/alicloud` has too. */
const sharedNamespace = "alicloud:";

const allKeys: string[] = [...new Set(Object.values(settingNames).map(({ config }) => config))];
const ownKeys = allKeys.filter((key) => key.startsWith(ownNamespace));
const sharedKeys = allKeys.filter((key) => key.startsWith(sharedNamespace));

/** Failure of a configuration key in this package's namespace that is not one of its settings; nothing for any other. */
export function notASetting(key: string): CheckFailure | [] {
  if (!key.toLowerCase().startsWith(ownNamespace.toLowerCase()) || ownKeys.includes(key)) {
    return [];
  }
  const name = (own: string): string => own.slice(ownNamespace.length);
  const meant = suggest(name(key), ownKeys.map(name));
  const hint = meant === undefined ? "remove it." : `did you mean ${ownNamespace}${meant}?`;
  return {
    property: "",
    reason: `The configuration key ${key} is not a setting of this package: ${hint} The settings are ${ownKeys.join(", ")}.`,
  };
}

/** Letters in which a misspelt key of `@pulumi/alicloud` may differ: it has many that this package does not know. */
const maxSharedDistance = 2;

/** The setting that a key of the namespace `alicloud` probably means, where it is a letter or two from one. */
export function misspeltSharedKey(key: string): string | undefined {
  return key.toLowerCase().startsWith(sharedNamespace) && !sharedKeys.includes(key)
    ? sharedKeys.find((shared) => distance(shared.toLowerCase(), key.toLowerCase()) <= maxSharedDistance)
    : undefined;
}

/** Warning of a region that this package does not know: no failure, because the cloud opens regions between two versions. */
export function unknownRegion(regionId: string): string | undefined {
  if (regions.has(regionId)) {
    return undefined;
  }
  const meant = suggest(regionId, [...regions.keys()]);
  return (
    `This package does not know the region ${regionId}${meant === undefined ? "." : `: did you mean ${meant}?`} ` +
    "A new region works all the same; if the name is misspelt, correct regionId or alicloud:region."
  );
}
