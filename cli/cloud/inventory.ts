import type { EipReply, SegmentReply, VpcApi } from "../../provider/client/vpc-api";
import { ApiError, ConfigurationError, EipSegmentError } from "../../provider/util/errors";
import { listEipsOf, listSegments } from "../../provider/cloud/listing";
import type { SegmentListing } from "../../provider/cloud/listing";
import { mapConcurrently } from "../../provider/cloud/map-concurrently";
import { ownerOf } from "../../provider/cloud/segment";
import { CommandFailure } from "../command-failure";
import { printable } from "../printable";
import type { Cloud } from "./connection";
import { concurrency, deadline } from "./connection";

/** A segment as the cloud has it now. */
export interface LiveSegment extends SegmentReply {
  regionId: string;
  /** Time since its creation by the server's clock, in ms. */
  ageMs?: number;
  eips: EipReply[];
  /** ClientTokens in the ownership tags of its EIPs: none for one that this package does not own. */
  owners: string[];
}

/** Segments of several regions. */
export interface Inventory {
  segments: LiveSegment[];
  /** Regions that answered. */
  regionIds: string[];
  /** Regions that did not, and why. */
  failures: { regionId: string; message: string }[];
}

/** Codes that say that the account has no such region, which is where it has no segment either. */
const noSuchRegion: ReadonlySet<string> = new Set(["Forbidden.RegionNotFound", "InvalidRegionId.NotFound"]);

/**
 * Lists the segments of regions with their EIPs.
 *
 * @param anyOf - True when the regions are a list of all there are: those that the account does not have are passed over.
 * @throws ConfigurationError when there are no credentials; the first failure when every region failed.
 */
export async function takeInventory(
  cloud: Cloud,
  regionIds: readonly string[],
  anyOf: boolean,
): Promise<Inventory> {
  const inventory: Inventory = { segments: [], regionIds: [], failures: [] };
  let first: unknown;
  await mapConcurrently(regionIds, concurrency, async (regionId) => {
    try {
      inventory.segments.push(...(await segmentsOf(cloud, regionId)));
      inventory.regionIds.push(regionId);
    } catch (error) {
      const foreseen = EipSegmentError.isInstance(error) || error instanceof CommandFailure;
      if (!foreseen || ConfigurationError.isInstance(error)) {
        throw error;
      }
      if (!(anyOf && ApiError.isInstance(error) && noSuchRegion.has(error.code))) {
        first ??= error;
        inventory.failures.push({ regionId, message: error.message });
      }
    }
  });
  if (inventory.regionIds.length === 0 && first !== undefined) {
    throw first as Error;
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
