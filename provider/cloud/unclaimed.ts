import type { SegmentReply } from "../client/vpc-api";
import { EipSegmentError } from "../util/errors";
import type { AllocateDeps } from "./allocate";
import type { Acquisition } from "./allocations";
import { parseToken } from "./client-token";
import { listEips } from "./list-eips";
import { ownerOf } from "./ownership-tag";
import type { SegmentDeps } from "./ready-segment";
import { listRegion } from "./region-before";

/** Where to look for segments that an interrupted run may have made, and which ones surely were not. */
export interface UnclaimedRequest {
  settings: { regionId: string };
  /** Token of the resource, of whatever generation. */
  clientToken: string;
  /** Whether the stack holds a segment, or this process made it. */
  isHeld: (segmentId: string) => boolean;
  /** This creation, as the others of its process see it. */
  acquisition: Acquisition;
  /** Segments that the user says are none of this stack's. */
  ignoredIds: ReadonlySet<string>;
  /** ms by the clock. */
  deadline: number;
}

type UnclaimedDeps = SegmentDeps & Pick<AllocateDeps, "allocations">;

/** A segment older than this stops no run: it is named, so that nothing which was paid for is passed over without a word. */
const recentMs = 24 * 3_600_000;

/**
 * Stops when the region holds segments that an earlier request of the same resource may have made: an
 * IdempotentParameterMismatch says that there was one, with other settings.
 *
 * @param startedAt - When this process began to look at the region, by the clock: what earlier runs made is listed a grace
 *   time after that at the latest.
 * @returns What nobody has either, but is older than a day.
 * @throws EipSegmentError listing the segments and the ways on. Nothing was changed then.
 */
export async function refuseUnclaimed(
  deps: UnclaimedDeps,
  request: UnclaimedRequest,
  startedAt: number,
): Promise<SegmentReply[]> {
  const older = refuseRecent(await findUnclaimed(deps, request), request);
  const tooSoonFor = startedAt + deps.settings.replayGraceMs - deps.clock.now();
  if (tooSoonFor <= 0) {
    return older;
  }
  await deps.clock.sleep(tooSoonFor);
  return refuseRecent(await findUnclaimed(deps, request), request);
}

/** Segments as a list for the user. */
export function listOf(segments: readonly SegmentReply[]): string {
  return segments
    .map(
      ({ segmentId, cidrBlock, createTime }) =>
        `${segmentId} (${cidrBlock ?? "no block yet"}, created ${createTime ?? "at an unknown time"})`,
    )
    .join(", ");
}

/** Segments that nobody has, by their age. */
interface Unclaimed {
  recent: SegmentReply[];
  older: SegmentReply[];
}

function refuseRecent({ recent, older }: Unclaimed, { settings }: UnclaimedRequest): SegmentReply[] {
  if (recent.length > 0) {
    throw new EipSegmentError(
      `An earlier request for this resource had other settings, and these segments of ${settings.regionId} may belong to it, or to someone else: ` +
        `${listOf(recent)}. Nothing was changed. Write adopt: "${recent[0]?.segmentId ?? ""}" to take one over, release it if it is yours and not wanted, ` +
        "or name those of others in the configuration eipSegment:ignoreUnclaimed.",
    );
  }
  return older;
}

async function findUnclaimed(deps: UnclaimedDeps, request: UnclaimedRequest): Promise<Unclaimed> {
  const { allocations, api, clock, watch } = deps;
  const { acquisition, clientToken, deadline, ignoredIds, isHeld, settings } = request;
  const { regionId } = settings;
  const { segments, serverTime } = await listRegion({ api, clock }, regionId, deadline);
  const isStranger = (segmentId: string): boolean =>
    !isHeld(segmentId) && !allocations.isAnswer(segmentId) && !ignoredIds.has(segmentId);
  const candidates = [...segments.values()].filter(
    ({ segmentId, status }) => isStranger(segmentId) && status !== "Releasing",
  );
  const isYoung = ({ createTime }: SegmentReply): boolean => isRecent(createTime, serverTime);
  if (candidates.some(isYoung)) {
    // One of them may be what another resource of this run is about to be answered with.
    await acquisition.othersSettled();
  }
  const unclaimed: SegmentReply[] = [];
  for (const { segmentId } of candidates.filter((candidate) => isStranger(candidate.segmentId))) {
    const settled = await watch.wait({
      regionId,
      segmentId,
      wanted: "settled",
      until: (segment) => (segment?.status === "Allocating" ? undefined : { segment }),
      deadline,
    });
    if (settled.segment?.status === "Allocated") {
      const eips = await listEips(api, { regionId, segmentId }, deadline);
      if (eips.every((eip) => isFree(ownerOf(eip), clientToken) && eip.status === "Available")) {
        unclaimed.push(settled.segment);
      }
    }
  }
  return { recent: unclaimed.filter(isYoung), older: unclaimed.filter((segment) => !isYoung(segment)) };
}

/** A run may also have been interrupted after it had tagged its segment, and before the stack's state said so. */
function isFree(owner: string | undefined, clientToken: string): boolean {
  return owner === undefined || parseToken(owner)?.digest === parseToken(clientToken)?.digest;
}

/** Without either time nothing is ruled out: asking a user too often beats losing what was paid for. */
function isRecent(createTime: string | undefined, serverTime: number | undefined): boolean {
  const age = (serverTime ?? NaN) - Date.parse(createTime ?? "");
  return !(age > recentMs);
}
