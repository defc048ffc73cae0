import { isIPv4 } from "node:net";
import { z } from "zod";
import { withoutAbsent } from "../util/without-absent";
import type { DescribeAddressesResponse, DescribeSegmentsResponse, Eip, Segment } from "./vpc-api";

/*
 * Responses as the SDK package @alicloud/vpc20160428 7.3.2 declares them, read tolerantly: fields not named here are
 * dropped, numbers may come as text and the reverse, blanks around a text are dropped (the vendor's own sample has some), and
 * null, an empty text or a placeholder such as `-` counts as absent. Tags alone are read as they are.
 */

const absent = (value: unknown): unknown =>
  value === null || (typeof value === "string" && /^\s*(-|null|none|n\/a)?\s*$/i.test(value))
    ? undefined
    : value;

const anyText = z.union([z.string().trim(), z.number()]).transform(String);
const anyNumber = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^\d+(\.0+)?$/)
    .transform(Number),
]);
const anyFlag = z.union([
  z.boolean(),
  z
    .string()
    .regex(/^(true|false)$/i)
    .transform((word) => /^t/i.test(word)),
]);

const text = z.preprocess(absent, anyText);
const ipAddress = text.refine((address) => isIPv4(address));
const optionalText = z.preprocess(absent, anyText.optional());
const optionalNumber = z.preprocess(absent, anyNumber.optional());
/** A count that is missing or malformed is no reason to refuse the list beside it. */
const count = optionalNumber.catch(undefined);
const optionalFlag = z.preprocess(absent, anyFlag.optional());

/** Ids are lower case, so that what the cloud writes in two ways stays one segment or EIP. */
const id = text.transform((written) => (/^eip(sg)?-/i.test(written) ? written.toLowerCase() : written));
const optionalId = z.preprocess(absent, id.optional());

/** A field that is malformed counts as missing: the row may be another segment's, and must not make the list unreadable. */
const anyOptionalText = optionalText.catch(undefined);

/** What is no block of a segment, such as two of them or `0.0.0.0/0`, says nothing of where the addresses are. */
const optionalBlock = z
  .preprocess(
    absent,
    z
      .string()
      .trim()
      .regex(/\/2\d$/)
      .pipe(z.cidrv4())
      .optional(),
  )
  .catch(undefined);

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/**
 * A list inside an object of its own, as documented, or without it. One row may come without a list, as where XML became JSON. An empty list
 * without its object counts as left out.
 */
const listOf = <Row extends z.ZodType>(name: string, row: Row) =>
  z.preprocess((value) => {
    if (Array.isArray(value)) return value.length === 0 ? undefined : value;
    const list = absent(isObject(value) ? Reflect.get(value, name) : value);
    return isObject(list) ? [list].flat() : list;
  }, z.array(row).optional());

const segment = z
  .object({
    InstanceId: id,
    RegionId: anyOptionalText,
    Status: text.catch("unknown"),
    Segment: optionalBlock,
    IpCount: count,
    Zone: anyOptionalText,
    CreationTime: anyOptionalText,
    Name: anyOptionalText,
    // The API misspells the key; an old page of its documentation spells it right.
    Descritpion: anyOptionalText,
    Description: anyOptionalText,
  })
  .transform((raw): Segment =>
    withoutAbsent({
      segmentId: raw.InstanceId,
      regionId: raw.RegionId,
      status: raw.Status,
      cidrBlock: raw.Segment,
      ipCount: raw.IpCount,
      zone: raw.Zone,
      createTime: raw.CreationTime,
      name: raw.Name,
      description: raw.Descritpion ?? raw.Description,
    }),
  );

const tagValue = z.union([z.string(), z.number()]).nullish();

/** Under the names of DescribeEipAddresses, or those of ListTagResources. */
const tag = z.union([
  z.object({ Key: z.string(), Value: tagValue }),
  z
    .object({ TagKey: z.string(), TagValue: tagValue })
    .transform((raw) => ({ Key: raw.TagKey, Value: raw.TagValue })),
]);

/** Whether somebody owns or uses the EIP. */
const use = z.object({
  Status: text,
  InstanceId: optionalText,
  InstanceType: optionalText,
  BandwidthPackageId: optionalText,
  PublicIpAddressPoolId: optionalText,
  // The cloud itself refuses the release of a protected EIP.
  DeletionProtection: optionalFlag.catch(undefined),
  Tags: listOf("Tag", tag),
});

const useOf = (raw: z.output<typeof use>) => ({
  status: raw.Status,
  instanceId: raw.InstanceId,
  instanceType: raw.InstanceType,
  bandwidthPackageId: raw.BandwidthPackageId,
  publicIpAddressPoolId: raw.PublicIpAddressPoolId,
  deletionProtection: raw.DeletionProtection ?? false,
  tags: Object.fromEntries((raw.Tags ?? []).map(({ Key, Value }) => [Key, String(Value ?? "")])),
});

