import * as pulumi from "@pulumi/pulumi";

const isWatched = Boolean(process.env.PULUMI_DEBUG_PROMISE_LEAKS);

/**
 * Keeps the SDK from taking stack traces until the answer is called. It takes several for each property, only to name promises
 * that leak, and with the source maps that Pulumi installs they cost a large program more than all the rest of its declarations.
 * Where such leaks are looked for, the traces stay.
 */
export function pauseStackTraces(): () => void {
  const limit = Error.stackTraceLimit;
  if (!isWatched) {
    Error.stackTraceLimit = 0;
  }
  return () => {
    Error.stackTraceLimit = limit;
  };
}

/** Gives an error that was made meanwhile the trace it would have had from here on. One that has a trace keeps it. */
export function traced(error: unknown): unknown {
  if (error instanceof Error && !error.stack?.includes("\n    at ")) {
    Error.captureStackTrace(error, traced);
  }
  return error;
}

/**
 * An error of the program whose message alone the engine prints. Pulumi inspects its stack first, which loads the source maps of the
 * whole program (half a minute on a busy machine), so the stack is the message.
 */
export function runError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = message;
  return error;
}
