import { blockSize, eipCountOf, userTags } from "../cloud/segment";
import type { Eip, Segment } from "../cloud/segment";
import { mixedInputs } from "../inputs/compare";
import { inputNames, rowOf } from "../inputs/input-table";
import { EipSegmentError } from "../util/errors";

/** A segment under the names of the resource's outputs; see GetEipSegmentResult. */
export type FoundSegment = Record<string, unknown>;

/**
 * The segment as the resource's outputs show one. A setting in which its EIPs differ is undefined.
 *
 * @throws EipSegmentError when not all EIPs are listed: a list with gaps would look like the whole segment.
 */
export function foundSegment(regionId: string, segment: Segment, eips: readonly Eip[]): FoundSegment {
  const { segmentId, cidrBlock, status, createTime } = segment;
  const ipCount = eipCountOf(segment);
  if (eips.length < (ipCount ?? 1)) {
    throw new EipSegmentError(
      `Segment ${segmentId}: ${eips.length} of its ${ipCount ?? blockSize(cidrBlock)} EIPs are listed. ` +
        "Grant vpc:DescribeEipAddresses in every resource group, or run the command again later.",
    );
  }
  const mixed = mixedInputs(eips);
  const [eip] = eips;
  const settings = inputNames.flatMap((name): [string, unknown][] => {
    const { ofSegment, ofEip } = rowOf(name);
    const ofAll = eip === undefined || mixed.includes(name) ? undefined : ofEip?.(eip);
    const value = ofSegment?.(segment) ?? ofAll;
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(settings),
    id: segmentId,
    cidrBlock,
    ipCount: ipCount ?? eips.length,
    addresses: eips.map(({ allocationId, ipAddress }) => ({ allocationId, ipAddress })),
    status,
    createTime,
    regionId,
    tags: tagsOfAll(eips),
  };
}

/** The users' tags that every EIP has. */
function tagsOfAll(eips: readonly Eip[]): Record<string, string> {
  const [first = {}, ...others] = eips.map(userTags);
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) => others.every((tags) => tags[key] === value)),
  );
}
