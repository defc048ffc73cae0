import { z } from "zod";
import { EipSegmentError } from "../leaves/errors";

const originSchema = z.object({
  organization: z.string(),
  urn: z.string().startsWith("urn:pulumi:"),
  secrets: z.array(z.string()).default([]),
  checkpoint: z.object({
    readable: z.boolean(),
    held: z.array(
      z.object({
        urn: z.string(),
        segmentId: z.string(),
        clientToken: z.string().optional(),
        regionId: z.string().optional(),
        creation: z.string().optional(),
      }),
    ),
  }),
});

/** One segment that the stack's last checkpoint holds. */
export type HeldSegment = z.infer<typeof originSchema>["checkpoint"]["held"][number];

/** Which resource is asked for, and what its stack held before this run. */
export interface Origin {
  organization: string;
  urn: string;
  /** Names of the inputs that the program marks as secret. */
  secrets: string[];
  /** False when the stack's checkpoint could not be read: nothing may be concluded from `held` then. */
  readable: boolean;
  held: HeldSegment[];
}

/**
 * Reads what the program side of this package says about the resource.
 *
 * @throws EipSegmentError when it says nothing, as when a program builds the resource without the class of this package.
 */
export function readOrigin(value: unknown): Origin {
  const parsed = originSchema.safeParse(value);
  if (!parsed.success) {
    throw new EipSegmentError(
      "The program does not say which resource this is. Declare segments with the class EipSegment of pulumi-alicloud-eip-segment, " +
        "and let no transformation remove the input __origin.",
    );
  }
  const { checkpoint, ...rest } = parsed.data;
  return { ...rest, ...checkpoint };
}
