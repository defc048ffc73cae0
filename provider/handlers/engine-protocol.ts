import { OtherSizeError } from "../cloud/other-size";
import { SegmentLostError } from "../cloud/segment-lost-error";
import { EipSegmentError } from "../util/errors";
import type { SegmentState } from "./state";

/** A copy without keys that hold undefined: the engine's protocol has no such value and fails on it. */
export function serializable<T extends object>(properties: T): T {
  return JSON.parse(JSON.stringify(properties)) as T;
}

/**
 * Tells the engine that the segment exists but is not finished: it keeps the state with the id, and the next run continues.
 *
 * The engine knows the error by these properties alone. `__provider` must be among them, or a later delete has no code to run.
 */
export class InitFailedError extends Error {
  readonly reasons: string[];
  readonly properties: SegmentState & { __provider: unknown };

  constructor(
    readonly id: string,
    properties: SegmentState & { __provider: unknown },
    cause: unknown,
  ) {
    const message = cause instanceof Error ? cause.message : String(cause);
    // These have an instruction of their own.
    const reason =
      cause instanceof SegmentLostError || cause instanceof OtherSizeError
        ? message
        : `${message} Segment ${id} is in the state. Run \`pulumi up\` to continue, or \`pulumi destroy\` to release it.`;
    super(reason);
    this.properties = serializable(properties);
    this.reasons = [reason];
    this.stack = reason;
  }
}

/**
 * Runs a verb whose errors the engine's dynamic provider prints with their stack before it reports them: what this package
 * throws on purpose is then printed in full once, at the resource.
 */
export async function withErrorBoundary<T>(verb: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof EipSegmentError ? new ReportedError(verb, error.message) : error;
  }
}

/** An error as the dynamic provider prints it, which is `toString()`, a colon and the stack. */
class ReportedError extends Error {
  constructor(
    private readonly verb: string,
    message: string,
  ) {
    super(message);
    this.stack = "see the error of the resource below.";
  }

  override toString(): string {
    return `${this.verb} of an EipSegment failed`;
  }
}
