import type { AllocateRequest } from "../client/vpc-api";
import type { Instant } from "../util/clock";
import { ApiError, EipSegmentError } from "../util/errors";
import { allocate } from "./allocate";
import type { AllocateContext } from "./allocate";
import { formatToken, maxGenerations, parseToken } from "./client-token";
import type { ReleasedSegments } from "./released-segments";
import { nextGeneration } from "./recovery";
import type { RecoveryRequest } from "./recovery";
import type { RegionListing } from "./region-reader";
import { listOf } from "./segment";
import type { Segment } from "./segment";
import type { Creation } from "./creations-in-flight";

/** What acquiring a segment works with. */
export interface AcquireContext extends AllocateContext {
  releasedSegments: ReleasedSegments;
  /** How long a new segment may stay unlisted before it counts as absent. */
  graceMs: number;
}

/** What is requested from the cloud, and what may not be touched on the way. */
export interface AcquireRequest extends RecoveryRequest {
  /** Everything but the token. */
  settings: Omit<AllocateRequest, "clientToken">;
  /** Whether the stack holds a segment, or this process made it for another resource. */
  isHeld: (segmentId: string) => boolean;
}

/** A segment that answers for the resource, still to become ready. */
export interface AcquiredSegment {
  segmentId: string;
  /** Token that made it: the requested one or one of a later generation. */
  clientToken: string;
  /** True when an interrupted run made it: it may be used only after `confirmRecoverable`. */
  isRecovered: boolean;
  /** Ids that other generations returned and that were never listed. */
  abandoned: string[];
  /** When the cloud returned it. */
  returnedAt: Instant;
  /** The region before this process allocated its first segment there. */
  before: RegionListing;
}

/** A response whose segment has not been listed yet. */
type Unlisted = Pick<AcquiredSegment, "segmentId" | "clientToken" | "returnedAt">;

/** Requests of one run that may follow a response whose segment nothing explains. */
const mostFurtherRequests = 2;

/** Grace times that the last of them is waited for. */
const lastGraces = 6;

/**
 * Sends AllocateEipSegmentAddress until a response names a segment of this resource alone.
 *
 * The cloud answers a repeated ClientToken with the segment of the first request, for as long as it remembers the token.
 * That is wanted after an interrupted run, and fatal when the stack holds that segment already or has released it: then the
 * next generation of the token makes a new request.
 *
 * @throws ApiError when the cloud refuses; EipSegmentError when it is ambiguous whose segment was returned, after 16 generations, or
 *   after three responses whose segments are never listed. The message names every id that was returned and never listed.
 */
export async function acquireSegment(
  context: AcquireContext,
  request: AcquireRequest,
): Promise<AcquiredSegment> {
  const creation = context.creationsInFlight.begin();
  const acquisition = new Acquisition(context, request, creation);
  try {
    return await acquisition.walkGenerations();
  } catch (error) {
    throw acquisition.namingUnlisted(error);
  } finally {
    creation.end();
  }
}

class Acquisition {
  private readonly unlisted: Unlisted[] = [];
  private readonly reported = new Set<string>();
  private spentTokens = 0;

  constructor(
    private readonly context: AcquireContext,
    private readonly request: AcquireRequest,
    private readonly creation: Creation,
  ) {}

  async walkGenerations(): Promise<AcquiredSegment> {
    const { clientToken, settings, region, deadline, isHeld } = this.request;
    const start = parseToken(clientToken);
    if (start === undefined) {
      throw new EipSegmentError(
        `The ClientToken ${clientToken} does not come from this package. Declare the segment as a new resource.`,
      );
    }
    const before = await region.beforeAllocation(deadline);
    for (let generation = start.generation; generation < start.generation + maxGenerations;) {
      const token = formatToken({ digest: start.digest, generation });
      const outcome = await allocate(this.context, { ...settings, clientToken: token }, deadline);
      if (outcome.kind === "spent" && this.spentTokens++ >= mostFurtherRequests) throw outcome.error;
      if (outcome.kind !== "segment") {
        generation = await this.generationAfter(generation, outcome.kind === "otherSettings", before);
        continue;
      }
      const { segmentId } = outcome;
      // One that was released and is listed again exists, and is paid for.
      const listed = before.segments.get(segmentId);
      const isDead =
        listed === undefined ? this.context.releasedSegments.has(segmentId) : listed.status === "Releasing";
      if (!isHeld(segmentId) && !isDead) {
        const returned = { segmentId, clientToken: token, returnedAt: this.context.clock.now() };
        const found = await this.findListed(returned, before);
        if (found !== undefined) {
          return this.acquired(found, returned, before);
        }
      }
      generation += 1;
    }
    throw new EipSegmentError(
      `The cloud returned released segments, or segments of other resources, for ${maxGenerations} requests in a row. None of them was adopted. ` +
        "Run `pulumi config set eipSegment:tokenSalt any-new-text`, then `pulumi up` again.",
    );
  }

  private acquired(found: Unlisted, newest: Unlisted, before: RegionListing): AcquiredSegment {
    const wasThere = (id: string): boolean => before.segments.has(id);
    const { segmentId, clientToken, returnedAt } = found;
    return {
      ...{ segmentId, clientToken, returnedAt, before },
      // A listing that stayed incomplete may have left a segment out that existed.
      isRecovered: wasThere(segmentId) || !before.isComplete,
      // What existed before was not made by this run, so it is not this run's to release.
      abandoned: idsOf([...this.unlisted, newest].filter((one) => one !== found)).filter(
        (id) => !wasThere(id),
      ),
    };
  }

