import { spawn, type ChildProcess } from "node:child_process";

import { killTree, signal } from "./process-tree";
import { COMMAND_LIMIT_MS } from "./time-limits";

/** How a command ended: `exitCode` is null when a signal ended it. */
export interface CommandExit {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A command that may still run. */
export class RunningCommand {
  /** Resolves when the command and its pipes have ended; rejects only when it could not be started. */
  readonly exit: Promise<CommandExit>;
  private readonly child: ChildProcess;
  private stdout = "";
  private stderr = "";
  private ended = false;

  constructor(
    private readonly command: string,
    private readonly args: readonly string[],
    options: { cwd: string; env: Record<string, string> },
  ) {
    // A group of its own, so that an interrupt reaches what a terminal would reach and nothing of the test runner.
    const child = spawn(command, args, { ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    this.child = child;
    child.stdout.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    const limit = setTimeout(() => {
      this.stderr += `\n[killed after ${COMMAND_LIMIT_MS / 1000} s]`;
      this.kill();
    }, COMMAND_LIMIT_MS);
    this.exit = new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exitCode, signalName) => {
        this.ended = true;
        clearTimeout(limit);
        resolve({ exitCode, signal: signalName, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  /** Process id of the command; undefined when it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** What the command has printed so far, with its command line, for messages. */
  transcript(): string {
    return `$ ${[this.command, ...this.args].join(" ")}\n${this.stdout}\n${this.stderr}`.trimEnd();
  }

  /** Waits for something the command causes; fails with its output when it ends before that. */
  async until<T>(happening: Promise<T>): Promise<T> {
    const early = this.exit.then(() => {
      throw new Error(`The command ended before what the test waits for:\n${this.transcript()}`);
    });
    return await Promise.race([happening, early]);
  }

  /** `kill -9` of the command and of every process below it, at once. */
  kill(): void {
    if (!this.ended && this.child.pid !== undefined) killTree(this.child.pid);
  }

  /** What Ctrl-C in a terminal does: SIGINT to the command's process group. */
  interrupt(): void {
    if (!this.ended && this.child.pid !== undefined) signal(-this.child.pid, "SIGINT");
  }
}
