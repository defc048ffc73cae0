import { z } from "zod";
import { count, schemaVersion } from "./common";

/** What `doctor --json` prints. */
export const doctorJson = z.object({
  schemaVersion,
  version: z.string().describe("Version of the package."),
  counts: z.object({ ok: count, warning: count, failed: count, notTried: count }),
  checks: z.array(
    z.object({
      status: z.enum(["ok", "warning", "failed", "not tried"]),
      subject: z.string(),
      finding: z.string(),
      remedy: z.string().optional(),
    }),
  ),
});

export type DoctorJson = z.infer<typeof doctorJson>;