const eip = use
  .extend({
    AllocationId: id,
    IpAddress: ipAddress,
    Bandwidth: optionalNumber,
    EipBandwidth: optionalNumber,
    InternetChargeType: anyOptionalText,
    ISP: anyOptionalText,
    Netmode: anyOptionalText,
    ResourceGroupId: optionalText,
    SegmentInstanceId: optionalId,
    BusinessStatus: anyOptionalText,
  })
  .transform((raw): Eip =>
    withoutAbsent({
      ...useOf(raw),
      allocationId: raw.AllocationId,
      ipAddress: raw.IpAddress,
      // Inside an Internet Shared Bandwidth instance, Bandwidth is not the EIP's own.
      bandwidth: raw.BandwidthPackageId === undefined ? raw.Bandwidth : raw.EipBandwidth,
      internetChargeType: raw.InternetChargeType,
      isp: raw.ISP,
      netmode: raw.Netmode,
      resourceGroupId: raw.ResourceGroupId,
      segmentId: raw.SegmentInstanceId,
      businessStatus: raw.BusinessStatus,
    }),
  );

/** What is read of an EIP with a malformed field: whatever says whose it is, and unless that is malformed, whether somebody uses it. */
const malformedEip = z
  .object({
    AllocationId: id.catch("unknown"),
    IpAddress: ipAddress.catch("unknown"),
    SegmentInstanceId: optionalId.catch(undefined),
  })
  .catch({ AllocationId: "unknown", IpAddress: "unknown", SegmentInstanceId: undefined })
  .transform((raw) => ({
    ...{ allocationId: raw.AllocationId, ipAddress: raw.IpAddress, segmentId: raw.SegmentInstanceId },
  }));

const useOrUnknown = use.catch({ Status: "unknown" }).transform(useOf);

const eipOrMalformed = z.unknown().transform((raw): Eip => {
  const whole = eip.safeParse(raw);
  return whole.success
    ? whole.data
    : withoutAbsent({
        ...malformedEip.parse(raw),
        ...useOrUnknown.parse(raw),
        problem: problemOf(whole.error),
      });
});

/** A segment, or why the row has no id. */
const segmentOrProblem = z.unknown().transform((raw): Segment | { problem: string } => {
  const row = segment.safeParse(raw);
  return row.success ? row.data : { problem: problemOf(row.error) };
});

/** A list may be left out only by a response that counts none: absence would be read as "gone". */
const allOrNone = (total: number | undefined, list: unknown): boolean => list !== undefined || total === 0;

export const describeSegmentsResponse: z.ZodType<DescribeSegmentsResponse> = z
  .object({
    TotalCount: count,
    EipSegments: listOf("EipSegment", segmentOrProblem),
  })
  .refine(({ TotalCount, EipSegments }) => allOrNone(TotalCount, EipSegments), {
    path: ["EipSegments", "EipSegment"],
  })
  .transform(({ TotalCount: totalCount, EipSegments }) => {
    const segments: Segment[] = [];
    let problem: string | undefined;
    for (const row of EipSegments ?? []) {
      if ("problem" in row) problem ??= row.problem;
      else segments.push(row);
    }
    return withoutAbsent({ totalCount, segments, problem });
  });

export const describeAddressesResponse: z.ZodType<DescribeAddressesResponse> = z
  .object({
    TotalCount: count,
    EipAddresses: listOf("EipAddress", eipOrMalformed),
  })
  .refine(({ TotalCount, EipAddresses }) => allOrNone(TotalCount, EipAddresses), {
    path: ["EipAddresses", "EipAddress"],
  })
  .transform((raw) => withoutAbsent({ totalCount: raw.TotalCount, addresses: raw.EipAddresses ?? [] }));

export const allocateResponse = z
  .object({ EipSegmentInstanceId: id })
  .transform((raw) => ({ segmentId: raw.EipSegmentInstanceId }));

export const callerIdentityResponse = z
  .object({ AccountId: text, Arn: text })
  .transform((raw) => ({ accountId: raw.AccountId, arn: raw.Arn }));

/** Operations that return a RequestId only. */
export const emptyResponse = z.object({}).transform((): void => undefined);

/** Names the first field of a malformed response and what is wrong with it, without quoting its content. */
export function problemOf(error: z.ZodError): string {
  const issue = error.issues[0];
  const field = (issue?.path ?? []).reduce<string>(
    (path, key) =>
      typeof key === "number" ? `${path}[${key}]` : path === "" ? String(key) : `${path}.${String(key)}`,
    "",
  );
  return `${field === "" ? "its body" : `the field ${field}`} is missing or has the wrong type`;
}
