import { z } from "zod";
import { ownershipTagKey } from "../cloud/ownership-tag";
import { parseDuration } from "../util/duration";

/** Lines of a segment (Isp), as the AllocateEipSegmentAddress page lists them. */
export const isps = [
  "BGP",
  "BGP_PRO",
  "BGP_FinanceCloud",
  "ChinaTelecom",
  "ChinaUnicom",
  "ChinaMobile",
  "ChinaTelecom_L2",
  "ChinaUnicom_L2",
  "ChinaMobile_L2",
] as const;
export const internetChargeTypes = ["PayByBandwidth", "PayByTraffic"] as const;
export const netmodes = ["public", "hybrid"] as const;

/** Values the cloud takes when the program says nothing. */
export const defaults = {
  bandwidth: 5,
  internetChargeType: "PayByBandwidth",
  isp: "BGP",
  netmode: "public",
} as const;

/** An EIP carries at most 20 tags; one of them is the ownership tag. */
const maxUserTags = 19;

/** A whole number, written as a number or as text: configuration values arrive as text. */
function wholeNumber(min: number, max: number, rule: string): z.ZodType<number, number | string> {
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

const oneOf = <const T extends readonly string[]>(values: T): z.ZodType<T[number], T[number]> =>
  z.enum(values, { error: `it must be one of ${values.join(", ")}` });

const shaped = (pattern: RegExp, rule: string): z.ZodType<string, string> =>
  z.string({ error: rule }).regex(pattern, { error: rule });

const duration = shaped(/^.*$/, "it must be a duration such as 15m").refine(
  (text) => parseDuration(text) !== undefined,
  {
    error: "it must be a duration above zero such as 90s, 15m or 1h30m",
  },
);

const tagRule =
  "must not be empty, longer than 128 characters, begin with aliyun or acs:, or contain http:// or https://";

/** What is wrong with a tag's key or value by the rules of TagResources; undefined when nothing is. */
function tagProblem(key: string, value: unknown): string | undefined {
  const forbidden = (text: string): boolean => text.length > 128 || /^(aliyun|acs:)|https?:\/\//.test(text);
  const shown = JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}...` : key);
  if (key === "" || forbidden(key)) {
    return `the key ${shown} ${tagRule}`;
  }
  if (key === ownershipTagKey) {
    return `the key ${shown} is kept for the ownership tag, which the provider sets itself`;
  }
  if (typeof value !== "string") {
    return `the value of ${shown} must be text`;
  }
  return forbidden(value)
    ? `the value of ${shown} ${tagRule.replace("not be empty, ", "not be ")}`
    : undefined;
}

const tags = z
  .record(z.string(), z.unknown(), { error: 'it must be an object of texts, such as { team: "edge" }' })
  .transform((value, context): Record<string, string> => {
    const problems = Object.entries(value).flatMap(([key, text]) => tagProblem(key, text) ?? []);
    const count = Object.keys(value).length;
    if (count > maxUserTags) {
      problems.unshift(
        `at most ${maxUserTags} tags are allowed and these are ${count}: an EIP carries 20, one of them the ownership tag`,
      );
    }
    for (const message of problems) {
      context.addIssue({ code: "custom", message });
    }
    return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
  });

/** One schema per input: each parses alone, so that all faults of a resource are reported together. */
export const inputSchemas = {
  eipMask: wholeNumber(24, 28, "it must be a whole number from 24 (256 addresses) to 28 (16 addresses)"),
  bandwidth: wholeNumber(
    1,
    500,
    "it must be a whole number of Mbit/s from 1 to 500 (to 200 with PayByTraffic)",
  ),
  internetChargeType: oneOf(internetChargeTypes),
  isp: oneOf(isps),
  netmode: oneOf(netmodes),
  zone: shaped(/^[a-z]{2}-[a-z0-9-]*[a-z]$/, "it must be a zone id such as cn-hangzhou-a"),
  resourceGroupId: shaped(/^rg-[A-Za-z0-9]+$/, "it must be a resource group id: rg- and letters or digits"),
  regionId: shaped(/^[a-z]{2}-[a-z]+(-[a-z0-9]+)*$/, "it must be a region id such as cn-hangzhou"),
  tags,
  adopt: shaped(
    /^eipsg-[a-z0-9]+$/,
    "it must be the id of a segment: eipsg- and lower-case letters or digits",
  ),
  customTimeouts: z.strictObject(
    {
      create: duration.optional(),
      read: duration.optional(),
      update: duration.optional(),
      delete: duration.optional(),
    },
    { error: "it must be an object with create, read, update or delete" },
  ),
};

/** Name of an input of the resource. */
export type InputName = keyof typeof inputSchemas;

/** Inputs as a program may write them, without Pulumi's wrappers. */
export type WrittenInputs = { [K in InputName]?: z.input<(typeof inputSchemas)[K]> | undefined };

/** Inputs after check: only what the program wrote, normalised, and what check computed. */
export type CheckedInputs = { [K in InputName]?: z.output<(typeof inputSchemas)[K]> } & {
  eipMask: number;
  regionId: string;
  /** Token with which creation starts; see client-token.ts. */
  clientToken: string;
};
