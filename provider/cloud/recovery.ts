import { EipSegmentError } from "../util/errors";
import { isInUse } from "./address-use";
import type { Deadline } from "../util/clock";
import { parseToken } from "./client-token";
import { listOf, isYoungerThan, ownerOf } from "./segment";
import type { ReadySegment, Segment } from "./segment";
import type { Region } from "./region";
import type { RegionListing } from "./region-reader";

/*
 * What an interrupted run left behind. A segment is recovered only where everything says that it is this resource's: a tag that names
 * somebody else, an address in use or another setting stops the run instead.
 */

/** What is declared, and what is known of the others. */
export interface RecoveryRequest {
  region: Region;
  /** Token of the resource, of whatever generation. */
  clientToken: string;
  /** How a segment differs from what is declared, in words; empty when it does not. */
  differencesFrom: (ready: ReadySegment) => string[];
  /** Whether the stack holds a segment, this process requested it, or the user says that it is none of this stack's. */
  isOthers: (segmentId: string) => boolean;
  deadline: Deadline;
}

/** A tagged segment older than this was finished by its run, and is not what an interrupted one left. */
const finishedMs = 3_600_000;

/** An unclaimed segment older than this stops no run. */
const recentMs = 24 * 3_600_000;

/**
 * Makes sure that a segment, which the cloud returned although this process did not allocate it, is what an interrupted run of this resource
 * left behind, and that nobody uses it.
 *
 * @returns The segment, and whether an interrupted run had tagged it already.
 * @throws EipSegmentError saying what speaks against it and what to do. Nothing was changed then.
 */
export async function confirmRecoverable(
  segmentId: string,
  { region, clientToken, differencesFrom, deadline }: RecoveryRequest,
): Promise<ReadySegment & { isTagged: boolean }> {
  const ready = await region.waitUntilReady(segmentId, deadline);
  const owners = new Set(ready.eips.flatMap((eip) => ownerOf(eip) ?? []));
  const doubts: string[] = [];
  for (const owner of owners) {
    if (owner !== clientToken) {
      doubts.push(`its ownership tag names another request (${owner})`);
    } else if (!(await isFresh(region, ready.segment, deadline))) {
      doubts.push("an earlier run finished it more than an hour ago");
    }
  }
  const used = ready.eips.filter(isInUse).map(({ ipAddress }) => ipAddress);
  if (used.length > 0) {
    doubts.push(`${used.length} of its addresses are in use (${used.join(", ")})`);
  }
  doubts.push(...differencesFrom(ready));
  if (doubts.length > 0) {
    throw new EipSegmentError(
      `The cloud returned segment ${segmentId} (${ready.segment.cidrBlock ?? "no block"}), which an earlier request of this resource allocated, ` +
        `but it cannot be recovered: ${doubts.join("; ")}. Nothing was changed. Set adopt: "${segmentId}" to adopt it, ` +
        "release it if it is yours and not needed, or run `pulumi config set eipSegment:tokenSalt any-new-text` to allocate another one.",
    );
  }
  return { ...ready, isTagged: owners.size > 0 };
}

/** Age by the server's clock alone; unknown counts as old. */
async function isFresh(region: Region, segment: Segment, deadline: Deadline): Promise<boolean> {
  const { serverTime } = await region.list(deadline);
  return isYoungerThan(finishedMs, segment, serverTime) ?? false;
}

/** A segment that nobody claims. */
interface Unclaimed extends ReadySegment {
  /** Generation of this resource's token in its ownership tag; undefined when it carries none. */
  generation: number | undefined;
  isRecent: boolean;
  /** How it differs from what is declared. */
  differences: string[];
}

/**
 * Segments that an earlier request of this resource may have allocated: nobody holds or uses them, and no tag names another resource.
 *
 * @param listing - What the region lists.
 * @param othersSettled - Waits for the other creations of this process: one of them may be about to get a segment that looks unclaimed.
 */
