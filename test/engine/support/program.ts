/** One `new EipSegment(…)` of a generated program. */
export interface SegmentDeclaration {
  /** Logical name; also the key of its outputs. Default `segment`. */
  name?: string;
  args: Record<string, unknown>;
  /** Resource options as a JavaScript expression, in which earlier segments are `segments["name"]`. */
  options?: string;
}

const OUTPUTS = [
  "id",
  "urn",
  "cidrBlock",
  "ipCount",
  "addresses",
  "status",
  "createTime",
  "zone",
  "regionId",
  "clientToken",
];

/** A JavaScript program that declares segments and exports each one's outputs under its name. */
export function segmentProgram(...declarations: SegmentDeclaration[]): string {
  return [
    `"use strict";`,
    `const pulumi = require("@pulumi/pulumi");`,
    `const { EipSegment } = require("pulumi-alicloud-eip-segment");`,
    `const segments = {};`,
    ...declarations.map(({ name = "segment", args, options = "{}" }) => {
      const key = JSON.stringify(name);
      return `segments[${key}] = new EipSegment(${key}, ${JSON.stringify(args)}, ${options});`;
    }),
    `for (const [name, segment] of Object.entries(segments)) {`,
    `  exports[name] = Object.fromEntries(${JSON.stringify(OUTPUTS)}.map((key) => [key, segment[key]]));`,
    `}`,
  ].join("\n");
}

/**
 * A JavaScript program with one dynamic resource named `plain` that needs no cloud: the floor of what a dynamic
 * provider costs, and a subject for the harness's own tests.
 * @param inputs the resource's inputs
 * @param create body of the provider's `create(inputs)`
 */
export function plainProgram(
  inputs: Record<string, unknown> = {},
  create = `return { id: "plain-1", outs: inputs };`,
): string {
  return [
    `"use strict";`,
    `const pulumi = require("@pulumi/pulumi");`,
    `const provider = { async create(inputs) { ${create} } };`,
    `class Plain extends pulumi.dynamic.Resource {`,
    `  constructor(name, props) { super(provider, name, props); }`,
    `}`,
    `exports.id = new Plain("plain", ${JSON.stringify(inputs)}).id;`,
    `exports.region = new pulumi.Config("alicloud").get("region");`,
  ].join("\n");
}
