import type { Eip, Segment, VpcApi } from "../../provider/client/vpc-api";
import { ConfigurationError, EipSegmentError } from "../../provider/util/errors";
import { listEipsOf, listSegments } from "../../provider/cloud/listing";
import type { SegmentListing } from "../../provider/cloud/listing";
import { mapConcurrently } from "../../provider/cloud/map-concurrently";
import { isListedAsReleased, ownerOf } from "../../provider/cloud/segment";
import { CommandFailure } from "../command-failure";
import { printable } from "../printable";
import type { Cloud } from "./connection";
import { concurrency, deadline } from "./connection";
import type { RegionChoice } from "./region-choice";
import { regionFailure, saysNoSuchRegion } from "./region-choice";

/** A segment as the cloud has it now. */
export interface LiveSegment extends Segment {
  regionId: string;
  /** Time since its creation by the server's clock, in ms. */
  ageMs?: number;
  eips: Eip[];
  /** ClientTokens in the ownership tags of its EIPs: none for one that this package does not own. */
  owners: string[];
}

/** Whether a segment is there to stay: neither being released, nor listed as released while none of its EIPs exists. */
export const isLive = (segment: LiveSegment): boolean =>
  segment.status !== "Releasing" && !(isListedAsReleased(segment) && segment.eips.length === 0);

/** Segments of several regions. */
export interface Inventory {
  segments: LiveSegment[];
  /** Regions that answered. */
  regionIds: string[];
  /** Regions that did not, and why. */
  failures: { regionId: string; message: string }[];
}

/**
 * Lists the segments of regions with their EIPs.
 *
 * @throws ConfigurationError when there are no credentials; CommandFailure with the first reason when every region failed.
 */
export async function takeInventory(cloud: Cloud, choice: RegionChoice): Promise<Inventory> {
  const inventory: Inventory = { segments: [], regionIds: [], failures: [] };
  await mapConcurrently(choice.regionIds, concurrency, async (regionId) => {
    try {
      inventory.segments.push(...(await segmentsOf(cloud, regionId)));
      inventory.regionIds.push(regionId);
    } catch (error) {
      const foreseen = error instanceof EipSegmentError || error instanceof CommandFailure;
      if (!foreseen || error instanceof ConfigurationError) {
        throw error;
      }
      if (!(choice.all && saysNoSuchRegion(error))) {
        inventory.failures.push({ regionId, message: regionFailure(choice, regionId, error) });
      }
    }
  });
  const [first] = inventory.failures;
  if (inventory.regionIds.length === 0 && first !== undefined) {
    throw new CommandFailure(first.message);
  }
  const place = ({ regionId, createTime = "" }: LiveSegment): string => `${regionId} ${createTime}`;
  inventory.segments.sort((a, b) => place(a).localeCompare(place(b)));
  inventory.regionIds.sort();
  return inventory;
}

async function segmentsOf({ api }: Cloud, regionId: string): Promise<LiveSegment[]> {
  const { segments, serverTime } = await completeListing(api, regionId);
  const live: LiveSegment[] = [];
  await mapConcurrently([...segments.values()], concurrency, async (segment) => {
    const eips = await listEipsOf(api, regionId, segment, deadline());
    const ageMs = (serverTime ?? NaN) - Date.parse(segment.createTime ?? "");
    live.push({
      ...segment,
      regionId,
      ...(Number.isNaN(ageMs) ? {} : { ageMs: Math.max(0, ageMs) }),
      eips,
      owners: [...new Set(eips.flatMap((eip) => ownerOf(eip) ?? []))].map(printable),
    });
  });
  return live;
}

/**
 * Lists the segments of a region once more when they changed between two pages, which may have hidden one.
 *
 * @throws CommandFailure when they change each time.
 */
async function completeListing(api: VpcApi, regionId: string): Promise<SegmentListing> {
  for (let tries = 0; tries < 3; tries++) {
    const listing = await listSegments(api, regionId, deadline());
    if (listing.isComplete) return listing;
  }
  throw new CommandFailure(
    `The segments of ${regionId} change while they are listed: run the command again.`,
  );
}
