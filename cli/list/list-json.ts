import { useOf } from "../cloud/address-use";
import type { Inventory } from "../cloud/inventory";
import type { ListJson } from "../schemas/list";

/** The segments for machines, as `schemas/list.v1.json` describes them. */
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
  const document: ListJson = { schemaVersion: 1, regions: regionIds, failures, segments: list };
  return `${JSON.stringify(document, null, 2)}\n`;
}
