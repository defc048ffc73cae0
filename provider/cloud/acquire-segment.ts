import type { AllocateRequest, SegmentReply } from "../client/vpc-api";
import { ApiError, EipSegmentError } from "../util/errors";
import { allocate } from "./allocate";
import type { AllocateDeps } from "./allocate";
import type { Acquisition } from "./allocations";
import { appearance } from "./appearance";
import { formatToken, maxGenerations, parseToken } from "./client-token";
import { describeSegment } from "./describe-segment";
import type { SegmentDeps } from "./ready-segment";
import type { RegionBefore } from "./region-before";
import { listOf, refuseUnclaimed } from "./unclaimed";
import type { UnclaimedRequest } from "./unclaimed";

/** What acquiring a segment works with. */
export interface AcquireDeps extends AllocateDeps, SegmentDeps {
  /** Segments of the region before this process allocated its first one there. */
  before: (regionId: string) => Promise<RegionBefore>;
}

/** What is asked of the cloud, and what may not be touched on the way. */
export interface AcquireRequest extends Omit<UnclaimedRequest, "acquisition" | "deadline"> {
  /** Everything but the token. */
  settings: Omit<AllocateRequest, "clientToken">;
  /** How long each step may take, in ms. Time that a request spends waiting for the account's rate does not count. */
  stepMs: number;
}

/** The request with the end of the step under way, and this creation as others see it. */
type Step = AcquireRequest & UnclaimedRequest;

/** A segment that answers for the resource, still to become ready. */
export interface AcquiredSegment {
  segmentId: string;
  /** Token that made it: the asked one or one of a later generation. */
  clientToken: string;
  /** True when an interrupted run made it: it may be used only after a look at it. */
  survivor: boolean;
  /** Ids that other generations answered and that were never seen. */
  abandoned: string[];
}

/** An answer whose segment has not been listed yet. */
interface Unseen {
  segmentId: string;
  clientToken: string;
  /** ms by the clock. */
  answeredAt: number;
}

/**
 * Sends AllocateEipSegmentAddress until an answer is a segment of this resource alone.
 *
 * The cloud answers a repeated ClientToken with the segment of the first request, for as long as it remembers the token.
 * That is wanted after an interrupted run, and fatal when the stack holds that segment already or has released it: then the
 * next generation of the token makes a new request.
 *
 * @throws ApiError when the cloud refuses; EipSegmentError when it is ambiguous whose segment answers, or after 16
 *   generations. The message names every id that was answered and never seen.
 */
export async function acquireSegment(deps: AcquireDeps, request: AcquireRequest): Promise<AcquiredSegment> {
  const unseen: Unseen[] = [];
  const acquisition = deps.allocations.begin();
  try {
    return await walkGenerations(deps, request, unseen, acquisition);
  } catch (error) {
    throw namingUnseen(error, unseen);
  } finally {
    acquisition.end();
  }
}

async function walkGenerations(
  deps: AcquireDeps,
  request: AcquireRequest,
  unseen: Unseen[],
  acquisition: Acquisition,
): Promise<AcquiredSegment> {
  const { clientToken, settings, stepMs } = request;
  const step = (): Step => ({ ...request, acquisition, deadline: deps.clock.now() + stepMs });
  const start = parseToken(clientToken);
  if (start === undefined) {
    throw new EipSegmentError(
      `The ClientToken ${clientToken} is none of this package's. Declare the segment anew.`,
    );
  }
  const before = await deps.before(settings.regionId);
  const named = new Set<string>();
  for (let generation = start.generation; generation < start.generation + maxGenerations; generation++) {
    const token = formatToken({ digest: start.digest, generation });
    const segmentId = await allocate(deps, { ...settings, clientToken: token }, step().deadline);
    if (segmentId === undefined) {
      const older = await refuseUnclaimed(deps, step(), before.listedAt);
      nameOlder(deps, older, named);
    } else if (!request.isHeld(segmentId) && before.segments.get(segmentId)?.status !== "Releasing") {
      const newest = { segmentId, clientToken: token, answeredAt: deps.clock.now() };
      const wasThere = (id: string): boolean => before.segments.has(id);
      const found = await findListed(deps, step(), newest, unseen, wasThere(segmentId));
      if (found) {
        return {
          segmentId: found.segmentId,
          clientToken: found.clientToken,
          // A listing that stayed incomplete may have left a segment out that was there.
          survivor: wasThere(found.segmentId) || !before.complete,
          // What was there before was not made by this run, so it is not this run's to release.
          abandoned: idsOf([...unseen, newest].filter((one) => one !== found)).filter((id) => !wasThere(id)),
        };
      }
    }
  }
  throw new EipSegmentError(
    `The cloud answered ${maxGenerations} requests in a row with segments that are gone or belong elsewhere; nothing was taken over. ` +
      "Set the configuration eipSegment:tokenSalt to a text of its own and run `pulumi up` again.",
  );
}

