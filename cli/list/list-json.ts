import { useOf } from "../cloud/address-use";
import type { Inventory } from "../cloud/inventory";

/** The segments for machines: one object each, in a list. */
export function renderListJson({ segments }: Inventory): string {
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
  return `${JSON.stringify(list, null, 2)}\n`;
}
