import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Hands the terminal to a command and waits for it. Ctrl-C reaches the command through the terminal, other signals are
 * passed on, and this process outlives it in both cases to report its exit code.
 * @returns {Promise<number>} the command's exit code, 128 plus the signal's number when a signal ended it
 */
export function runForeground(command, args, { cwd, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: "inherit" });
    process.on("SIGINT", () => undefined);
    for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}
