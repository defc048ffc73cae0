import { isIPv4 } from "node:net";
import { z } from "zod";
import { isInBlock } from "../cloud/segment";
import type { Eip, Segment } from "../cloud/segment";
import { inputTable } from "../inputs/input-table";
import { suggest } from "../inputs/misspelt-names";
import { EipSegmentError } from "../util/errors";

const ipAddressRule = "it must be an IPv4 address such as 161.0.2.34";
const cidrBlockRule = "it must be an IPv4 block with a mask of 24 to 28, such as 161.0.2.32/28";
const tagsRule = 'it must be an object of one or more strings, such as { team: "edge" }';

const argumentSchemas = {
  id: inputTable.adopt.schema,
  cidrBlock: z
    .string({ error: cidrBlockRule })
    .refine((text) => /\/2[4-8]$/.test(text) && isIPv4(text.slice(0, -3)), { error: cidrBlockRule }),
  ipAddress: z.string({ error: ipAddressRule }).refine((text) => isIPv4(text), { error: ipAddressRule }),
  tags: z
    .record(z.string().min(1), z.string(), { error: tagsRule })
    .refine((tags) => Object.keys(tags).length > 0, { error: tagsRule }),
  regionId: inputTable.regionId.schema,
};

type ArgumentName = keyof typeof argumentSchemas;
const argumentNames = Object.keys(argumentSchemas) as ArgumentName[];

/** What a segment must match; at least one of these is set. */
export interface Criteria {
  id?: string;
  cidrBlock?: string;
  ipAddress?: string;
  tags?: Record<string, string>;
}

/** The arguments of a lookup, validated. */
export interface LookupRequest {
  criteria: Criteria;
  /** Absent when the program sets none. */
  regionId?: string | undefined;
  /** The criteria in words, without the values of secrets. */
  inWords: string;
}

/**
 * Validates the arguments of a lookup and reports everything that is invalid at once.
 *
 * @param areSecret - Whether the values must not be shown.
 * @throws EipSegmentError naming each invalid argument.
 */
export function readRequest(args: object, areSecret: boolean): LookupRequest {
  const show = (value: unknown): string => (areSecret ? "(a secret)" : JSON.stringify(value));
  const values: Criteria & { regionId?: string } = {};
  const problems: string[] = [];
  for (const [name, value] of Object.entries(args) as [string, unknown][]) {
    if (value === undefined || value === null) continue;
    if (!isArgument(name)) {
      problems.push(notAnArgument(name));
      continue;
    }
    const parsed = argumentSchemas[name].safeParse(value);
    if (parsed.success) {
      Object.assign(values, { [name]: parsed.data });
    } else {
      const rule = name === "tags" ? tagsRule : parsed.error.issues[0]?.message;
      problems.push(`${name} is ${show(value)}, but ${String(rule)}`);
    }
  }
  const { regionId, ...criteria } = values;
  if (problems.length === 0 && Object.keys(criteria).length === 0) {
    problems.push("set at least one of id, cidrBlock, ipAddress and tags");
  }
  if (problems.length > 0) {
    throw new EipSegmentError(
      `getEipSegment: ${problems.join("; ")}. Correct the program; nothing was sent to the cloud.`,
    );
  }
  const words = Object.entries(criteria).map(([name, value]) => `${name} ${show(value)}`);
  return { criteria, regionId, inWords: words.join(" and ") };
}

/** Whether a segment matches all criteria but the tags, which only its EIPs have. */
export function matchesBlock({ id, cidrBlock, ipAddress }: Criteria, segment: Segment): boolean {
  return (
    (id === undefined || segment.segmentId === id) &&
    (cidrBlock === undefined || segment.cidrBlock === cidrBlock) &&
    (ipAddress === undefined || isInBlock(ipAddress, segment.cidrBlock) === true)
  );
}

/** Whether every EIP has all the tags. */
export function hasTags(eips: readonly Eip[], wanted: Record<string, string>): boolean {
  return (
    eips.length > 0 &&
    eips.every(({ tags }) => Object.entries(wanted).every(([key, value]) => tags[key] === value))
  );
}

const isArgument = (name: string): name is ArgumentName => Object.hasOwn(argumentSchemas, name);

function notAnArgument(name: string): string {
  const meant = suggest(name, argumentNames);
  const hint = meant === undefined ? "" : `, did you mean ${meant}?`;
  return `${name} is not an argument${hint} (the arguments are ${argumentNames.join(", ")})`;
}
