import type { AllocateRequest, SegmentReply, VpcApi } from "../client/vpc-api";
import type { Clock } from "../leaves/clock";
import { ApiError, EipSegmentError } from "../leaves/errors";
import { formatToken, maxGenerations, parseToken } from "./client-token";
import type { ClientToken } from "./client-token";
import type { SegmentWatch } from "./segment-watch";
import { refuseUnclaimed } from "./unclaimed";
import type { UnclaimedRequest } from "./unclaimed";

/** What acquiring a segment works with. */
export interface AcquireDeps {
  api: VpcApi;
  clock: Clock;
  watch: SegmentWatch;
  say: (line: string) => void;
  /** Segments of the region before this process allocated its first one, by id. */
  liveBefore: (regionId: string) => Promise<ReadonlyMap<string, SegmentReply>>;
}

/** What is asked of the cloud, and what may not be touched on the way. */
export interface AcquireRequest extends UnclaimedRequest {
  /** Everything but the token. */
  settings: Omit<AllocateRequest, "clientToken">;
  clientToken: string;
  /** How long an answered id may stay invisible before its request counts as one of the past, in ms. */
  graceMs: number;
  /** ms by the clock. */
  deadline: number;
}

/** A segment that answers for the resource, still to become ready. */
export interface AcquiredSegment {
  segmentId: string;
  /** Token that made it: the asked one or one of a later generation. */
  clientToken: string;
  /** Status in which it was seen. */
  status: string;
  /** True when an interrupted run made it: it may be used only after a look at it. */
  survivor: boolean;
  /** Ids that earlier generations answered and that were never seen. */
  abandoned: string[];
}

/**
 * Sends AllocateEipSegmentAddress until an answer is a segment of this resource alone.
 *
 * The cloud answers a repeated ClientToken with the segment of the first request, for as long as it remembers the token.
 * That is wanted after an interrupted run, and fatal when the stack holds that segment already or has released it: then the
 * next generation of the token makes a new request.
 *
 * @throws ApiError when the cloud refuses; EipSegmentError when it is ambiguous whose segment answers, or after 16 generations.
 */
export async function acquireSegment(deps: AcquireDeps, request: AcquireRequest): Promise<AcquiredSegment> {
  const start = parseToken(request.clientToken);
  if (start === undefined) {
    throw new EipSegmentError(
      `The ClientToken ${request.clientToken} is none of this package's. Declare the segment anew.`,
    );
  }
  const before = await deps.liveBefore(request.settings.regionId);
  const abandoned: string[] = [];
  for (let generation = start.generation; generation < start.generation + maxGenerations; generation++) {
    const token: ClientToken = { digest: start.digest, generation };
    const segmentId = await allocate(deps, request, formatToken(token));
    if (segmentId === undefined || request.isHeld(segmentId)) {
      continue;
    }
    const status = await statusWithin(deps, request.settings.regionId, segmentId, request.graceMs);
    if (status === undefined) {
      abandoned.push(segmentId);
      deps.say(
        `The cloud answered with segment ${segmentId}, which cannot be seen in ${request.settings.regionId}; asking anew.`,
      );
    } else if (status !== "Releasing") {
      return {
        segmentId,
        clientToken: formatToken(token),
        status,
        survivor: before.has(segmentId),
        abandoned,
      };
    }
  }
  throw new EipSegmentError(
    `The cloud answered ${maxGenerations} requests in a row with segments that are gone or belong elsewhere; nothing was taken over. ` +
      "Set the configuration eipSegment:tokenSalt to a text of its own and run `pulumi up` again.",
  );
}

/** Id that the cloud answers for `clientToken`; undefined when the token belongs to a request with other settings. */
async function allocate(
  deps: AcquireDeps,
  request: AcquireRequest,
  clientToken: string,
): Promise<string | undefined> {
  try {
    const { deadline } = request;
    const { segmentId } = await deps.api.allocateEipSegmentAddress(
      { ...request.settings, clientToken },
      { deadline },
    );
    return segmentId;
  } catch (error) {
    if (ApiError.isInstance(error) && error.code === "IdempotentParameterMismatch") {
      await refuseUnclaimed(deps, request);
      return undefined;
    }
    throw error;
  }
}

/** Status of a segment as soon as it can be seen; undefined when it cannot for `graceMs`. */
async function statusWithin(
  { clock, watch }: AcquireDeps,
  regionId: string,
  segmentId: string,
  graceMs: number,
): Promise<string | undefined> {
  const deadline = clock.now() + graceMs;
  const look = await watch.wait<{ status?: string }>({
    regionId,
    segmentId,
    wanted: "visible",
    until: (segment) => {
      if (segment !== undefined) {
        return { status: segment.status };
      }
      return clock.now() >= deadline ? {} : undefined;
    },
    deadline,
  });
  return look.status;
}
