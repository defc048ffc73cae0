import * as pulumi from "@pulumi/pulumi";
import { parseDuration } from "../util/duration";
import { replacingInputs } from "./eip-segment-args";
import { runError } from "./stack-traces";

type Options = pulumi.CustomResourceOptions | undefined;

/** What a timeout may be set for. */
const timedVerbs = ["create", "read", "update", "delete"];

/** Options by which Pulumi would read an existing resource, which no dynamic provider can. */
const readingOptions = ["import", "id"] as const;

/**
 * Refuses options that the engine would answer with a stack trace, or take as something else than the program says.
 *
 * @throws pulumi.RunError naming the segment, everything that is wrong with its options, and what to do.
 */
export function refuseBadOptions(name: string, opts: Options): void {
  const problems = [...timeoutProblems(opts?.customTimeouts), ...readingProblems(opts)];
  if (problems.length > 0) {
    throw runError(
      `EipSegment "${name}": ${problems.join("; ")}. Correct the program; nothing was sent to the cloud.`,
    );
  }
}

function timeoutProblems(written: unknown): string[] {
  if (written === undefined || written === null) {
    return [];
  }
  if (typeof written !== "object" || Array.isArray(written)) {
    return [
      `customTimeouts is ${JSON.stringify(written)}, but it must be an object such as { create: "15m" }`,
    ];
  }
  return Object.entries(written).flatMap(([verb, time]: [string, unknown]) => {
    if (!timedVerbs.includes(verb)) {
      return [`customTimeouts has no ${verb}; it may have ${timedVerbs.join(", ")}`];
    }
    return time === undefined || (typeof time === "string" && parseDuration(time) !== undefined)
      ? []
      : [
          `customTimeouts.${verb} is ${JSON.stringify(time)}, but it must be a duration above zero such as "90s", "15m" or "1h30m"`,
        ];
  });
}

function readingProblems(opts: Options): string[] {
  return readingOptions.flatMap((option) =>
    opts?.[option] === undefined
      ? []
      : [
          `the option "${option}" cannot work for dynamic resources; set the input adopt to the segment's id instead`,
        ],
  );
}

/** Says that a segment is changed in place although the program wants it replaced: the engine is told no details of a change. */
export function warnOfReplaceOnChanges(name: string, segment: pulumi.Resource, opts: Options): void {
  if ((opts?.replaceOnChanges ?? []).length > 0) {
    void pulumi.log.warn(
      `EipSegment "${name}": the option "replaceOnChanges" has no effect on this resource. A change of any of these inputs always replaces it: ` +
        `${replacingInputs.join(", ")}. Remove the option; to replace the segment for another reason, run \`pulumi up --replace\` with its URN.`,
      segment,
    );
  }
}

/**
 * The options as the engine gets them. A `*` among the ignored changes becomes the names of the inputs: taken by its word it
 * would also put back what this package tells its provider about the run.
 */
export function engineOptions(opts: Options, inputNames: readonly string[]): Options {
  const ignored = opts?.ignoreChanges?.flatMap((path) =>
    path === "*" || path === "[*]" ? inputNames : [path],
  );
  return ignored === undefined ? opts : { ...opts, ignoreChanges: ignored };
}

/** Any type of the package `@pulumi/alicloud`: a parent is asked for a provider by the type it would serve. */
const alicloudType = "alicloud:ecs/eipSegmentAddress:EipSegmentAddress";

const whereFrom =
  "the account comes from the stack's configuration or the environment, and the region from the input regionId";

/**
 * Refuses a provider in a segment's options: the engine would ignore it without a word, and the segment would be bought
 * in another account or region than the program says.
 *
 * @throws pulumi.RunError naming the segment and what to do.
 */
export function refuseForeignProvider(name: string, opts: pulumi.CustomResourceOptions | undefined): void {
  const named = opts as (pulumi.CustomResourceOptions & { providers?: unknown }) | undefined;
  if (named?.provider !== undefined || named?.providers !== undefined) {
    throw runError(
      `EipSegment "${name}": the options "provider" and "providers" have no effect on this resource. Remove them; ${whereFrom}.`,
    );
  }
}

/** Warns of a provider that other resources inherit from the parent of a segment, and that the segment does not use. */
export function warnOfInheritedProvider(
  name: string,
  segment: pulumi.Resource,
  parent: pulumi.Resource | undefined,
): void {
  if (parent?.getProvider(alicloudType) !== undefined) {
    void pulumi.log.warn(
      `EipSegment "${name}" does not use the alicloud provider of its parent: ${whereFrom}. Check that they are the parent's.`,
      segment,
    );
  }
}
