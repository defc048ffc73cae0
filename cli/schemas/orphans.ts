import { z } from "zod";
import { failures, schemaVersion } from "./common";

const likelihood = z.enum(["certainly", "most likely", "possibly"]);

/** What `orphans --json` prints. */
export const orphansJson = z.object({
  schemaVersion,
  account: z.string().nullable().describe("Null when STS does not tell."),
  regions: z.array(z.string()).describe("Regions that were read."),
  failures,
  stacks: z.array(z.string()),
  otherAccounts: z.array(z.string()).describe("Accounts of the states that were not read."),
  orphans: z.array(
    z.object({
      segmentId: z.string(),
      regionId: z.string(),
      status: z.string(),
      cidrBlock: z.string().optional(),
      createTime: z.string().optional(),
      owners: z.array(z.string()).describe("ClientTokens in the ownership tags of its EIPs."),
      addresses: z.array(
        z.object({
          ipAddress: z.string(),
          allocationId: z.string(),
          attachedTo: z.string().nullable(),
        }),
      ),
      madeBy: z.array(z.object({ urn: z.string(), likelihood, grounds: z.string() })),
      abandonedBy: z.string().optional().describe("URN whose state names it as never seen."),
      taggedFor: z.string().optional().describe("URN that its ownership tag belongs to."),
    }),
  ),
  pending: z.array(
    z.object({
      stack: z.string(),
      urn: z.string(),
      finishedAs: z.string().optional().describe("Segment with which a later run finished it."),
      matches: z.array(z.object({ segmentId: z.string(), likelihood, grounds: z.string() })),
    }),
  ),
});

export type OrphansJson = z.infer<typeof orphansJson>;
