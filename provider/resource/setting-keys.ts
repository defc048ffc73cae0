import * as pulumi from "@pulumi/pulumi";

/** Namespaces of this package's configuration keys, in whatever case. */
const namespaces = /^(alicloud|eipsegment):/i;

/**
 * Keys of the stack's configuration in the namespaces of this package, without their values: the engine tells a provider no list
 * of them, and one that is misspelt would be ignored without a message. The project's own keys are left out.
 */
export function settingKeys(): string[] {
  const ownKeys = `${pulumi.getProject()}:`;
  return Object.keys(pulumi.runtime.allConfig()).filter(
    (key) => namespaces.test(key) && !key.startsWith(ownKeys),
  );
}