  /** The generation to request after one whose token belongs to an earlier request that names no segment. */
  private async generationAfter(
    generation: number,
    hadOtherSettings: boolean,
    before: RegionListing,
  ): Promise<number> {
    const { region, deadline } = this.request;
    const decide = async (): ReturnType<typeof nextGeneration> =>
      nextGeneration(this.request, { generation, hadOtherSettings }, await region.list(deadline), () =>
        this.creation.othersSettled(),
      );
    let next = await decide();
    // What earlier runs made is listed a grace time after this process began to list the region, at the latest.
    const leftMs = before.listedAt + this.context.graceMs - this.context.clock.now();
    if (leftMs > 0 && next.generation === generation + 1) {
      await this.context.clock.sleep(leftMs);
      next = await decide();
    }
    this.report(next.older);
    return next.generation;
  }

  /** Says, once for each, that a segment may come from an earlier run, although it is too old to stop this one. */
  private report(older: readonly Segment[]): void {
    const unreported = older.filter(({ segmentId }) => !this.reported.has(segmentId));
    for (const { segmentId } of unreported) this.reported.add(segmentId);
    if (unreported.length > 0) {
      this.context.log(
        `An earlier request for this resource had other settings, so a new segment is allocated. That request may have allocated one of these segments, ` +
          `which this stack does not record: ${listOf(unreported)}. Release it if it is yours and not needed.`,
      );
    }
  }

  /**
   * The response whose segment exists: the newest one, or an earlier one that took longer than the grace time to be listed.
   * Undefined when all are dead; the newest is then among the unlisted.
   */
  private async findListed(newest: Unlisted, before: RegionListing): Promise<Unlisted | undefined> {
    const isLast = this.unlisted.length >= mostFurtherRequests;
    try {
      const { graceMs } = this.context;
      let status = await this.statusOf(newest, isLast ? graceMs * lastGraces : graceMs, before);
      for (const late of status === "absent" ? this.unlisted : []) {
        const listed = await this.request.region.find(late.segmentId, this.request.deadline);
        if (listed !== undefined && listed.status !== "Releasing") {
          // The region is slower than the grace time, so the newest response gets the time that the earlier one has taken.
          status = await this.statusOf(newest, this.context.clock.now() - late.returnedAt, before);
          if (status === "absent") {
            return late;
          }
          break;
        }
      }
      if (status !== "absent") {
        return status === "Releasing" ? undefined : newest;
      }
    } catch (error) {
      // An unconfirmed segment of an interrupted run gets no state, or a later destroy would release it.
      if (before.segments.has(newest.segmentId)) {
        throw error;
      }
      // A request that fails says nothing: the id stays, and is checked again with the creation's own time.
      return newest;
    }
    this.unlisted.push(newest);
    if (isLast) {
      throw new EipSegmentError(
        `${this.request.region.regionId} listed none of the ${this.unlisted.length} segments that the cloud returned for this resource, so no more are requested. ` +
          "Run `pulumi stack export | npx --no eip-segment orphans` to find those that exist, and `pulumi config set eipSegment:tokenSalt any-new-text` before the next `pulumi up`.",
      );
    }
    this.context.log(
      `Segment ${newest.segmentId} is not listed in ${this.request.region.regionId}, so another request is sent under the next ClientToken.`,
    );
    return undefined;
  }

  /**
   * Status of a returned segment once it is listed; `absent` when neither it nor an EIP of it is listed for the grace time, or when it is
   * new and listed as Releasing, which explains as little.
   */
  private async statusOf({ segmentId }: Unlisted, graceMs: number, before: RegionListing): Promise<string> {
    const { log } = this.context;
    const { region, deadline } = this.request;
    const segment = await region.waitUntilListed(segmentId, deadline, graceMs, () => {
      if (this.reported.has(segmentId)) return;
      this.reported.add(segmentId);
      log(
        `${region.regionId} does not list segment ${segmentId}, which the cloud returned for this ClientToken. Waiting up to ${Math.round(graceMs / 1000)} s: ` +
          "it is new and listed late, or was released. To avoid this wait in pipelines that deploy and destroy one stack often, set eipSegment:tokenSalt.",
      );
    });
    if (segment !== undefined) {
      return segment.status === "Releasing" && !before.segments.has(segmentId) ? "absent" : segment.status;
    }
    const fate = await region.fateOfUnlisted(segmentId, [], deadline);
    return fate.kind === "unlisted" ? "Allocating" : "absent";
  }

  namingUnlisted(error: unknown): unknown {
    if (this.unlisted.length === 0 || !(error instanceof EipSegmentError)) {
      return error;
    }
    const message = `${error.message} The cloud also returned ${idsOf(this.unlisted).join(", ")} without listing them: check the EIP console.`;
    return error instanceof ApiError ? new ApiError(message, error) : new EipSegmentError(message);
  }
}

const idsOf = (unlisted: readonly Unlisted[]): string[] => unlisted.map(({ segmentId }) => segmentId);
