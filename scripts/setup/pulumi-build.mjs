import { accessSync, constants, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { cliCache, repository } from "./paths.mjs";
import { say, withProgress } from "./progress.mjs";
import { placeCli } from "./pulumi-place.mjs";
import { CommandFailure, runCommand } from "./run-command.mjs";
import { isAtLeast } from "./version.mjs";

const modules = join(repository, "scripts", "pulumi-cli");
const CLI_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const HOST_PACKAGE = "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs";

/** The Go version the pinned modules ask for, for example `1.25.8`. */
export function neededGo() {
  return goMod("cli", /^go (\S+)$/m);
}

/** Builds the CLI and the Node.js language host from the pinned Go modules in scripts/pulumi-cli. */
export async function buildPulumiCli() {
  try {
    const go = await checkGo();
    if (go !== undefined) return { reason: `build with Go: ${go}` };
    const version = goMod("cli", /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/);
    say(
      `Building the Pulumi CLI ${version} with Go; the first time this takes about 5 minutes on two cores.`,
    );
    const { cli, reason } = await placeCli(version, (root) => compile(join(root, "bin"), version));
    return cli === undefined ? { reason: `build with Go: ${reason}` } : { cli };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return { reason: `build with Go: ${error.report}` };
  }
}

async function checkGo() {
  const answer = (await go("cli", ["env", "GOVERSION"])).trim();
  return isAtLeast(answer, neededGo())
    ? undefined
    : `Go ${neededGo()} or later is needed, and \`go\` is ${answer}`;
}

async function compile(folder, version) {
  const env = { ...process.env, ...(await writableCaches()), CGO_ENABLED: "0", GOWORK: "off" };
  const stamp = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  const build = (module, output, flags, target) =>
    go(
      module,
      ["build", "-mod=readonly", "-buildvcs=false", "-o", join(folder, output), "-ldflags", flags, target],
      env,
    );
  await withProgress("Building pulumi", () => build("cli", "pulumi", `-s -w ${stamp}`, CLI_PACKAGE));
  await withProgress("Building pulumi-language-nodejs", () =>
    build("language-nodejs", "pulumi-language-nodejs", "-s -w", HOST_PACKAGE),
  );
}

/** Go's own caches stay in use, so that an interrupted build resumes; ones that cannot be written move into the CLI cache. */
async function writableCaches() {
  const usual = JSON.parse(await go("cli", ["env", "-json", "GOMODCACHE", "GOCACHE"]));
  const moved = Object.entries(usual).filter(([, folder]) => !isWritable(folder));
  return Object.fromEntries(moved.map(([name]) => [name, join(cliCache(), "go", name.toLowerCase())]));
}

function isWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function go(module, args, env = process.env) {
  return runCommand("go", args, { cwd: join(modules, module), env });
}

function goMod(module, pattern) {
  return pattern.exec(readFileSync(join(modules, module, "go.mod"), "utf8"))[1];
}
