import { CommandFailure } from "./run-command.mjs";

/** A failure whose message is all the user needs; it is printed without a stack, and may carry an `exitCode`. */
export class SetupFailure extends Error {
  name = "SetupFailure";
}

/** Runs a script's main function for its exit code; a failure becomes a message on stderr. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    process.exitCode = error.exitCode ?? 1;
  }
}

function describe(error) {
  if (error instanceof SetupFailure) return error.message;
  if (error instanceof CommandFailure) return error.report;
  return error.stack;
}
