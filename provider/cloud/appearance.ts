import type { SegmentReply } from "../client/vpc-api";
import { describeSegment } from "./describe-segment";
import type { SegmentDeps } from "./ready-segment";

/**
 * The segment as soon as its region lists it; undefined when the region does not for the grace time: what the cloud has just
 * answered may take a while to be listed.
 *
 * @param deadline - ms by the clock.
 * @param graceMs - How long it may stay unlisted, in ms.
 * @throws WaitTimeoutError when the deadline comes first; ApiError and NoAnswerError when describing fails for good.
 */
export async function appearance(
  { api, clock, watch, settings }: SegmentDeps,
  regionId: string,
  segmentId: string,
  deadline: number,
  graceMs: number = settings.replayGraceMs,
): Promise<SegmentReply | undefined> {
  const graceEnds = clock.now() + graceMs;
  const { listed } = await watch.wait({
    regionId,
    segmentId,
    wanted: "listed",
    until: (segment) => (segment !== undefined || clock.now() >= graceEnds ? { listed: segment } : undefined),
    deadline,
  });
  // A page that shifted while it was read is not believed where absence matters.
  return listed ?? describeSegment(api, regionId, segmentId, deadline);
}
