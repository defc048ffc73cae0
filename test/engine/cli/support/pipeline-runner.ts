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
  /** Files by which steps of GitHub tell the runner something. */
  private readonly files: { GITHUB_ENV: string; GITHUB_STEP_SUMMARY: string };

  constructor(
    private readonly stack: Stack,
    private readonly environment: Record<string, string>,
  ) {
    this.folder = join(stack.workspace.root, "bin");
    this.log = join(stack.workspace.root, "calls");
    this.files = {
      GITHUB_ENV: join(stack.workspace.root, "github-env"),
      GITHUB_STEP_SUMMARY: join(stack.workspace.root, "summary.md"),
    };
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

  /** What the steps added to the summary of their job. */
  summary(): string {
    return readFileSync(this.files.GITHUB_STEP_SUMMARY, "utf8");
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

  /** Variables that earlier steps set for later ones. */
  private fromEarlierSteps(): Record<string, string> {
    const { GITHUB_ENV: file } = this.files;
    const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    return Object.fromEntries(lines.map((line) => line.split("=", 2) as [string, string]));
  }

  private runStep({ name, script, environment }: Step): Promise<StepEnd> {
    const own = this.stack.workspace.environment;
    const env = {
      ...{ ...own, ...this.environment, ...this.files, ...this.fromEarlierSteps(), ...environment },
      PATH: `${this.folder}:${own.PATH ?? ""}`,
    };
    const options = { cwd: this.stack.workspace.project, env, timeout: 90_000 };
    return new Promise((resolve) => {
      execFile("bash", ["-e", "-o", "pipefail", "-c", script], options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 255;
        resolve({ name, exitCode: code, output: `${stdout}${stderr}` });
      });
    });
  }
}
