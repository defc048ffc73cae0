import { randomUUID } from "node:crypto";
import type { VpcApi } from "../client/vpc-api";
import type { Clock, Deadline } from "../util/clock";
import { ApiError, EipSegmentError, NoResponseError, WaitTimeoutError } from "../util/errors";
import { usesOf } from "./address-use";
import { pauseAfter } from "./refusal-pauses";
import { confirmMs } from "./region";
import type { Region } from "./region";
import type { Fate } from "./region-reader";
import { ofOtherOwner, ownerOf } from "./segment";
import type { Eip, Segment } from "./segment";

/** Pause before an incomplete list of EIPs is requested again, in ms. */
const relistMs = 1000;

/** What a release works with. */
export interface ReleaseContext {
  api: VpcApi;
  clock: Clock;
}

/** A segment to be released. */
export interface ReleaseRequest {
  region: Region;
  segmentId: string;
  /** EIPs that are recorded for it. */
  allocationIds: readonly string[];
  /** Tokens in the ownership tag of whoever releases; any other is somebody else's. */
  ownTokens: readonly (string | undefined)[];
  /** How long it may stay unlisted before it counts as absent, in ms. @default 0 */
  unlistedMs?: number;
  deadline: Deadline;
}

/** How a release ended: `owner` is the token in its ownership tag, and `fate` what was found instead of a listed segment. */
export type ReleaseEnd =
  { kind: "released" } | { kind: "owned"; owner: string } | { kind: "absent"; fate: Fate };

/**
 * Releases a segment and waits until nothing of it is left. A segment still being allocated is waited for first, and one whose
 * ownership tag names somebody else stays. One that is not listed although its EIPs are there is released all the same.
 *
 * @throws EipSegmentError naming every EIP in use before anything is released; ApiError when the cloud refuses; WaitTimeoutError at the
 *   deadline.
 */
export async function releaseSegment(context: ReleaseContext, request: ReleaseRequest): Promise<ReleaseEnd> {
  const { region, segmentId, allocationIds, unlistedMs, deadline } = request;
  const segment = await region.waitUntilSettled(segmentId, deadline, unlistedMs);
  if (segment === undefined) {
    const fate = await region.fateOfUnlisted(segmentId, allocationIds, deadline);
    if (fate.kind !== "unlisted") {
      return { kind: "absent", fate };
    }
  }
  if (segment?.status !== "Releasing") {
    const owner = await sendRelease(context, request, segment ?? { segmentId });
    if (owner !== undefined) {
      return { kind: "owned", owner };
    }
  }
  await region.waitUntilGone(segmentId, allocationIds, deadline);
  return { kind: "released" };
}

/** Sends the release until it is accepted; returns somebody else's token where nothing may be sent. */
async function sendRelease(
  { api, clock }: ReleaseContext,
  request: ReleaseRequest,
  segment: Pick<Segment, "segmentId" | "cidrBlock">,
): Promise<string | undefined> {
  const { region, segmentId, ownTokens, deadline } = request;
  const { regionId } = region;
  for (let refusals = 1; ; refusals++) {
    const eips = await eipsToCheck(clock, request, segment);
    const other = ofOtherOwner(eips, ownTokens);
    if (other !== undefined) {
      return ownerOf(other);
    }
    refuseInUse(segmentId, eips);
    try {
      // A random token per try: a remembered refusal must not answer for a later state of the segment.
      await api.releaseEipSegmentAddress({ regionId, segmentId, clientToken: randomUUID() }, deadline.call);
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      if (error.errorClass === "absent") {
        return undefined;
      }
      const pauseMs = pauseAfter(error, refusals);
      if (pauseMs === undefined || pauseMs >= deadline.leftMs) {
        throw error;
      }
      await clock.sleep(pauseMs);
      // Any other status, documented or not, is one of a segment that nobody has released yet.
      if (((await region.find(segmentId, deadline))?.status ?? "Releasing") === "Releasing") {
        return undefined;
      }
    }
  }
}

/** EIPs by which it is decided whether a segment may be released: a list that lacks recorded ones is not believed at once. */
async function eipsToCheck(
  clock: Clock,
  { region, allocationIds, deadline }: ReleaseRequest,
  segment: Pick<Segment, "segmentId" | "cidrBlock">,
): Promise<Eip[]> {
  const startedAt = clock.now();
  for (;;) {
    const eips = await region.listEips(segment, deadline, true);
    const isBelieved = eips.length >= allocationIds.length || clock.now() - startedAt >= confirmMs;
    if (isBelieved || deadline.leftMs <= relistMs) return eips;
    await clock.sleep(relistMs);
  }
}

function refuseInUse(segmentId: string, eips: readonly Eip[]): void {
  const obstacles = eips.flatMap((eip) => {
    // What is changing settles within seconds, and the cloud refuses the release until then.
    const uses = usesOf(eip)
      .filter(({ kind }) => kind !== "changing")
      .map(({ is }) => is);
    const all = eip.deletionProtection ? [...uses, "protected against deletion"] : uses;
    return all.map((is) => `${eip.ipAddress} (${eip.allocationId}) is ${is}`);
  });
  if (obstacles.length > 0) {
    throw new EipSegmentError(
      `Segment ${segmentId} was not released, because addresses are in use: ${obstacles.join("; ")}. ` +
        "Detach them and run the command again.",
    );
  }
}

/**
 * Checks once more for the ids that other generations of a request returned and that were not listed then. One that is there now
 * was made by this very request, beside the segment that was accepted: it is released, so that it is not paid for. One that
 * somebody claims or uses stays.
 *
 * @param isHeld - Whether the stack holds a segment.
 * @throws ApiError, NoResponseError and WaitTimeoutError, which may pass: the ids are to be checked again then.
 */
export async function releaseAbandoned(
  context: ReleaseContext & { log: (line: string) => void },
  region: Region,
  abandoned: readonly string[],
  isHeld: (segmentId: string) => boolean,
  deadline: Deadline,
): Promise<void> {
  for (const segmentId of abandoned) {
    if (isHeld(segmentId) || (await region.find(segmentId, deadline)) === undefined) {
      continue;
    }
    const what = `Segment ${segmentId} was listed late, after another one had been accepted in its place.`;
    try {
      const end = await releaseSegment(context, {
        region,
        segmentId,
        allocationIds: [],
        ownTokens: [],
        deadline,
      });
      if (end.kind === "owned") {
        context.log(`${what} It was not released: its ownership tag names another request (${end.owner}).`);
      } else if (end.kind === "released") {
        context.log(`${what} It was released.`);
      }
    } catch (error) {
      const mayPass = [ApiError, NoResponseError, WaitTimeoutError].some((kind) => error instanceof kind);
      if (mayPass || !(error instanceof EipSegmentError)) {
        throw error;
      }
      context.log(`${what} ${error.message}`);
    }
  }
}
