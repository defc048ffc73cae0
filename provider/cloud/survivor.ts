import { EipSegmentError } from "../util/errors";
import { compareSettings, describeDifferences } from "./compare-settings";
import type { SegmentSettings } from "./compare-settings";
import { ownerOf } from "./ownership-tag";
import { readySegment } from "./ready-segment";
import type { SegmentDeps } from "./ready-segment";

/** A live segment that the cloud answered with although this process did not make it. */
export interface SurvivorRequest {
  regionId: string;
  segmentId: string;
  /** Token that the cloud answered for. */
  clientToken: string;
  wanted: SegmentSettings;
  /** Names of settings whose values must not be shown. */
  secrets: readonly string[];
  /** ms by the clock. */
  deadline: number;
}

/** A tagged segment older than this was finished by its run, and is not what an interrupted one left. */
const recentMs = 3_600_000;

/**
 * Makes sure that a segment is what an interrupted run of this resource left behind, and nobody uses it.
 *
 * @throws EipSegmentError saying what speaks against it and the ways on. Nothing was changed then.
 */
export async function confirmSurvivor(deps: SegmentDeps, request: SurvivorRequest): Promise<void> {
  const { regionId, segmentId, clientToken, wanted, secrets, deadline } = request;
  const ready = await readySegment(deps, regionId, segmentId, deadline);
  const owners = new Set(ready.eips.flatMap((eip) => ownerOf(eip) ?? []));
  const doubts: string[] = [];

  for (const owner of owners) {
    if (owner !== clientToken) {
      doubts.push(`its ownership tag names another request (${owner})`);
    } else if (!(await isRecent(deps, regionId, segmentId, deadline))) {
      doubts.push("an earlier run finished it more than an hour ago");
    }
  }
  const used = ready.eips.filter((eip) => eip.status !== "Available" || eip.bandwidthPackageId !== undefined);
  if (used.length > 0) {
    doubts.push(
      `${used.length} of its addresses are in use (${used.map((eip) => eip.ipAddress).join(", ")})`,
    );
  }
  if (ready.eips.length === 0) {
    doubts.push("its addresses are not listed, so nothing is known of their use");
  }
  doubts.push(...describeDifferences(compareSettings(wanted, ready), secrets));
  if (doubts.length > 0) {
    throw new EipSegmentError(
      `The cloud answered with segment ${segmentId} (${ready.segment.cidrBlock ?? "no block"}), which an earlier request of this resource made, ` +
        `but it may not be taken over: ${doubts.join("; ")}. Nothing was changed. Write adopt: "${segmentId}" to take it over, ` +
        "release it if it is yours and not wanted, or set the configuration eipSegment:tokenSalt to get another one.",
    );
  }
}

/** Age by the server's clock alone; unknown counts as old. */
async function isRecent(
  { api }: SegmentDeps,
  regionId: string,
  segmentId: string,
  deadline: number,
): Promise<boolean> {
  const { segments, serverTime } = await api.describeEipSegment({ regionId, segmentId }, { deadline });
  const createTime = segments.find((segment) => segment.segmentId === segmentId)?.createTime;
  return (serverTime ?? NaN) - Date.parse(createTime ?? "") < recentMs;
}
