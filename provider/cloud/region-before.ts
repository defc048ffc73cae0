import type { SegmentListing } from "./describe-segment";
import { listSegments } from "./describe-segment";
import type { SegmentDeps } from "./ready-segment";

/** Pause before a listing is repeated during which the region changed, in ms. */
const repeatMs = 1000;

/** Repetitions of such a listing before it is taken as it is. */
const repetitions = 10;

/** Segments of a region before this process allocated its first one there. */
export interface RegionBefore extends SegmentListing {
  /** When they were listed: ms by this process's clock. */
  listedAt: number;
}

/**
 * Lists a region's segments, anew while others change the region under the listing.
 *
 * @param deadline - ms by the clock.
 */
export async function listRegion(
  { api, clock }: Pick<SegmentDeps, "api" | "clock">,
  regionId: string,
  deadline: number,
): Promise<RegionBefore> {
  for (let left = repetitions; ; left--) {
    const listedAt = clock.now();
    const listing = await listSegments(api, regionId, deadline);
    if (listing.complete || left === 0) {
      return { ...listing, listedAt };
    }
    await clock.sleep(repeatMs);
  }
}
