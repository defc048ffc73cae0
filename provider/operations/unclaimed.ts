import type { SegmentReply, VpcApi } from "../client/vpc-api";
import type { Clock } from "../leaves/clock";
import { EipSegmentError } from "../leaves/errors";
import { listSegments } from "./describe-segment";
import { listEips } from "./list-eips";
import { ownerOf } from "./ownership-tag";
import type { SegmentWatch } from "./segment-watch";

/** Where to look for segments that an interrupted run may have made, and which ones surely were not. */
export interface UnclaimedRequest {
  settings: { regionId: string };
  /** Whether the stack holds a segment, or this process made it. */
  isHeld: (segmentId: string) => boolean;
  /** Segments that the user says are none of this stack's. */
  ignoredIds: ReadonlySet<string>;
  /** ms by the clock. */
  deadline: number;
}

/** A segment older than this cannot be what an interrupted run of the same day left behind. */
const recentMs = 24 * 3_600_000;

/**
 * Stops when the region holds segments that an earlier request of the same resource may have made: an
 * IdempotentParameterMismatch says that there was one, with other settings.
 *
 * @throws EipSegmentError listing the segments and the ways on. Nothing was changed then.
 */
export async function refuseUnclaimed(
  deps: { api: VpcApi; clock: Clock; watch: SegmentWatch },
  request: UnclaimedRequest,
): Promise<void> {
  const unclaimed = await findUnclaimed(deps, request);
  if (unclaimed.length > 0) {
    const list = unclaimed.map(
      ({ segmentId, cidrBlock, createTime }) =>
        `${segmentId} (${cidrBlock ?? "no block yet"}, created ${createTime ?? "at an unknown time"})`,
    );
    throw new EipSegmentError(
      `An earlier request for this resource had other settings, and these segments of ${request.settings.regionId} may belong to it, or to someone else: ` +
        `${list.join(", ")}. Nothing was changed. Write adopt: "${unclaimed[0]?.segmentId ?? ""}" to take one over, release it if it is yours and not wanted, ` +
        "or name those of others in the configuration eipSegment:ignoreUnclaimed.",
    );
  }
}

async function findUnclaimed(
  { api, watch }: { api: VpcApi; watch: SegmentWatch },
  { settings: { regionId }, isHeld, ignoredIds, deadline }: UnclaimedRequest,
): Promise<SegmentReply[]> {
  const { segments, serverTime } = await listSegments(api, regionId, deadline);
  const candidates = [...segments.values()].filter(
    ({ segmentId, status, createTime }) =>
      !isHeld(segmentId) &&
      !ignoredIds.has(segmentId) &&
      status !== "Releasing" &&
      isRecent(createTime, serverTime),
  );
  const unclaimed: SegmentReply[] = [];
  for (const candidate of candidates) {
    const { segmentId } = candidate;
    const settled = await watch.wait({
      regionId,
      segmentId,
      wanted: "settled",
      until: (segment) => (segment?.status === "Allocating" ? undefined : { segment }),
      deadline,
    });
    if (settled.segment?.status === "Allocated") {
      const eips = await listEips(api, { regionId, segmentId }, deadline);
      if (eips.every((eip) => ownerOf(eip) === undefined && eip.status === "Available")) {
        unclaimed.push(settled.segment);
      }
    }
  }
  return unclaimed;
}

/** Without either time nothing is ruled out: asking a user too often beats losing what was paid for. */
function isRecent(createTime: string | undefined, serverTime: number | undefined): boolean {
  const age = (serverTime ?? NaN) - Date.parse(createTime ?? "");
  return !(age > recentMs);
}
