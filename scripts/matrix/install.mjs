import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { repository, scratch } from "../setup/paths.mjs";
import { withProgress } from "../setup/progress.mjs";
import { isWindows, npmCommand, programFile } from "../setup/platform.mjs";
import { runCommand } from "../setup/run-command.mjs";

const folder = join(scratch, "matrix");

/** Packs the package as it would be published. @returns {Promise<string>} path of the tarball */
export async function packTarball() {
  mkdirSync(folder, { recursive: true });
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [{ filename }] = JSON.parse(await runCommand(...npmCommand(args), { cwd: repository }));
  return join(folder, filename);
}

/**
 * The newest Node.js of a major version, from the npm package of this platform.
 *
 * @returns {Promise<{version: string, command: string}>}
 */
export async function installNode(major) {
  const home = join(folder, `node-${major}`);
  const name = `node-${isWindows ? "win" : process.platform}-${process.arch}`;
  const command = join(home, "node_modules", name, "bin", programFile("node"));
  if (!existsSync(command)) await install(home, [`${name}@${major}`]);
  const version = (await runCommand(command, ["--version"])).trim().replace(/^v/, "");
  return { version, command };
}

/**
 * A project that installed the tarball and a version of the SDK, as a user's would.
 *
 * @param {string} wanted version or range of the SDK
 * @returns {Promise<{folder: string, modules: string, sdk: string}>} `sdk` is the version that was installed
 */
export async function installConsumer(tarball, wanted) {
  const home = join(folder, `sdk-${wanted}`);
  const modules = join(home, "node_modules");
  // The tarball has the name of the version and other content each time.
  rmSync(join(modules, "pulumi-alicloud-eip-segment"), { recursive: true, force: true });
  rmSync(join(home, "package-lock.json"), { force: true });
  await install(home, [`@pulumi/pulumi@${wanted}`, "@alicloud/pop-core@1.8.0", tarball]);
  const { version } = JSON.parse(readFileSync(join(modules, "@pulumi", "pulumi", "package.json"), "utf8"));
  return { folder: home, modules, sdk: version };
}

/** Installs a compiler. @returns {Promise<string>} folder of its package */
export async function installCompiler(version) {
  const home = join(folder, `typescript-${version}`);
  const compiler = join(home, "node_modules", "typescript");
  if (!existsSync(compiler)) await install(home, [`typescript@${version}`]);
  return compiler;
}

async function install(home, packages) {
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), JSON.stringify({ name: "matrix", private: true }));
  const args = ["install", "--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts", ...packages];
  await withProgress(`Installing ${packages.map((name) => name.split("/").at(-1)).join(", ")}`, () =>
    runCommand(...npmCommand(args), { cwd: home }),
  );
}
