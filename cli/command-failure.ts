import { ConfigurationError, EipSegmentError } from "../provider/util/errors";
import type { ExitCode } from "./exit-codes";
import { exitCodes } from "./exit-codes";

/** Ends a command with one sentence for the user and an exit code. */
export class CommandFailure extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode = exitCodes.failure,
  ) {
    super(message);
    this.name = "CommandFailure";
  }
}

/** What is wrong, for the user: a stack is of use only where the error was not foreseen. */
export function messageOf(error: unknown): string {
  if (error instanceof ConfigurationError) {
    return `${error.message} Set it in the environment: report, list and orphans do not read alicloud: keys of a stack.`;
  }
  if (error instanceof CommandFailure || error instanceof EipSegmentError) {
    return error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
