import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { pulumiCli, repository } from "./pulumi-cli";

/** Modules of the programs under test: `npm run matrix` puts an installed tarball and another SDK in place of the repository's. */
const modules = process.env.ENGINE_TEST_MODULES ?? join(repository, "node_modules");

/** Variables without which programs do not start on Windows. */
function neededByWindows(): Record<string, string> {
  const names = process.platform === "win32" ? ["SystemRoot", "PATHEXT", "ComSpec", "TEMP", "TMP"] : [];
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? ""]));
}

/** A temporary folder with a Pulumi project, its state and its own home; nothing of the user's account is visible in it. */
export class Workspace {
  readonly root = mkdtempSync(join(tmpdir(), "eip-segment-engine-"));
  /** The project's folder, where commands run. */
  readonly project = this.folder("project");
  readonly environment: Record<string, string>;

  constructor(projectName: string, variables: Record<string, string>) {
    symlinkSync(modules, join(this.project, "node_modules"), "junction");
    this.write("package.json", JSON.stringify({ name: projectName, private: true }));
    this.environment = {
      PATH: pulumiCli().path,
      ...neededByWindows(),
      HOME: this.folder("home"),
      USERPROFILE: join(this.root, "home"),
      PULUMI_HOME: this.folder("pulumi-home"),
      PULUMI_BACKEND_URL: pathToFileURL(this.folder("state")).href,
      PULUMI_CONFIG_PASSPHRASE: "engine-test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // Unlocks --event-log.
      PULUMI_DEBUG_COMMANDS: "true",
      ...variables,
    };
  }

  /** Writes a file into the project's folder. */
  write(name: string, text: string): void {
    writeFileSync(join(this.project, name), text);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }

  private folder(name: string): string {
    const path = join(this.root, name);
    mkdirSync(path);
    return path;
  }
}
