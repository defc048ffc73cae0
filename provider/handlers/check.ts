import { firstGeneration, formatToken, tokenDigest } from "../cloud/client-token";
import { aggregateBandwidthWarning } from "../inputs/cross-rules";
import { misspeltSharedKey, notASetting, unknownRegion } from "../inputs/misspelt-names";
import type { CheckFailure } from "../inputs/misspelt-names";
import { isUnknown } from "../inputs/preview-unknown";
import { regions } from "../inputs/region-table";
import { validateInputs } from "../inputs/validate";
import { inConflict, otherSegment } from "./adopt";
import { recordedAs } from "./origin";
import type { Origin } from "./origin";
import type { Run } from "./run";

/** Answer of check: the inputs to store, and what is invalid. */
export interface CheckResult {
  inputs: Record<string, unknown>;
  failures: CheckFailure[];
}

/**
 * Validates what a program set, and computes what only a creation may choose: the region and the ClientToken.
 *
 * @param olds - Inputs of the last run; empty exactly when a creation is coming.
 * @param news - Inputs of this run, with the engine's `__provider` and this package's `__origin`.
 */
export function check(run: Run, olds: Record<string, unknown>, news: Record<string, unknown>): CheckResult {
  const written = Object.fromEntries(Object.entries(news).filter(([name]) => !name.startsWith("__")));
  const origin = run.origins.read(news.__origin);
  const isCreating = olds.clientToken === undefined;
  const region = isCreating ? regionOfCreation(run, origin) : textOf(olds.regionId);
  const { values, failures } = validateInputs(written, region, origin);
  failures.push(...origin.settings.flatMap(notASetting));
  warnOfMisspeltKeys(run, origin.settings);

  const regionId = values.regionId ?? region;
  if (regionId === undefined && !failures.some(({ property }) => property === "regionId")) {
    failures.push(noRegion);
  }
  const clientToken = isCreating ? tokenOfCreation(run, origin) : olds.clientToken;
  if (isCreating) {
    warnOfUnknownRegion(run, textOf(regionId));
    if (!origin.readable) failures.push(unreadableStack);
  } else {
    warnOfWhatStays(run, olds, written);
  }
  if (isCreating || values.bandwidth !== olds.bandwidth) {
    const warning = aggregateBandwidthWarning(values);
    if (warning !== undefined) run.log(warning);
  }
  const token = String(clientToken);
  run.ledger.recordChecked({ origin, clientToken: token, regionId: textOf(regionId), isCreating });
  failures.push(...adoptionFailures(run, origin, values.adopt, isCreating));
  return { inputs: { ...values, regionId, clientToken }, failures };
}

const noRegion: CheckFailure = {
  property: "regionId",
  reason:
    "regionId is not set and no default region is configured. Set regionId, run `pulumi config set alicloud:region cn-hangzhou` with your region, " +
    "or set the environment variable ALICLOUD_REGION.",
};

/** A creation that does not know which tokens are used could allocate what a later run never finds, or adopt what the stack has. */
const unreadableStack: CheckFailure = {
  property: "",
  reason:
    "The segments that this stack records could not be read, so no segment is requested. Run the command again.",
};

/**
 * A replacement stays in the region of the segment it replaces, whatever today's default is. Where the resource has a new name
 * the checkpoint knows it by the old one, and the check that came before tells the region.
 */
function regionOfCreation({ ledger, settings }: Run, origin: Origin): string | undefined {
  const before = ledger.checkedAs(origin.urn);
  const declared = before?.isCreating === false ? before.regionId : undefined;
  return recordedAs(origin)?.regionId ?? declared ?? settings.region;
}

function tokenOfCreation({ settings }: Run, origin: Origin): string {
  const digest = tokenDigest(origin.organization, origin.urn, settings.tokenSalt);
  return formatToken({ digest, generation: firstGeneration(digest, origin.urn, origin.held) });
}

function warnOfUnknownRegion({ logOnce }: Run, regionId: string | undefined): void {
  const warning = regionId === undefined || isUnknown(regionId) ? undefined : unknownRegion(regionId);
  if (warning !== undefined) logOnce(warning);
}

/** The key may be one that only `@pulumi/alicloud` knows, so it is no failure. */
function warnOfMisspeltKeys({ logOnce }: Run, keys: readonly string[]): void {
  for (const key of keys) {
    const meant = misspeltSharedKey(key);
    if (meant !== undefined) {
      logOnce(`The configuration key ${key} has no effect on EIP segments: did you mean ${meant}?`);
    }
  }
}

/** What a changed default or a removed input does not change. */
function warnOfWhatStays(
  { settings, log, logOnce }: Run,
  olds: Record<string, unknown>,
  written: Record<string, unknown>,
): void {
  const stored = textOf(olds.regionId);
  const { region } = settings;
  const isOther = region !== undefined && stored !== undefined && region !== stored && !isUnknown(stored);
  if (written.regionId === undefined && isOther) {
    const move = regions.has(region)
      ? ` Set regionId: "${region}" to replace them.`
      : " Check alicloud:region.";
    logOnce(`The default region is ${region}; existing segments stay in ${stored}.${move}`);
  }
  if (olds.resourceGroupId !== undefined && written.resourceGroupId === undefined) {
    log(
      "resourceGroupId was removed from the program: the EIPs stay in their resource group. Set another group to move them.",
    );
  }
}

/**
 * What rules out an adoption: no segment may end up with two resources, a resource cannot get a new segment while it is told to adopt
 * a certain one, and one that has a segment keeps it. That the segment's present resource does not keep it is known only once its diff has
 * run, which then refuses it.
 *
 * @param adopt - The input, as far as it is valid.
 */
function adoptionFailures(
  { ledger, log }: Run,
  origin: Origin,
  adopt: unknown,
  isCreating: boolean,
): CheckFailure[] {
  if (typeof adopt !== "string" || isUnknown(adopt)) {
    return [];
  }
  const { urn } = origin;
  const fail = (reason: string): CheckFailure[] => [{ property: "adopt", reason }];
  const own = recordedAs(origin)?.segmentId;
  if (!isCreating) {
    return own !== undefined && adopt !== own ? fail(otherSegment(adopt, own)) : [];
  }
  if (own !== undefined) {
    return fail(
      `adopt is "${adopt}", but this run replaces segment ${own}, and a replacement cannot adopt. Remove adopt, or undo the change that replaces the segment.`,
    );
  }
  const conflict = ledger.claim(adopt, { kind: "adopting", urn });
  if (conflict !== undefined) {
    return fail(inConflict(adopt, conflict));
  }
  log(
    `Segment ${adopt} will be adopted if its settings match: nothing is allocated, and only its ownership tag is set.`,
  );
  return [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
