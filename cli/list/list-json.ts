import { useOf } from "../cloud/address-use";
import type { Inventory } from "../cloud/inventory";

/**
 * The segments for machines.
 *
 * - `failures`: regions that did not answer, and why: what is there is not in `segments`
 */
export function renderListJson({ segments, regionIds, failures }: Inventory): string {
  const list = segments.map(
    ({ segmentId, regionId, zone, status, cidrBlock, createTime, ageMs, eips, owners }) => ({
      segmentId,
      regionId,
      zone,
      status,
      cidrBlock,
      createTime,
      ageSeconds: ageMs === undefined ? undefined : Math.round(ageMs / 1000),
      owners,
      addressesTotal: eips.length,
      addressesUsed: eips.filter((eip) => useOf(eip).attachedTo !== undefined).length,
    }),
  );
  return `${JSON.stringify({ schemaVersion: 1, regions: regionIds, failures, segments: list }, null, 2)}\n`;
}
