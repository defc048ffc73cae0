import { z } from "zod";
import { count, failures, schemaVersion } from "./common";

/** What `list --json` prints. */
export const listJson = z.object({
  schemaVersion,
  regions: z.array(z.string()).describe("Regions that were read."),
  failures,
  segments: z.array(
    z.object({
      segmentId: z.string(),
      regionId: z.string(),
      zone: z.string().optional(),
      status: z.string(),
      cidrBlock: z.string().optional(),
      createTime: z.string().optional(),
      ageSeconds: count.optional(),
      owners: z.array(z.string()).describe("ClientTokens in the ownership tags of its EIPs."),
      addressesTotal: count,
      addressesUsed: count,
    }),
  ),
});

export type ListJson = z.infer<typeof listJson>;
