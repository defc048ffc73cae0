import { z } from "zod";
import { parseDuration } from "../util/duration";

/** A whole number, set as a number or as text: configuration values arrive as text. */
export function wholeNumber(min: number, max: number, rule: string): z.ZodType<number, number | string> {
  return z.union([z.number(), z.string()], { error: rule }).transform((value, context) => {
    const text = String(value).trim();
    const number = /^[1-9]\d*$/.test(text) ? Number(text) : NaN;
    if (!(number >= min && number <= max)) {
      context.addIssue({ code: "custom", message: rule });
      return z.NEVER;
    }
    return number;
  });
}

export const oneOf = <const T extends readonly string[]>(values: T): z.ZodType<T[number], T[number]> =>
  z.enum(values, { error: `it must be one of ${values.join(", ")}` });

export const shaped = (pattern: RegExp, rule: string): z.ZodType<string, string> =>
  z.string({ error: rule }).regex(pattern, { error: rule });

export const duration = shaped(/^.*$/, "it must be a duration such as 15m").refine(
  (text) => parseDuration(text) !== undefined,
  { error: "it must be a duration above zero such as 90s, 15m or 1h30m" },
);

const tagRule =
  "must not be empty, longer than 128 characters, begin with aliyun or acs:, or contain http:// or https://";

/** What breaks the rules of TagResources in a tag; undefined when nothing does. */
function tagProblem(key: string, value: unknown, reservedKey: string): string | undefined {
  const isForbidden = (text: string): boolean => text.length > 128 || /^(aliyun|acs:)|https?:\/\//.test(text);
  const shown = JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}...` : key);
  if (key === "" || isForbidden(key)) {
    return `the key ${shown} ${tagRule}`;
  }
  if (key === reservedKey) {
    return `the key ${shown} is reserved for the ownership tag, which the provider sets itself`;
  }
  if (typeof value !== "string") {
    return `the value of ${shown} must be a string`;
  }
  return isForbidden(value)
    ? `the value of ${shown} ${tagRule.replace("not be empty, ", "not be ")}`
    : undefined;
}

/** Tags, all texts. */
export const tags = (
  most: number,
  reservedKey: string,
): z.ZodType<Record<string, string>, Record<string, unknown>> =>
  z
    .record(z.string(), z.unknown(), { error: 'it must be an object of strings, such as { team: "edge" }' })
    .transform((value, context): Record<string, string> => {
      const problems = Object.entries(value).flatMap(
        ([key, text]) => tagProblem(key, text, reservedKey) ?? [],
      );
      const count = Object.keys(value).length;
      if (count > most) {
        problems.unshift(
          `at most ${most} tags are allowed and these are ${count}: an EIP carries 20, one of them the ownership tag`,
        );
      }
      for (const message of problems) {
        context.addIssue({ code: "custom", message });
      }
      return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
    });
