import { accessSync, constants, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { cliCache, repository } from "./paths.mjs";
import { say, withProgress } from "./progress.mjs";
import { programFile } from "./platform.mjs";
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
      `Building the Pulumi CLI ${version} with Go: about 5 minutes on two cores, once. After Ctrl-C, the same command continues.`,
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
  const build = (module, name, flags, target) =>
    withProgress(`Building ${name}`, async (report) => {
      const missing = await missingPackages(module, target, env, report);
      let compiled = 0;
      const output = join(folder, programFile(name));
      const args = [
        "build",
        "-v",
        "-mod=readonly",
        "-buildvcs=false",
        "-o",
        output,
        "-ldflags",
        flags,
        target,
      ];
      await go(module, args, {
        env,
        onLine: (line) => {
          if (!isPackage(line)) return;
          compiled += 1;
          report(compiled < missing ? `${compiled} of ${missing} packages compiled` : "linking");
        },
      });
    });
  await build("cli", "pulumi", `-s -w ${stamp}`, CLI_PACKAGE);
  await build("language-nodejs", "pulumi-language-nodejs", "-s -w", HOST_PACKAGE);
}

/** Downloads the modules of a package, and counts the packages that Go's build cache lacks. */
async function missingPackages(module, target, env, report) {
  let downloads = 0;
  const stale = "{{if .Stale}}{{.ImportPath}}{{end}}";
  const printed = await go(module, ["list", "-mod=readonly", "-deps", "-f", stale, target], {
    env,
    onLine: (line) => {
      if (!line.startsWith("go: downloading ")) return;
      downloads += 1;
      report(`${downloads} modules downloaded`);
    },
  });
  return printed.split("\n").filter(isPackage).length;
}

/** Whether Go printed the path of a package, and not a message. */
function isPackage(line) {
  return /^[\w.~/-]+$/.test(line);
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

function go(module, args, options = {}) {
  return runCommand("go", args, { cwd: join(modules, module), ...options });
}

function goMod(module, pattern) {
  return pattern.exec(readFileSync(join(modules, module, "go.mod"), "utf8"))[1];
}
