import { nearest } from "./nearest";
import type { CheckFailure } from "./parse-inputs";

/** What the provider tells of a segment and a program may be tempted to set. */
const outputNames = ["urn", "cidrBlock", "ipCount", "addresses", "status", "createTime", "clientToken"];

/** Where things are written that are no inputs. */
const otherPlaces: Readonly<Record<string, string>> = {
  id: "it is an output, which only the cloud sets; to take an existing segment over, write adopt",
  customTimeouts: "it is a resource option, which goes into the third argument",
};

/** Failure of a property that is no input: names the input that was probably meant. */
export function unknownInput(name: string, inputNames: readonly string[]): CheckFailure {
  const inputs = inputNames.filter((input) => input !== "customTimeouts");
  const meant = nearest(name, inputs);
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
