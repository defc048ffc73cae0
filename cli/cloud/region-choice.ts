import { suggest } from "../../provider/inputs/misspelt-names";
import { regions } from "../../provider/inputs/region-table";
import { ApiError } from "../../provider/util/errors";
import { CommandFailure } from "../command-failure";
import { exitCodes } from "../exit-codes";
import { isRecord, textAt } from "../json-values";
import type { Cloud } from "./connection";
import { openRawApi } from "./raw-api";

/** The options of commands that read regions. */
export interface RegionOptions {
  /** `--region`, once or several times. */
  region?: string[];
  allRegions?: boolean;
}

/** Regions to read. */
export interface RegionChoice {
  regionIds: string[];
  /** True when they are all that the account has: one that refuses EIP segments has none. */
  all: boolean;
  /** How the user knows a region: `--region cn-hangzhou`. */
  nameOf: (regionId: string) => string;
}

/**
 * Regions that a command reads: those named, all of the account, or else `fallback` and the environment's.
 *
 * @throws CommandFailure when none is known, when a name cannot be a region, or when the cloud does not list its regions.
 */
export async function chooseRegions(
  cloud: Cloud,
  { region: named = [], allRegions = false }: RegionOptions,
  fallback: readonly string[] = [],
): Promise<RegionChoice> {
  if (allRegions) {
    return { regionIds: await describeRegions(cloud), all: true, nameOf: (id) => `region ${id}` };
  }
  const misnamed = named.find((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/i.test(id));
  if (misnamed !== undefined) {
    throw new CommandFailure(
      `--region ${misnamed} is not the id of a region, such as cn-hangzhou.`,
      exitCodes.usage,
    );
  }
  const usual = [...fallback, ...(cloud.region === undefined ? [] : [cloud.region])];
  const regionIds = [...new Set(named.length > 0 ? named : usual)];
  if (regionIds.length === 0) {
    throw new CommandFailure(
      "No region is set. Give --region or --all-regions, or set ALICLOUD_REGION: no stack's configuration is read.",
      exitCodes.usage,
    );
  }
  const origin = (id: string): string => (fallback.includes(id) ? "of a state" : "of the environment");
  return {
    regionIds,
    all: false,
    nameOf: (id) => (named.length > 0 ? `--region ${id}` : `Region ${id} ${origin(id)}`),
  };
}

/** Any region lists them all; an account without a region of its own asks this one. */
const defaultRegion = "cn-hangzhou";

/** Source: the DescribeRegions page of the VPC API. */
async function describeRegions({ settings, region = defaultRegion }: Cloud): Promise<string[]> {
  const answer = await openRawApi(settings, region)({ action: "DescribeRegions" });
  if (answer.kind !== "reply") {
    const why = answer.kind === "none" ? `no response: ${answer.reason}.` : answer.explanation;
    throw new CommandFailure(
      `The regions of the account cannot be listed (DescribeRegions): ${why} Or name regions with --region.`,
    );
  }
  const list = isRecord(answer.body.Regions) ? answer.body.Regions.Region : undefined;
  const ids = Array.isArray(list)
    ? list.flatMap((row) => (isRecord(row) ? (textAt(row, "RegionId") ?? []) : []))
    : [];
  if (ids.length === 0) {
    throw new CommandFailure("DescribeRegions returned no region. Name regions with --region.");
  }
  return ids;
}

/** Codes that say that the account has no such region, which is where it has no segment either. */
const noSuchRegion: ReadonlySet<string> = new Set(["Forbidden.RegionNotFound", "InvalidRegionId.NotFound"]);

/** Whether the cloud says that it has no such region, or not for this account. */
export const saysNoSuchRegion = (error: unknown): error is ApiError =>
  error instanceof ApiError && noSuchRegion.has(error.code);

/** Why a region could not be read, by the option that named it, with the region that was probably meant. */
export function regionFailure({ nameOf }: RegionChoice, regionId: string, error: Error): string {
  if (regions.has(regionId)) {
    return error.message;
  }
  const near = suggest(regionId, [...regions.keys()]);
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  return saysNoSuchRegion(error)
    ? `${nameOf(regionId)} does not exist or is not offered to this account.${hint} [${error.code}, RequestId ${error.requestId ?? "unknown"}]`
    : `${nameOf(regionId)} is not a known region.${hint} ${error.message}`;
}
