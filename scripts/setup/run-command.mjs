import { spawn } from "node:child_process";
import { constants } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

import { isWindows, signalGroup } from "./platform.mjs";
import { say } from "./progress.mjs";

const KEPT_LINES = 12;
const PATIENCE_MS = 5_000;
const SHOWN_LENGTH = 60;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** A command that could not be started, was killed, timed out or ended with a code other than 0. */
export class CommandFailure extends Error {
  name = "CommandFailure";

  constructor(reason, output) {
    super(reason);
    /** What it printed on both streams, without empty lines. */
    this.lines = output.split("\n").filter((line) => line.trim() !== "");
  }

  /** The reason, and below it the last lines the command printed. */
  get report() {
    return withLines(this.message, this.lines.slice(-KEPT_LINES));
  }
}

/** A sentence with lines as an indented block below it. */
export function withLines(sentence, lines) {
  return [sentence, ...lines.map((line) => `    ${line}`)].join("\n");
}

/** Groups of the commands that run now, so that an interrupted script leaves none of them behind. */
const groups = new Set();
let abandoned = false;

function enter(pid) {
  if (groups.size === 0) for (const signal of SIGNALS) process.on(signal, abandon);
  groups.add(pid);
}

function leave(pid) {
  // Later the script may hand the terminal to a command that deals with signals itself.
  if (groups.delete(pid) && groups.size === 0) for (const signal of SIGNALS) process.off(signal, abandon);
}

/** Ends this process once its commands have ended, because a lock it holds must outlast what they still write. */
async function abandon(signal) {
  if (abandoned) return;
  abandoned = true;
  const deadline = Date.now() + PATIENCE_MS;
  for (const pid of groups) signalGroup(pid, "SIGTERM");
  while (groups.size > 0 && Date.now() < deadline) await sleep(50);
  for (const pid of groups) signalGroup(pid, "SIGKILL");
  say("Interrupted. Run the same command again: it reuses what is complete.");
  process.exit(128 + constants.signals[signal]);
}

/**
 * Runs a command without a terminal and collects what it prints.
 * @param {{cwd?: string, env?: object, timeoutMs?: number, onLine?: (line: string) => void}} options `onLine` gets each
 *   line of its standard error at once
 * @returns {Promise<string>} its standard output
 * @throws {CommandFailure}
 */
export function runCommand(command, args, { cwd, env = process.env, timeoutMs, onLine } = {}) {
  return new Promise((resolve, reject) => {
    const shown = shorten([command, ...args].join(" "));
    let stdout = "";
    let output = "";
    let timedOut = false;
    const child = spawn(command, args, {
      cwd,
      env,
      // A group of its own; on Windows, where it would open a window, the tree of processes takes its place.
      detached: !isWindows,
      windowsHide: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (child.pid !== undefined) enter(child.pid);
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            signalGroup(child.pid, "SIGKILL");
          }, timeoutMs);
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    if (onLine !== undefined) createInterface({ input: child.stderr }).on("line", onLine);
    const ended = () => {
      clearTimeout(timer);
      leave(child.pid);
    };
    child.on("error", (error) => {
      ended();
      const reason =
        error.code === "ENOENT" ? `\`${command}\` was not found` : `\`${shown}\`: ${error.message}`;
      reject(new CommandFailure(reason, output));
    });
    child.on("close", (code, signal) => {
      ended();
      // Nobody is told, so that the script does not go on with its next step while it ends.
      if (abandoned) return;
      if (code === 0) resolve(stdout);
      else if (timedOut)
        reject(new CommandFailure(`\`${shown}\` took longer than ${timeoutMs / 1000} s`, output));
      else reject(new CommandFailure(`\`${shown}\` ended with ${signal ?? `exit code ${code}`}`, output));
    });
  });
}

function shorten(text) {
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)} …`;
}
