import { regions } from "../../provider/inputs/regions";
import { CommandFailure } from "../command-failure";
import { exitCodes } from "../exit-codes";
import type { Cloud } from "./connection";

/** The options of commands that look into regions. */
export interface RegionOptions {
  /** `--region`, once or several times. */
  region?: string[];
  allRegions?: boolean;
}

/** Regions to look in; `all` says that they are not named but simply all there are. */
export interface RegionChoice {
  regionIds: string[];
  all: boolean;
}

/**
 * Regions that a command looks in: those named, all, or else `fallback` and the environment's.
 *
 * @throws CommandFailure when none is known.
 */
export function chooseRegions(
  { region: environmentRegion }: Cloud,
  { region = [], allRegions = false }: RegionOptions,
  fallback: readonly string[] = [],
): RegionChoice {
  if (allRegions) {
    return { regionIds: [...regions.keys()], all: true };
  }
  const usual = [...fallback, ...(environmentRegion === undefined ? [] : [environmentRegion])];
  const regionIds = [...new Set(region.length > 0 ? region : usual)];
  if (regionIds.length === 0) {
    throw new CommandFailure(
      "Which region? Give --region or --all-regions, or set ALICLOUD_REGION.",
      exitCodes.usage,
    );
  }
  return { regionIds, all: false };
}
