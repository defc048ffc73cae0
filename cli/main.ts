#!/usr/bin/env node
import { exitCodes } from "./exit-codes";
import { run } from "./program";
import { processTerminal } from "./terminal";

let unwritten: number | undefined;

process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  // `eip-segment list | head` closes the pipe early, which is no failure, and must not hide how the command ends.
  if (code !== "EPIPE") {
    processTerminal.err(`eip-segment: The output cannot be written: ${code ?? message}.\n`);
    unwritten = exitCodes.failure;
    process.exitCode = unwritten;
  }
});
// Nobody is left to tell.
process.stderr.on("error", () => undefined);

void run(process.argv.slice(2), processTerminal).then((exitCode) => {
  process.exitCode = unwritten ?? exitCode;
});
