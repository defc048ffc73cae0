import type { EipReply, SegmentReply, VpcApi } from "../client/vpc-api";
import type { Clock } from "../util/clock";
import { EipSegmentError } from "../util/errors";
import { appearance } from "./appearance";
import { listEips } from "./list-eips";
import type { SegmentWatch } from "./segment-watch";

/** A segment that is there for use, with its EIPs in address order. */
export interface ReadySegment {
  segment: SegmentReply;
  eips: EipReply[];
}

/** What looking at a segment works with. */
export interface SegmentDeps {
  api: VpcApi;
  clock: Clock;
  watch: SegmentWatch;
  settings: {
    /** How long a new segment may stay unlisted before it counts as gone, in ms. */
    replayGraceMs: number;
  };
}

/** How long the list of a ready segment's EIPs may stay shorter than the segment says, in ms. */
const listLagMs = 10_000;

/**
 * Waits until a segment is `Allocated` and its EIPs are listed. A segment that is not listed counts as gone only after the
 * grace time.
 *
 * @param deadline - ms by the clock.
 * @param seen - Told how the segment looks as soon as it is listed, whatever comes after that.
 * @throws WaitTimeoutError at the deadline; EipSegmentError when the segment vanishes or is released meanwhile.
 */
export async function readySegment(
  deps: SegmentDeps,
  regionId: string,
  segmentId: string,
  deadline: number,
  seen: (segment: SegmentReply) => void = () => undefined,
): Promise<ReadySegment> {
  for (;;) {
    const listed = await appearance(deps, regionId, segmentId, deadline);
    if (listed === undefined || listed.status === "Releasing") {
      throw lost(segmentId, regionId, listed);
    }
    seen(listed);
    if (listed.status === "Allocated") {
      return { segment: listed, eips: await listAllEips(deps, listed, regionId, deadline) };
    }
    await deps.watch.wait({
      regionId,
      segmentId,
      wanted: "Allocated",
      until: (now) => (now?.status === "Allocating" ? undefined : true),
      deadline,
    });
  }
}

async function listAllEips(
  { api, clock }: SegmentDeps,
  { segmentId, ipCount = 0, cidrBlock }: SegmentReply,
  regionId: string,
  deadline: number,
): Promise<EipReply[]> {
  const expected = ipCount <= blockSize(cidrBlock) ? ipCount : 0;
  const giveUpAt = clock.now() + listLagMs;
  for (;;) {
    const eips = await listEips(api, { regionId, segmentId }, deadline);
    if (eips.length >= expected || clock.now() >= giveUpAt) {
      return eips;
    }
    await clock.sleep(500);
  }
}

/** Number of addresses in a block such as `161.0.2.32/28`; 0 when there is none. */
export function blockSize(cidrBlock: string | undefined): number {
  const mask = /\/(\d+)$/.exec(cidrBlock ?? "")?.[1];
  return mask === undefined ? 0 : 2 ** (32 - Number(mask));
}

function lost(segmentId: string, regionId: string, seen: SegmentReply | undefined): EipSegmentError {
  const [what, first] =
    seen === undefined
      ? [`is not listed in ${regionId} any more`, "Run"]
      : ["is being released", "Wait until it is gone, and run"];
  return new EipSegmentError(
    `Segment ${segmentId} ${what}: the cloud gave the allocation up, or someone released it. ` +
      `${first} \`pulumi refresh\` and then \`pulumi up\` to make a new one.`,
  );
}