/** Says, once for each, that a segment may be what an earlier run bought, although it is too old to stop this one. */
function nameOlder({ say }: AcquireDeps, older: readonly SegmentReply[], named: Set<string>): void {
  const unnamed = older.filter(({ segmentId }) => !named.has(segmentId));
  for (const { segmentId } of unnamed) named.add(segmentId);
  if (unnamed.length > 0) {
    say(
      `An earlier request for this resource had other settings. A new segment is asked for; look whether one of these, which no record of this stack names, is what it bought: ${listOf(unnamed)}.`,
    );
  }
}

/** Whether a segment that was there before is still to stay. */
async function isLive(deps: AcquireDeps, request: Step, segmentId: string): Promise<boolean> {
  const segment = await describeSegment(deps.api, request.settings.regionId, segmentId, request.deadline);
  return segment !== undefined && segment.status !== "Releasing";
}

/**
 * The answer whose segment is there: the newest one, or an earlier one that took longer than the grace time to be listed.
 * Undefined when all are dead; the newest is then noted among the unseen.
 *
 * @param wasThere - Whether the newest one's segment was there before this process asked for it.
 */
async function findListed(
  deps: AcquireDeps,
  request: Step,
  newest: Unseen,
  unseen: Unseen[],
  wasThere: boolean,
): Promise<Unseen | undefined> {
  const { deadline, settings } = request;
  const { regionId } = settings;
  const status = async (graceMs?: number): Promise<string> => {
    const segment = await appearance(deps, regionId, newest.segmentId, deadline, graceMs);
    return segment?.status ?? "absent";
  };
  try {
    let found = await status();
    for (const late of found === "absent" ? unseen : []) {
      if (await isLive(deps, request, late.segmentId)) {
        // The region is slower than the grace time, so the newest answer gets the time that the earlier one has taken.
        found = await status(deps.clock.now() - late.answeredAt);
        if (found === "absent") {
          return late;
        }
        break;
      }
    }
    if (found !== "absent") {
      return found === "Releasing" ? undefined : newest;
    }
  } catch (error) {
    // An unconfirmed survivor gets no state, or a later destroy would release it.
    if (wasThere) {
      throw error;
    }
    // A look that fails says nothing: the id stays, and is looked at again with the creation's own time.
    return newest;
  }
  unseen.push(newest);
  deps.say(
    `The cloud answered with segment ${newest.segmentId}, which ${regionId} does not list; asking anew, as is usual soon after a release.`,
  );
  return undefined;
}

const idsOf = (unseen: readonly Unseen[]): string[] => unseen.map(({ segmentId }) => segmentId);

function namingUnseen(error: unknown, unseen: readonly Unseen[]): unknown {
  if (unseen.length === 0 || !EipSegmentError.isInstance(error)) {
    return error;
  }
  const message =
    `${error.message} The cloud also answered with ${idsOf(unseen).join(", ")} and did not list what it answered: ` +
    "look in the EIP console whether it is there after all.";
  return ApiError.isInstance(error) ? new ApiError(message, error) : new EipSegmentError(message);
}
