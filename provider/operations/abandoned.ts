import { describeSegment } from "./describe-segment";
import { releaseSegment } from "./release-segment";
import type { SegmentDeps } from "./ready-segment";

/**
 * Looks once more for the ids that earlier generations of a request answered and that were not seen then. One that is there
 * now was made by this very request, beside the segment that was accepted: it is released, so that it is not paid for.
 *
 * @param deadline - ms by the clock.
 */
export async function releaseAbandoned(
  deps: SegmentDeps & { say: (line: string) => void },
  regionId: string,
  abandoned: readonly string[],
  deadline: number,
): Promise<void> {
  for (const segmentId of abandoned) {
    if ((await describeSegment(deps.api, regionId, segmentId, deadline)) !== undefined) {
      await releaseSegment(deps, regionId, segmentId, deadline);
      deps.say(
        `Segment ${segmentId} appeared after all and was released: another one was accepted in its place.`,
      );
    }
  }
}
