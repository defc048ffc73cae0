import { maskOf } from "../../provider/cloud/segment";
import { inputNames, rowOf } from "../../provider/inputs/input-table";
import { useOf } from "../cloud/address-use";
import type { LiveSegment } from "../cloud/inventory";

/** A declaration that adopts a segment, with what the segment has where that is not the default. */
export function adoptSnippet(segment: LiveSegment, name: string): string {
  const { segmentId, regionId, eips } = segment;
  const mask = maskOf(segment, eips) ?? "28 /* its block is not known */";
  const settings = inputNames.flatMap((name) => {
    const { default: byDefault, ofEip } = rowOf(name);
    const values = byDefault === undefined ? [] : [...new Set(eips.map((eip) => ofEip?.(eip)))];
    const known = values.filter((value) => value !== undefined);
    if (known.length > 1) {
      return [`  // its EIPs differ in ${name} (${known.map(String).join(", ")}): make them alike before`];
    }
    return known[0] === undefined || known[0] === byDefault
      ? []
      : [`  ${name}: ${JSON.stringify(known[0])},`];
  });
  return [
    `new EipSegment(${JSON.stringify(name)}, {`,
    `  adopt: ${JSON.stringify(segmentId)},`,
    `  regionId: ${JSON.stringify(regionId)},`,
    `  eipMask: ${mask},`,
    ...settings,
    "});",
  ].join("\n");
}

/**
 * Shell commands that release a segment once its id is typed, for any POSIX shell and the vendor's command line `aliyun`;
 * undefined while an address is in use, because the cloud refuses then.
 */
export function releaseCommand({ segmentId, regionId, cidrBlock, eips }: LiveSegment): string | undefined {
  if (eips.some((eip) => useOf(eip).attachedTo !== undefined)) {
    return undefined;
  }
  const question =
    `This releases ${segmentId}, ${cidrBlock ?? "its block"} with ${eips.length} addresses. Nothing guarantees that you get them back. ` +
    `Type its id to continue: `;
  return [
    `printf '%s' ${quoted(question)} && read -r answer && [ "$answer" = ${quoted(segmentId)} ] &&`,
    `  aliyun vpc ReleaseEipSegmentAddress --RegionId ${quoted(regionId)} --SegmentInstanceId ${quoted(segmentId)}`,
  ].join("\n");
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
