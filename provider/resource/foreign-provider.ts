import * as pulumi from "@pulumi/pulumi";
import { runError } from "./run-error";

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
