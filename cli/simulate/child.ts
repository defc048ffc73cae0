import { spawn } from "node:child_process";
import { constants } from "node:os";
import { CommandFailure } from "../command-failure";

/** Signals that end this process alone, whose simulator the command needs to the end. */
const passedOn = ["SIGHUP", "SIGTERM"] as const;

/**
 * Runs a command with this process's streams. An interrupt reaches the command too, which decides how to end.
 *
 * @returns Its exit code; 128 and the signal's number when a signal ended it, as shells have it.
 * @throws CommandFailure when it cannot be started.
 */
export function runInside(
  [command = "", ...args]: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", env: environment });
    const interrupted = (): void => undefined;
    const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.on("SIGINT", interrupted);
    for (const signal of passedOn) process.on(signal, passOn);
    const forget = (): void => {
      process.off("SIGINT", interrupted);
      for (const signal of passedOn) process.off(signal, passOn);
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      forget();
      const reason = error.code === "ENOENT" ? "there is no such command" : (error.code ?? "unknown error");
      reject(new CommandFailure(`${command} cannot be run: ${reason}.`));
    });
    child.on("close", (code, signal) => {
      forget();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
