import { ApiError, EipSegmentError, NoAnswerError, WaitTimeoutError } from "../leaves/errors";
import { describeSegment } from "./describe-segment";
import { listEips } from "./list-eips";
import { ownerOf } from "./ownership-tag";
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
      await refuseOwned(deps, regionId, segmentId, deadline);
      await releaseSegment(deps, regionId, segmentId, deadline);
      deps.say(
        `Segment ${segmentId} appeared after all and was released: another one was accepted in its place.`,
      );
    } catch (error) {
      const mayPass = [ApiError, NoAnswerError, WaitTimeoutError].some((kind) => kind.isInstance(error));
      if (mayPass || !EipSegmentError.isInstance(error)) {
        throw error;
      }
      deps.say(`Segment ${segmentId} appeared after all, beside the accepted one. ${error.message}`);
    }
  }
}

async function refuseOwned(
  { api, watch }: SegmentDeps,
  regionId: string,
  segmentId: string,
  deadline: number,
): Promise<void> {
  await watch.wait({
    regionId,
    segmentId,
    wanted: "Allocated, to be released",
    until: (segment) => (segment?.status === "Allocating" ? undefined : true),
    deadline,
  });
  const eips = await listEips(api, { regionId, segmentId }, deadline);
  const owner = eips.map(ownerOf).find((token) => token !== undefined);
  if (owner !== undefined) {
    throw new EipSegmentError(`Its ownership tag says that another run has it (${owner}), so it stays.`);
  }
}
