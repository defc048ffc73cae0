import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

import { repository } from "../../scripts/setup/paths.mjs";
import { runCommand } from "../../scripts/setup/run-command.mjs";

/** A program and its stacks in an isolated workspace, and how long Pulumi's commands take there. */
export class BenchProject {
  #cli;
  #options;

  constructor(cli, workspace, name, program) {
    const folder = join(workspace.project, name);
    mkdirSync(folder);
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
    const runtime = { name: "nodejs", options: { typescript: false } };
    writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify({ name, runtime }));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name, private: true }));
    writeFileSync(join(folder, "index.js"), program);
    this.#cli = cli;
    this.#options = { cwd: folder, env: workspace.environment };
  }

  /** Makes a new stack the current one. */
  async newStack(name, config = {}) {
    await this.#pulumi(["stack", "init", name]);
    for (const [key, value] of Object.entries(config)) await this.#pulumi(["config", "set", key, value]);
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
