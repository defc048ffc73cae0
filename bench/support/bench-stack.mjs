import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

import { repository } from "../../scripts/setup/paths.mjs";
import { runCommand } from "../../scripts/setup/run-command.mjs";

/** A program and its stacks in an isolated workspace, and how long Pulumi's commands take there. */
export class BenchProject {
  #cli;
  #options;
  #folder;

  constructor(cli, workspace, name, program) {
    this.#folder = join(workspace.project, name);
    mkdirSync(this.#folder);
    symlinkSync(join(repository, "node_modules"), join(this.#folder, "node_modules"), "junction");
    const runtime = { name: "nodejs", options: { typescript: false } };
    writeFileSync(join(this.#folder, "Pulumi.yaml"), JSON.stringify({ name, runtime }));
    writeFileSync(join(this.#folder, "package.json"), JSON.stringify({ name, private: true }));
    this.#cli = cli;
    this.#options = { cwd: this.#folder, env: workspace.environment };
    this.writeProgram(program);
  }

  /** Replaces the program's text; the next command runs the new one. */
  writeProgram(text) {
    writeFileSync(join(this.#folder, "index.js"), text);
  }

  /** Makes a new stack the current one. */
  async newStack(name, config = {}) {
    await this.#pulumi(["stack", "init", name]);
    const pairs = Object.entries(config).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
    if (pairs.length > 0) await this.#pulumi(["config", "set-all", ...pairs]);
  }

  /** @returns {Promise<number>} ms */
  async time(verb, args = []) {
    const confirmed = verb === "preview" ? [] : ["--yes", "--skip-preview"];
    const start = performance.now();
    await this.#pulumi([verb, ...confirmed, ...args]);
    return performance.now() - start;
  }

  async #pulumi(args) {
    await runCommand(this.#cli.command, [...args, "--non-interactive"], this.#options);
  }
}
