import { ApiError, EipSegmentError, NoAnswerError, WaitTimeoutError } from "../util/errors";
import { describeSegment } from "./describe-segment";
import { releaseSegment } from "./release-segment";
import type { SegmentDeps } from "./ready-segment";

/**
 * Looks once more for the ids that other generations of a request answered and that were not seen then. One that is there now
 * was made by this very request, beside the segment that was accepted: it is released, so that it is not paid for. One that
 * somebody claims or uses stays.
 *
 * @param isHeld - Whether the stack holds a segment.
 * @param deadline - ms by the clock.
 */
export async function releaseAbandoned(
  deps: SegmentDeps & { say: (line: string) => void },
  regionId: string,
  abandoned: readonly string[],
  isHeld: (segmentId: string) => boolean,
  deadline: number,
): Promise<void> {
  for (const segmentId of abandoned) {
    if (isHeld(segmentId) || (await describeSegment(deps.api, regionId, segmentId, deadline)) === undefined) {
      continue;
    }
    try {
      const end = await releaseSegment(deps, regionId, segmentId, [], deadline);
      if (end.kind === "owned") {
        deps.say(
          `Segment ${segmentId} appeared after all, beside the accepted one. Its ownership tag says that another run has it (${end.owner}), so it stays.`,
        );
      } else if (end.kind === "released") {
        deps.say(
          `Segment ${segmentId} appeared after all and was released: another one was accepted in its place.`,
        );
      }
    } catch (error) {
      const mayPass = [ApiError, NoAnswerError, WaitTimeoutError].some((kind) => kind.isInstance(error));
      if (mayPass || !EipSegmentError.isInstance(error)) {
        throw error;
      }
      deps.say(`Segment ${segmentId} appeared after all, beside the accepted one. ${error.message}`);
    }
  }
}
