import * as pulumi from "@pulumi/pulumi";

/**
 * Refuses a provider in a segment's options: the engine would ignore it without a word, and the segment would be bought
 * in another account or region than the program says.
 *
 * @throws pulumi.RunError naming the segment and what to do.
 */
export function refuseForeignProvider(name: string, opts: pulumi.CustomResourceOptions | undefined): void {
  const named = opts as (pulumi.CustomResourceOptions & { providers?: unknown }) | undefined;
  if (named?.provider !== undefined || named?.providers !== undefined) {
    throw new pulumi.RunError(
      `EipSegment "${name}": the options "provider" and "providers" have no effect on this resource. Remove them; the ` +
        `account comes from the stack's configuration or the environment, and the region from the input regionId.`,
    );
  }
}
