import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

import { pulumiCli, repository } from "../../engine/support/pulumi-cli";
import { RunningCommand } from "../../engine/support/running-command";
import { Workspace } from "../../engine/support/workspace";
import { npmCommand } from "./consumer";
import type { Layout } from "./layouts";

const pnpm = join(repository, "node_modules", "pnpm", "bin", "pnpm.cjs");

/** How each package manager installs what package.json says, and runs a program that a package brought. */
const managers = {
  npm: {
    install: [...npmCommand, "install", "--no-audit", "--no-fund", "--prefer-offline"],
    run: [...npmCommand, "exec", "--no", "--"],
  },
  pnpm: {
    install: [process.execPath, pnpm, "install", "--prefer-offline"],
    run: [process.execPath, pnpm, "exec"],
  },
} as const;

/** A project of a user, outside the repository, with a stack of its own. */
export class InstalledProject {
  private readonly workspace: Workspace;
  private readonly folder: string;
  private readonly project: string;

  /** @param variables - Environment of Pulumi, such as the simulator's. */
  constructor(
    private readonly layout: Layout,
    variables: Record<string, string>,
  ) {
    this.workspace = new Workspace("unused", variables);
    this.folder = join(this.workspace.root, layout.folder ?? "consumer");
    this.project = join(this.folder, layout.project ?? ".");
    for (const [name, content] of Object.entries(layout.files)) {
      const path = join(this.folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    }
  }

  /** Installs as the user does; the package manager keeps its usual cache. */
  async install(): Promise<void> {
    const [command, ...args] = managers[this.layout.manager].install;
    // pnpm refuses by default to change a lockfile when it believes to run in CI; there is none yet.
    await promisify(execFile)(command, args, { cwd: this.folder, env: { ...process.env, CI: "false" } });
  }

  /** Runs the package's command line, as installed. */
  eipSegment(...args: string[]): Promise<string> {
    return this.run("eip-segment", ...args);
  }

  /** Runs a program that a dependency brought. @throws with everything it printed when it fails */
  run(...program: string[]): Promise<string> {
    const [command, ...args] = managers[this.layout.manager].run;
    return this.start(command, ...args, ...program);
  }

  /** Runs a Pulumi command to its end. @throws with everything it printed when it fails */
  pulumi(...args: string[]): Promise<string> {
    return this.start(pulumiCli().command, "--non-interactive", "--color=never", ...args);
  }

  private async start(command: string, ...args: string[]): Promise<string> {
    const running = new RunningCommand(command, args, {
      cwd: this.project,
      env: this.workspace.environment,
    });
    const { exitCode, stdout } = await running.exit;
    if (exitCode !== 0) {
      throw new Error(running.transcript());
    }
    return stdout;
  }

  remove(): void {
    this.workspace.remove();
  }
}
