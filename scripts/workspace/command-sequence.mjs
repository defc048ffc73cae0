import { spawn } from "node:child_process";
import { constants } from "node:os";

import { SetupFailure } from "../setup/failure.mjs";
import { isWindows, signalGroup } from "../setup/platform.mjs";

const PATIENCE_MS = 10_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Thrown after a signal; the exit code follows the shell's convention. */
export class Interrupted extends SetupFailure {
  constructor(signal) {
    super(`Interrupted by ${signal}; everything is cleaned up.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Runs Pulumi commands one after the other, their output passed through. A signal to this process ends the running
 * command in order and makes `run` throw, so that the caller's `finally` cleans up.
 */
export class CommandSequence {
  #options;
  #child;
  #signal;

  /** @param {{cwd: string, env: Record<string, string>}} options */
  constructor(options) {
    this.#options = options;
    for (const signal of SIGNALS) process.on(signal, this.#interrupt);
  }

  /** @throws {SetupFailure} when the command does not end with exit code 0 */
  async run(command, args) {
    // Detached from the terminal: Ctrl-C reaches it once, from here, and not a second time from the terminal.
    const stdio = ["ignore", "inherit", "inherit"];
    const ended = new Promise((resolve, reject) => {
      this.#child = spawn(command, args, {
        ...this.#options,
        detached: !isWindows,
        windowsHide: true,
        stdio,
      });
      this.#child.on("error", reject);
      this.#child.on("close", (code, signal) => {
        resolve(signal ?? `exit code ${code}`);
      });
    });
    const end = await ended;
    this.#child = undefined;
    this.throwIfInterrupted();
    if (end !== "exit code 0") throw new SetupFailure(`\`pulumi ${args.join(" ")}\` ended with ${end}.`);
  }

  throwIfInterrupted() {
    if (this.#signal !== undefined) throw new Interrupted(this.#signal);
  }

  /** Gives the signals back to their usual handlers. */
  close() {
    for (const signal of SIGNALS) process.off(signal, this.#interrupt);
  }

  #interrupt = (signal) => {
    if (this.#signal !== undefined) return;
    this.#signal = signal;
    const child = this.#child;
    if (child?.pid === undefined) return;
    // Pulumi finishes what runs after one interrupt, and stops its plugins and itself after a second one.
    const steps = ["SIGINT", "SIGINT", "SIGKILL"];
    steps.forEach((step, index) => {
      setTimeout(() => {
        if (this.#child === child) signalGroup(child.pid, step);
      }, index * PATIENCE_MS).unref();
    });
  };
}
