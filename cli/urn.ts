/** The parts of a Pulumi URN, `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`. */
export interface Urn {
  stack: string;
  project: string;
  type: string;
  name: string;
}

/** The parts of a URN; undefined for any other text. A name may hold `::` itself. */
export function parseUrn(text: string): Urn | undefined {
  const [head, project, types, ...name] = text.split("::");
  const stack = /^urn:pulumi:(.*)$/.exec(head ?? "")?.[1];
  if (stack === undefined || project === undefined || types === undefined || name.length === 0) {
    return undefined;
  }
  return { stack, project, type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}

/** Type of this package's resource, as the engine writes it. */
export const eipSegmentType = "pulumi-nodejs:dynamic/alicloud:EipSegment";

/** Types of resources that hold a segment: this package's and that of `@pulumi/alicloud`. */
const segmentTypes: ReadonlySet<string> = new Set([
  eipSegmentType,
  "alicloud:ecs/eipSegmentAddress:EipSegmentAddress",
]);

/** Whether a resource of this type holds a segment. */
export const isSegmentType = (type: string): boolean => segmentTypes.has(type);
