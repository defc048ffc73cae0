import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { repository, type Stack } from "../../support";
import type { Step } from "./recipes";

/** How a step ended. */
export interface StepEnd {
  name: string;
  exitCode: number;
  output: string;
}

/** Commands of a runner that a test cannot have: each notes what it was called with. */
const standIns: Record<string, (log: string) => string> = {
  npm: (log) => `echo "npm $*" >> '${log}'`,
  npx: () =>
    `[ "$1 $2" = "--no eip-segment" ] || exit 64; shift 2; exec node '${join(repository, "dist", "cli", "main.js")}' "$@"`,
  gh: (log) => `echo "gh $*" >> '${log}'\ncase "$*" in *--jq*) printf '%s' "$GH_ANSWER" ;; esac`,
};

/** Runs the steps of pipelines in a stack's project folder, with what the runner of a forge has. */
export class PipelineRunner {
  private readonly folder: string;
  private readonly log: string;

  constructor(
    private readonly stack: Stack,
    private readonly environment: Record<string, string>,
  ) {
    this.folder = join(stack.workspace.root, "bin");
    this.log = join(stack.workspace.root, "calls");
    mkdirSync(this.folder);
    for (const [name, script] of Object.entries(standIns)) {
      writeFileSync(join(this.folder, name), `#!/bin/sh\n${script(this.log)}\n`);
      chmodSync(join(this.folder, name), 0o755);
    }
  }

  /** Calls of the commands that the runner stands in for. */
  calls(): string[] {
    return existsSync(this.log) ? readFileSync(this.log, "utf8").trim().split("\n") : [];
  }

  /** Runs steps as a runner does: after one that failed only those that ask for it. */
  async run(steps: readonly Step[]): Promise<StepEnd[]> {
    const ends: StepEnd[] = [];
    for (const step of steps) {
      const failed = ends.some(({ exitCode }) => exitCode !== 0);
      if (!failed || step.evenAfterFailure) ends.push(await this.runStep(step));
    }
    return ends;
  }

  private runStep({ name, script, environment }: Step): Promise<StepEnd> {
    const own = this.stack.workspace.environment;
    const env = { ...own, ...this.environment, ...environment, PATH: `${this.folder}:${own.PATH ?? ""}` };
    const options = { cwd: this.stack.workspace.project, env, timeout: 90_000 };
    return new Promise((resolve) => {
      execFile("bash", ["-e", "-o", "pipefail", "-c", script], options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 255;
        resolve({ name, exitCode: code, output: `${stdout}${stderr}` });
      });
    });
  }
}
