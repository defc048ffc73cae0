import { z } from "zod";
import { count, schemaVersion } from "./common";

const fields = z.object({
  segmentId: z.string().optional(),
  regionId: z.string().optional(),
  cidrBlock: z.string().optional(),
  ipCount: count.optional(),
  accountId: z.string().optional(),
  secret: z.boolean().describe("The stack keeps its addresses secret."),
  due: z.boolean().describe("An earlier run replaced it."),
  releasedFirst: z.boolean().describe("Released before its replacement exists."),
  eipMask: z.string(),
  addresses: z.array(z.object({ ipAddress: z.string() })),
});

const block = fields.meta({ id: "block" });

const releasedBlock = fields.extend({
  lookup: z
    .enum(["listed", "gone", "not checked"])
    .describe(
      "What the cloud says of it.",
    ),
  reason: z.string().optional(),
  unlisted: count.optional().describe("Addresses that the cloud does not list."),
  mayBeInUse: z.boolean().describe("True also where that is not known."),
  addresses: z.array(
    z.object({
      ipAddress: z.string().optional(),
      allocationId: z.string().optional(),
      attachedTo: z.string().nullable().optional().describe("Absent where it was not checked."),
    }),
  ),
});

const segment = z.object({
  urn: z.string(),
  name: z.string(),
  kind: z.enum(["created", "adopted", "updated", "replaced", "deleted", "release due"]),
  released: z.array(releasedBlock),
  retained: z.array(block).describe("They stay in the account."),
  gone: block.optional().describe("A refresh did not find it."),
  wanted: z
    .object({
      eipMask: z.string(),
      addresses: count.optional(),
      adopt: z.string().optional(),
      regionId: z.string().optional(),
    })
    .optional(),
  inputs: z.array(z.object({ input: z.string(), from: z.string(), to: z.string() })),
  reasons: z.array(z.string()).describe("Inputs that cause the replacement; `id`: requested."),
});

/** What `report --json` prints. */
export const reportJson = z.object({
  schemaVersion,
  complete: z.boolean().describe("False when a preview failed."),
  changesBlocks: z.boolean(),
  losesAddresses: z.boolean().describe("For --fail-on-loss."),
  losesAddressesInUse: z.boolean().describe("For --fail-on-loss=in-use."),
  lostAddresses: count.nullable().describe("Null: not known."),
  stacks: z.array(
    z.object({
      stack: z.string().optional(),
      segments: z.array(segment),
      others: z.record(z.string(), count),
      errors: z.array(z.string()),
    }),
  ),
});

export type ReportJson = z.infer<typeof reportJson>;
export type BlockJson = z.infer<typeof block>;
export type ReleasedBlockJson = z.infer<typeof releasedBlock>;
