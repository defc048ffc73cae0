import { distance } from "fastest-levenshtein";
import type { CheckFailure } from "./parse-inputs";

/** What the provider tells of a segment and a program may be tempted to set. */
const outputNames = ["id", "cidrBlock", "ipCount", "addresses", "status", "createTime", "clientToken"];

/** Letters that a misspelt name may differ in, at most. */
const maxDistance = 3;

/** Failure of a property that is no input: names the input that was probably meant. */
export function unknownInput(name: string, inputNames: readonly string[]): CheckFailure {
  const inputs = inputNames.filter((input) => input !== "customTimeouts");
  const meant = nearest(name, inputs);
  const hint = outputNames.includes(name)
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

function nearest(name: string, inputs: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  const rated = inputs.map((input) => {
    const other = input.toLowerCase();
    const isPart = lower.length > 2 && (other.includes(lower) || lower.includes(other));
    return { input, far: isPart ? 0 : distance(lower, other) };
  });
  const [best] = rated.filter(({ far }) => far <= maxDistance).sort((a, b) => a.far - b.far);
  return best?.input;
}
