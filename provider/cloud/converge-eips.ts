import type { EipReply, VpcApi } from "../client/vpc-api";
import type { Clock } from "../util/clock";
import { changeEip } from "./change-eip";
import { mapConcurrently } from "./map-concurrently";
import { ownershipTagKey } from "./ownership-tag";

/** What every EIP of a segment shall be like. What is undefined is left as it is. */
export interface WantedEips {
  /** Mbit/s. */
  bandwidth?: number | undefined;
  resourceGroupId?: string | undefined;
  /** All tags of the user: others are removed, except those the cloud keeps for itself. */
  tags?: Readonly<Record<string, string>> | undefined;
  /** Value of the ownership tag. */
  owner?: string | undefined;
}

/** Calls of one kind under way at once. */
const concurrency = 8;

/** EIPs in one call of TagResources and UnTagResources: older pages of the API allow no more. */
const tagBatch = 20;

/**
 * Brings every EIP to what is wanted, and leaves alone what is there already: a run that stopped half-way is finished by
 * running it again.
 *
 * @param deadline - ms by the clock after which no new try starts.
 * @returns The EIPs as they are afterwards.
 * @throws ApiError and NoAnswerError of the first call that fails for good.
 */
export async function convergeEips(
  { api, clock }: { api: VpcApi; clock: Clock },
  regionId: string,
  eips: readonly EipReply[],
  wanted: WantedEips,
  deadline: number,
): Promise<EipReply[]> {
  const options = { deadline };
  const { bandwidth, resourceGroupId } = wanted;

  if (bandwidth !== undefined) {
    const differing = eips.filter((eip) => eip.bandwidth !== bandwidth);
    await mapConcurrently(differing, concurrency, (eip) =>
      changeEip(clock, eip, deadline, ({ allocationId }) =>
        api.modifyEipAddressAttribute({ regionId, allocationId, bandwidth }, options),
      ),
    );
  }
  if (resourceGroupId !== undefined) {
    const differing = eips.filter((eip) => eip.resourceGroupId !== resourceGroupId);
    await mapConcurrently(differing, concurrency, (eip) =>
      changeEip(clock, eip, deadline, ({ allocationId }) =>
        api.moveResourceGroup({ regionId, allocationId, resourceGroupId }, options),
      ),
    );
  }
  for (const { allocationIds, tagKeys } of removals(eips, wanted)) {
    await api.unTagResources({ regionId, allocationIds, tagKeys }, options);
  }
  const tags = tagsToSet(wanted);
  const untagged = eips.filter((eip) => Object.entries(tags).some(([key, value]) => eip.tags[key] !== value));
  for (const batch of batches(untagged)) {
    await api.tagResources(
      { regionId, allocationIds: batch.map(({ allocationId }) => allocationId), tags },
      options,
    );
  }
  return eips.map((eip) => ({
    ...eip,
    ...(bandwidth === undefined ? {} : { bandwidth }),
    ...(resourceGroupId === undefined ? {} : { resourceGroupId }),
    tags: { ...keptTags(eip, wanted), ...tags },
  }));
}

function tagsToSet({ tags = {}, owner }: WantedEips): Record<string, string> {
  return owner === undefined ? { ...tags } : { ...tags, [ownershipTagKey]: owner };
}

/** Whether a tag is one that users set: the cloud's own begin with `aliyun` or `acs:`. */
export function isUserTag(key: string): boolean {
  return key !== ownershipTagKey && !/^(aliyun|acs:)/.test(key);
}

/** Tags of the EIP that stay: all when no tags are wanted, else those that are not the user's. */
function keptTags(eip: EipReply, { tags }: WantedEips): Record<string, string> {
  return Object.fromEntries(
    Object.entries(eip.tags).filter(([key]) => tags === undefined || !isUserTag(key)),
  );
}

/** Calls that remove the user tags that are not wanted, EIPs with the same ones together. */
function removals(
  eips: readonly EipReply[],
  { tags }: WantedEips,
): { allocationIds: string[]; tagKeys: string[] }[] {
  const groups = new Map<string, { eips: EipReply[]; tagKeys: string[] }>();
  for (const eip of tags === undefined ? [] : eips) {
    const tagKeys = Object.keys(eip.tags)
      .filter((key) => isUserTag(key) && !Object.hasOwn(tags ?? {}, key))
      .sort();
    if (tagKeys.length > 0) {
      const name = JSON.stringify(tagKeys);
      const group = groups.get(name) ?? { eips: [], tagKeys };
      group.eips.push(eip);
      groups.set(name, group);
    }
  }
  return [...groups.values()].flatMap((group) =>
    batches(group.eips).map((batch) => ({
      allocationIds: batch.map(({ allocationId }) => allocationId),
      tagKeys: group.tagKeys,
    })),
  );
}

function batches(eips: readonly EipReply[]): EipReply[][] {
  return Array.from({ length: Math.ceil(eips.length / tagBatch) }, (_, index) =>
    eips.slice(index * tagBatch, (index + 1) * tagBatch),
  );
}
