import type { VpcApi } from "../client/vpc-api";
import type { Clock, Deadline } from "../util/clock";
import { ApiError } from "../util/errors";
import { mapConcurrently } from "./map-concurrently";
import { pauseAfter } from "./refusal-pauses";
import { isUserTag, ownershipTagKey } from "./segment";
import type { Eip } from "./segment";

/** Requests of one kind in flight at once. */
const concurrency = 8;

/** EIPs in one request of TagResources and UnTagResources: older pages of the API allow no more. */
const tagBatch = 20;

/** A setting that every EIP shall have, set by one request for each that differs. */
export interface EipSetting {
  isAsWanted: (eip: Eip) => boolean;
  set: (eip: Eip, options: { deadline: number }) => Promise<void>;
  /** The EIP as it is afterwards. */
  changed: (eip: Eip) => Eip;
}

/** Tags that every EIP shall have. */
export interface WantedTags {
  /** All tags of the user: others are removed, except those the cloud keeps for itself. Undefined leaves them as they are. */
  tags?: Readonly<Record<string, string>> | undefined;
  /** Value of the ownership tag; undefined leaves it as it is. */
  owner?: string | undefined;
}

/** What the changes of one segment's EIPs work with. */
export interface EipChangeContext {
  api: VpcApi;
  clock: Clock;
  regionId: string;
  deadline: Deadline;
}

/**
 * Brings every EIP to the settings, and leaves alone what is as wanted: a run that stopped half-way is finished by running it again.
 *
 * @returns The EIPs as they are afterwards.
 * @throws ApiError and NoResponseError of the first request that fails for good.
 */
export async function setOnEveryEip(
  context: EipChangeContext,
  eips: readonly Eip[],
  settings: readonly EipSetting[],
): Promise<Eip[]> {
  let changed = [...eips];
  for (const setting of settings) {
    const differing = changed.filter((eip) => !setting.isAsWanted(eip));
    await mapConcurrently(differing, concurrency, (eip) =>
      whileBusy(context, eip, () => setting.set(eip, { deadline: context.deadline.at })),
    );
    changed = changed.map((eip) => (setting.isAsWanted(eip) ? eip : setting.changed(eip)));
  }
  return changed;
}

/**
 * Brings the tags of every EIP to what is wanted.
 *
 * @returns The EIPs as they are afterwards.
 * @throws ApiError and NoResponseError of the first request that fails for good.
 */
export async function tagEveryEip(
  context: EipChangeContext,
  eips: readonly Eip[],
  wanted: WantedTags,
): Promise<Eip[]> {
  const { api, regionId, deadline } = context;
  for (const { batch, tagKeys } of removals(eips, wanted)) {
    const request = { regionId, allocationIds: idsOf(batch), tagKeys };
    await whileBusy(context, batch[0], () => api.unTagResources(request, { deadline: deadline.at }));
  }
  const tags = tagsToSet(wanted);
  const untagged = eips.filter((eip) => Object.entries(tags).some(([key, value]) => eip.tags[key] !== value));
  for (const batch of batches(untagged)) {
    const request = { regionId, allocationIds: idsOf(batch), tags };
    await whileBusy(context, batch[0], () => api.tagResources(request, { deadline: deadline.at }));
  }
  return eips.map((eip) => ({ ...eip, tags: { ...keptTags(eip, wanted), ...tags } }));
}

/**
 * Sends a change again while the EIP is busy, as while it is being associated, and while the cloud does not know an EIP yet that it has
 * listed already.
 *
 * @throws ApiError with what is known to stand in the way, such as a lock of the cloud.
 */
async function whileBusy(
  { clock, deadline }: EipChangeContext,
  eip: Eip | undefined,
  change: () => Promise<void>,
): Promise<void> {
  for (let refusals = 1; ; refusals++) {
    try {
      await change();
      return;
    } catch (error) {
      const passes =
        error instanceof ApiError && (error.errorClass === "busy" || error.errorClass === "absent");
      const pauseMs = passes ? pauseAfter({ errorClass: "busy" }, refusals) : undefined;
      if (pauseMs === undefined || pauseMs >= deadline.leftMs) {
        throw error instanceof ApiError && eip !== undefined ? withCircumstances(error, eip) : error;
      }
      await clock.sleep(pauseMs);
    }
  }
}

/** Adds what is special about an EIP and may keep the cloud from changing it. */
function withCircumstances(
  error: ApiError,
  { businessStatus, bandwidthPackageId, ipAddress }: Eip,
): ApiError {
  const circumstances: string[] = [];
  if (businessStatus !== undefined && businessStatus !== "Normal") {
    circumstances.push(`The cloud has locked the EIP ${ipAddress} (${businessStatus}): see the EIP console.`);
  }
  if (bandwidthPackageId !== undefined) {
    circumstances.push(
      `The EIP ${ipAddress} is in the Internet Shared Bandwidth instance ${bandwidthPackageId}: remove it from that instance.`,
    );
  }
  return circumstances.length === 0
    ? error
    : new ApiError([error.message, ...circumstances].join(" "), error);
}

function tagsToSet({ tags = {}, owner }: WantedTags): Record<string, string> {
  return owner === undefined ? { ...tags } : { ...tags, [ownershipTagKey]: owner };
}

/** Tags of the EIP that stay: all when no tags are wanted, else those that are not the user's. */
function keptTags(eip: Eip, { tags }: WantedTags): Record<string, string> {
  return Object.fromEntries(
    Object.entries(eip.tags).filter(([key]) => tags === undefined || !isUserTag(key)),
  );
}

/** Requests that remove the user tags that are not wanted, EIPs with the same ones together. */
function removals(eips: readonly Eip[], { tags }: WantedTags): { batch: Eip[]; tagKeys: string[] }[] {
  const groups = new Map<string, { eips: Eip[]; tagKeys: string[] }>();
  for (const eip of tags === undefined ? [] : eips) {
    const isUnwanted = (key: string): boolean => isUserTag(key) && !Object.hasOwn(tags ?? {}, key);
    const tagKeys = Object.keys(eip.tags).filter(isUnwanted).sort();
    if (tagKeys.length > 0) {
      const name = JSON.stringify(tagKeys);
      const group = groups.get(name) ?? { eips: [], tagKeys };
      group.eips.push(eip);
      groups.set(name, group);
    }
  }
  return [...groups.values()].flatMap((group) =>
    batches(group.eips).map((batch) => ({ batch, tagKeys: group.tagKeys })),
  );
}

function batches(eips: readonly Eip[]): Eip[][] {
  return Array.from({ length: Math.ceil(eips.length / tagBatch) }, (_, index) =>
    eips.slice(index * tagBatch, (index + 1) * tagBatch),
  );
}

const idsOf = (eips: readonly Eip[]): string[] => eips.map(({ allocationId }) => allocationId);
