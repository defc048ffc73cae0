import { EipSegmentError } from "../util/errors";

/**
 * Runs a verb whose errors the engine's dynamic provider prints with their stack before it reports them: what this package
 * throws on purpose is then said in full once, at the resource, and pointed at here.
 */
export async function atBorder<T>(verb: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw EipSegmentError.isInstance(error) ? new ReportedError(verb, error.message) : error;
  }
}

/** An error as the dynamic provider prints it, which is `toString()`, a colon and the stack. */
class ReportedError extends Error {
  public constructor(
    private readonly verb: string,
    message: string,
  ) {
    super(message);
    this.stack = "the reason is given at the resource.";
  }

  public override toString(): string {
    return `The ${this.verb} of an EipSegment failed`;
  }
}
