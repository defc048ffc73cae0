import { z } from "zod";
import type { AllocateRequest, VpcApi } from "../client/vpc-api";
import { maskOf, ownershipTagKey, userTags } from "../cloud/segment";
import type { Eip, Segment } from "../cloud/segment";
import { duration, oneOf, shaped, tags, wholeNumber } from "./schemas";

/** Line types (Isp), as the AllocateEipSegmentAddress page lists them. */
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

/** An EIP carries at most 20 tags; one of them is the ownership tag. */
const maxUserTags = 19;

/**
 * What a change of an input does.
 * - `replace`: a new segment is allocated and the old one, with its addresses, released.
 * - `update`: every EIP is changed in place.
 * - `record`: nothing in the cloud changes; the state does, so that later verbs see it.
 * - `none`: the input acts at creation only.
 */
export type ChangeEffect = "replace" | "update" | "record" | "none";

/** Everything that the package knows of one input. Source: the AllocateEipSegmentAddress page, version 2016-04-28. */
interface InputRow<Schema extends z.ZodType = z.ZodType> {
  schema: Schema;
  /** Value that applies when the program sets none; a change of the program to it and to nothing are the same. */
  default?: z.output<Schema>;
  change: ChangeEffect;
  /** What removing the input from the program does: its default applies, or the segment stays as it is. */
  removal: "default" | "keep";
  isRequired?: true;
  /** Whether AllocateEipSegmentAddress takes it, under the same name in {@link AllocateRequest}. */
  isAllocated?: true;
  /** The value that the cloud reports; undefined where it reports none. */
  ofSegment?: (segment: Segment, eips: readonly Eip[]) => unknown;
  /** The same where each EIP has its own, which may differ among them. */
  ofEip?: (eip: Eip) => unknown;
  /** Whether the cloud's value is recorded only where the program sets the input: what it never set is left alone. */
  isReportedOnlyIfSet?: true;
  /** Sets it on one EIP. Tags go to many EIPs at a time; see `tagEveryEip`. */
  setOnEip?: (
    api: VpcApi,
    eip: { regionId: string; allocationId: string },
    value: z.output<Schema>,
    options: { deadline: number },
  ) => Promise<void>;
}

const row = <Schema extends z.ZodType>(definition: InputRow<Schema>): InputRow<Schema> => definition;

/** The inputs of `EipSegment`. What the package does with an input follows from its row. */
export const inputTable = {
  eipMask: row({
    schema: wholeNumber(24, 28, "it must be a whole number from 24 (256 addresses) to 28 (16 addresses)"),
    change: "replace",
    removal: "keep",
    isRequired: true,
    isAllocated: true,
    ofSegment: maskOf,
  }),
  bandwidth: row({
    schema: wholeNumber(
      1,
      500,
      "it must be a whole number of Mbit/s from 1 to 500 (to 200 with PayByTraffic)",
    ),
    default: 5,
    change: "update",
    removal: "default",
    isAllocated: true,
    ofEip: ({ bandwidth }) => bandwidth,
    setOnEip: (api, eip, bandwidth, options) => api.modifyEipAddressAttribute({ ...eip, bandwidth }, options),
  }),
  internetChargeType: row({
    schema: oneOf(internetChargeTypes),
    default: "PayByBandwidth",
    change: "replace",
    removal: "default",
    isAllocated: true,
    ofEip: ({ internetChargeType }) => internetChargeType,
  }),
  isp: row({
    schema: oneOf(isps),
    default: "BGP",
    change: "replace",
    removal: "default",
    isAllocated: true,
    ofEip: ({ isp }) => isp,
  }),
  netmode: row({
    schema: oneOf(netmodes),
    default: "public",
    change: "replace",
    removal: "default",
    isAllocated: true,
    ofEip: ({ netmode }) => netmode,
  }),
  zone: row({
    schema: shaped(/^[a-z]{2}-[a-z0-9-]*[a-z]$/, "it must be a zone id such as cn-hangzhou-a"),
    change: "replace",
    removal: "keep",
    isAllocated: true,
    ofSegment: ({ zone }) => zone,
  }),
  resourceGroupId: row({
    schema: shaped(/^rg-[A-Za-z0-9]+$/, "it must be a resource group id: rg- and letters or digits"),
    change: "update",
    removal: "keep",
    isAllocated: true,
    ofEip: ({ resourceGroupId }) => resourceGroupId,
    setOnEip: (api, eip, resourceGroupId, options) =>
      api.moveResourceGroup({ ...eip, resourceGroupId }, options),
  }),
  regionId: row({
    schema: shaped(/^[a-z]{2}-[a-z]+(-[a-z0-9]+)*$/, "it must be a region id such as cn-hangzhou"),
    change: "replace",
    removal: "keep",
    isAllocated: true,
  }),
  tags: row({
    schema: tags(maxUserTags, ownershipTagKey),
    change: "update",
    removal: "default",
    ofEip: userTags,
    isReportedOnlyIfSet: true,
  }),
  adopt: row({
    schema: shaped(
      /^eipsg-[a-z0-9]+$/,
      "it must be the id of a segment: eipsg- and lower-case letters or digits",
    ),
    change: "none",
    removal: "keep",
  }),
  customTimeouts: row({
    schema: z.strictObject(
      {
        create: duration.optional(),
        read: duration.optional(),
        update: duration.optional(),
        delete: duration.optional(),
      },
      { error: "it must be an object with create, read, update or delete" },
    ),
    change: "record",
    removal: "default",
  }),
};

type Table = typeof inputTable;

/** Name of an input of the resource. */
export type InputName = keyof Table;

export const inputNames = Object.keys(inputTable) as InputName[];

/** The row of an input, without the type of its value. */
export const rowOf = (name: InputName): InputRow => inputTable[name];

/** Inputs as a program may set them, without Pulumi's wrappers. */
export type WrittenInputs = { [K in InputName]?: z.input<Table[K]["schema"]> | undefined };

/** Values of inputs after validation. */
export type InputValues = { [K in InputName]?: z.output<Table[K]["schema"]> | undefined };

/** Inputs after check: only what the program set, normalised, and what check computed. */
export type CheckedInputs = InputValues & {
  eipMask: number;
  regionId: string;
  /** Token with which creation starts; see client-token.ts. */
  clientToken: string;
};

/** Values that apply when the program sets none. */
export const defaults = Object.fromEntries(
  inputNames.flatMap((name) => (rowOf(name).default === undefined ? [] : [[name, rowOf(name).default]])),
) as { bandwidth: 5; internetChargeType: "PayByBandwidth"; isp: "BGP"; netmode: "public" };

/** Parameters of AllocateEipSegmentAddress for what a program set; what it left out is sent as its default. */
export function allocateParameters(inputs: CheckedInputs): Omit<AllocateRequest, "clientToken"> {
  const values: Record<string, unknown> = { ...defaults, ...inputs };
  const allocated = inputNames.filter((name) => rowOf(name).isAllocated && values[name] !== undefined);
  return Object.fromEntries(allocated.map((name) => [name, values[name]])) as unknown as Omit<
    AllocateRequest,
    "clientToken"
  >;
}
