import * as pulumi from "@pulumi/pulumi";

/**
 * An error of the program whose message alone the engine prints. Pulumi inspects its stack first, which loads the source maps of the
 * whole program (half a minute on a busy machine), so the stack is the message.
 */
export function runError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = message;
  return error;
}
