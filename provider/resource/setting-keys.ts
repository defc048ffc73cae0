import * as pulumi from "@pulumi/pulumi";

/** Namespace of the configuration keys that only this package has. */
const namespace = "eipSegment";

/**
 * Keys of the stack's configuration in this package's namespace, without their values: the engine tells a provider no list of
 * them, and one that is misspelt would be ignored without a word. None where the project's own keys are in that namespace.
 */
export function settingKeys(): string[] {
  return pulumi.getProject() === namespace
    ? []
    : Object.keys(pulumi.runtime.allConfig()).filter((key) => key.startsWith(`${namespace}:`));
}