async function findUnclaimed(
  { region, clientToken, differencesFrom, isOthers, deadline }: RecoveryRequest,
  listing: RegionListing,
  othersSettled: () => Promise<void> = () => Promise.resolve(),
): Promise<Unclaimed[]> {
  const digest = parseToken(clientToken)?.digest;
  const isCandidate = ({ segmentId, status }: Segment): boolean =>
    !isOthers(segmentId) && status !== "Releasing";
  const candidates = [...listing.segments.values()].filter(isCandidate);
  if (candidates.some((candidate) => isRecent(candidate, listing))) {
    await othersSettled();
  }
  const unclaimed: Unclaimed[] = [];
  for (const { segmentId } of candidates.filter(isCandidate)) {
    const segment = await region.waitUntilSettled(segmentId, deadline);
    // One with a status that is not documented is there, and paid for.
    if (segment !== undefined && segment.status !== "Releasing") {
      const eips = await region.listEips(segment, deadline);
      const owners = eips.flatMap((eip) => ownerOf(eip) ?? []).map(parseToken);
      if (owners.every((owner) => owner?.digest === digest) && !eips.some(isInUse)) {
        const ready = { segment, eips };
        const differences = differencesFrom(ready);
        unclaimed.push({
          ...ready,
          generation: owners[0]?.generation,
          isRecent: isRecent(segment, listing),
          differences,
        });
      }
    }
  }
  return unclaimed;
}

/**
 * Segments of the last day with the declared settings that nobody claims: what an interrupted run may have left. Older ones are not
 * asked for, because a region may hold many.
 */
export async function findLeftovers(request: RecoveryRequest, listing: RegionListing): Promise<Segment[]> {
  const recent = [...listing.segments].filter(([, segment]) => isRecent(segment, listing));
  const unclaimed = await findUnclaimed(request, { ...listing, segments: new Map(recent) });
  return unclaimed.filter(({ differences }) => differences.length === 0).map(({ segment }) => segment);
}

/** Without either time a segment counts as recent: asking a user too often beats losing what was paid for. */
const isRecent = (segment: Segment, { serverTime }: RegionListing): boolean =>
  isYoungerThan(recentMs, segment, serverTime) ?? true;

/** What to do after a token turned out to be used up: the next generation to request, and segments that are too old to stop the run. */
interface NextGeneration {
  generation: number;
  older: Segment[];
}

/**
 * Decides how to proceed after the cloud said that the token of a generation belongs to an earlier request whose segment it does not name.
 *
 * A segment whose tag names a later generation of this resource came from that one, so that one is requested next. Where the earlier request had
 * other settings, a segment with the declared ones cannot come from it, and is no reason to stop.
 *
 * @throws EipSegmentError listing the segments that may come from it and what to do. Nothing was changed then.
 */
export async function nextGeneration(
  request: RecoveryRequest,
  { generation, hadOtherSettings }: { generation: number; hadOtherSettings: boolean },
  listing: RegionListing,
  othersSettled: () => Promise<void>,
): Promise<NextGeneration> {
  const unclaimed = await findUnclaimed(request, listing, othersSettled);
  const later = unclaimed.flatMap((one) => one.generation ?? []).filter((own) => own > generation);
  if (later.length > 0) {
    return { generation: Math.min(...later), older: [] };
  }
  // Without EIPs the settings are unknown.
  const suspects = unclaimed.filter(
    ({ eips, differences }) => !hadOtherSettings || eips.length === 0 || differences.length > 0,
  );
  const recent = suspects.filter((one) => one.isRecent).map(({ segment }) => segment);
  if (recent.length > 0) {
    const what = hadOtherSettings ? "had other settings" : "failed";
    throw new EipSegmentError(
      `An earlier request for this resource ${what}, and these segments in ${request.region.regionId} may come from it, or belong to someone else: ` +
        `${listOf(recent)}. Nothing was changed. Set adopt: "${recent[0]?.segmentId ?? ""}" to adopt one, release it if it is yours and not needed, ` +
        "or list those of others in the configuration eipSegment:ignoreUnclaimed.",
    );
  }
  return { generation: generation + 1, older: suspects.map(({ segment }) => segment) };
}
