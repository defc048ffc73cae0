import { plain } from "./plain";
import type { SegmentState } from "./state";

/**
 * Tells the engine that the segment is there but not finished: it keeps the state with the id, and the next run goes on.
 *
 * The engine knows the error by these properties alone. `__provider` must be among them, or a later delete has no code to run.
 */
export class InitFailedError extends Error {
  public readonly reasons: string[];
  public readonly properties: SegmentState & { __provider: unknown };

  public constructor(
    public readonly id: string,
    properties: SegmentState & { __provider: unknown },
    cause: unknown,
  ) {
    const reason =
      `${cause instanceof Error ? cause.message : String(cause)} ` +
      `Segment ${id} is in the state: \`pulumi up\` goes on from here, \`pulumi destroy\` releases it.`;
    super(reason);
    this.properties = plain(properties);
    this.reasons = [reason];
    this.stack = reason;
  }
}
