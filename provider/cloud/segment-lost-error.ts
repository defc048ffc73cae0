import { EipSegmentError } from "../util/errors";

/** A segment was released, or the cloud cancelled its allocation, while it was waited for. */
export class SegmentLostError extends EipSegmentError {
  /** @param what - What happened, as a sentence. */
  constructor(
    readonly what: string,
    remedy = "Run `pulumi refresh`, then `pulumi up` to allocate a new one.",
  ) {
    super(`${what} ${remedy}`);
  }
}

/** The error for a segment that is not listed any more, or is being released. */
export const lost = (segmentId: string, regionId: string, isReleasing: boolean): SegmentLostError =>
  isReleasing
    ? new SegmentLostError(
        `Segment ${segmentId} is already being released.`,
        "Wait until it no longer exists, run `pulumi refresh`, then `pulumi up` to allocate a new one.",
      )
    : new SegmentLostError(
        `Segment ${segmentId} is no longer listed in ${regionId}: it was released, or the cloud cancelled the allocation.`,
      );
