import { z } from "zod";
import { EipSegmentError } from "../util/errors";
import { unknownMarker } from "../inputs/preview-unknown";

const lostInput = z.object({ property: z.string(), problem: z.string().optional() });

/** Something that the program wrote and Pulumi's SDK does not pass on; without a problem the name itself is none of an input. */
export type LostInput = z.infer<typeof lostInput>;

const checkpointSchema = z.object({
  readable: z.boolean(),
  held: z.array(
    z.object({
      urn: z.string(),
      segmentId: z.string(),
      clientToken: z.string().optional(),
      regionId: z.string().optional(),
      eipMask: z.number().optional(),
      creation: z.string().optional(),
    }),
  ),
});

const originSchema = z.object({
  organization: z.string(),
  urn: z.string().startsWith("urn:pulumi:"),
  secrets: z.array(z.string()).default([]),
  // What hangs on a value that is not known during this preview is not known either.
  lost: z
    .array(z.union([z.array(lostInput), z.literal(unknownMarker).transform(() => [])]))
    .default([])
    .transform((lists): LostInput[] => lists.flat()),
  settings: z.array(z.string()).default([]),
  /** As JSON; as an object from programs of earlier versions. */
  checkpoint: z.unknown(),
});

/** What the stack's last checkpoint says. */
type Checkpoint = z.infer<typeof checkpointSchema>;

/** One segment that the stack's last checkpoint holds. */
export type HeldSegment = Checkpoint["held"][number];

/** Which resource is asked for, and what its stack held before this run. */
export interface Origin {
  organization: string;
  urn: string;
  /** Names of the inputs that the program marks as secret. */
  secrets: string[];
  /** What the SDK does not pass on. */
  lost: LostInput[];
  /** Keys of this package's own settings in the stack's configuration. */
  settings: string[];
  /** False when the stack's checkpoint could not be read: nothing may be concluded from `held` then. */
  readable: boolean;
  held: HeldSegment[];
}

/** What the checkpoint holds under the resource's own URN. */
export function recordedAs({ urn, held }: Origin): HeldSegment | undefined {
  return held.find((segment) => segment.urn === urn);
}

/** Reads what programs say about their resources. All resources of a run bring the same checkpoint, which is read once. */
export class OriginReader {
  private text: string | undefined;
  private checkpoint: Checkpoint | undefined;

  /**
   * Reads what the program side of this package says about one resource.
   *
   * @throws EipSegmentError when it says nothing, as when a program builds the resource without the class of this package.
   */
  public read(value: unknown): Origin {
    const parsed = originSchema.safeParse(value);
    if (parsed.success) {
      const { checkpoint: told, ...rest } = parsed.data;
      const checkpoint = this.checkpointOf(told);
      if (checkpoint !== undefined) {
        return { ...rest, ...checkpoint };
      }
    }
    throw new EipSegmentError(
      "The input __origin is missing. Declare the segment with the class EipSegment of pulumi-alicloud-eip-segment, " +
        'without a transformation that removes __origin or adds ignoreChanges: ["*"].',
    );
  }

  private checkpointOf(value: unknown): Checkpoint | undefined {
    if (typeof value !== "string") {
      return checkpointSchema.safeParse(value).data;
    }
    if (this.checkpoint === undefined || value !== this.text) {
      this.checkpoint = checkpointSchema.safeParse(jsonOf(value)).data;
      this.text = value;
    }
    return this.checkpoint;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
