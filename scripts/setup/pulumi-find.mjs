import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

import { cliCache, pulumiSdk } from "./paths.mjs";
import { homeEnvironment, isWindows, programFile } from "./platform.mjs";
import { CommandFailure, runCommand } from "./run-command.mjs";
import { compareVersions, isAtLeast, parseVersion } from "./version.mjs";

/** Earlier engines ignore the inputs that a dynamic provider's `read` returns. */
export const MINIMUM_CLI = "3.216.0";

const PULUMI = programFile("pulumi");
const LANGUAGE_HOST = programFile("pulumi-language-nodejs");

/** The script of the SDK that starts dynamic providers. */
export const PLUGIN_STARTER = `pulumi-resource-pulumi-nodejs${isWindows ? ".cmd" : ""}`;

const VERSION_TIMEOUT_MS = 20_000;

/** The files a folder needs to run Node.js programs with dynamic providers. */
export const CLI_FILES = [PULUMI, LANGUAGE_HOST, PLUGIN_STARTER];

/**
 * A CLI that was seen to work.
 * @typedef {object} PulumiCli
 * @property {string} version for example `3.230.0`
 * @property {string} command full path of `pulumi`
 * @property {string[]} folders what must be put before the PATH to use it; empty when the PATH is enough
 */

/**
 * Looks for a CLI without installing anything: on the PATH, then in the cache, newest first.
 * @returns {Promise<{cli?: PulumiCli, tried: string[]}>} `tried` says why each place did not do
 */
export async function findPulumiCli() {
  const tried = [];
  for (const find of [findOnPath, findInCache]) {
    const answer = await find();
    if (answer.cli !== undefined) return { cli: answer.cli, tried };
    tried.push(answer.reason);
  }
  return { tried };
}

/** @returns a copy of `environment` whose PATH starts with the CLI and with the Node.js that runs this script */
export function environmentFor(cli, environment = process.env) {
  const folders = [...cli.folders, dirname(process.execPath), environment.PATH ?? ""];
  return { ...environment, PATH: folders.join(delimiter) };
}

async function findOnPath() {
  const command = onPath(PULUMI);
  if (command === undefined) return { reason: "PATH: no `pulumi` there" };
  const { version, reason } = await checkVersion(command);
  if (reason !== undefined) return { reason: `PATH: ${reason}` };
  if (!reachable(LANGUAGE_HOST, command)) {
    return { reason: `PATH: ${command} has no \`${LANGUAGE_HOST}\` beside it or on the PATH` };
  }
  const folders = reachable(PLUGIN_STARTER, command) ? [] : [pulumiSdk];
  return { cli: { version, command, folders } };
}

async function findInCache() {
  const cache = cliCache();
  const versions = existsSync(cache) ? readdirSync(cache).filter((name) => /^\d+\.\d+\.\d+/.test(name)) : [];
  const reasons = [];
  for (const name of versions.sort(compareVersions).reverse()) {
    const { cli, reason } = await inspectCliFolder(join(cache, name, "bin"));
    if (cli !== undefined) return { cli };
    reasons.push(reason);
  }
  return { reason: `cache: ${reasons.length === 0 ? `no version in ${cache}` : reasons.join("; ")}` };
}

/** Checks that a folder holds a complete CLI that runs and is recent enough. */
export async function inspectCliFolder(folder) {
  const missing = CLI_FILES.filter((file) => !isExecutable(join(folder, file)));
  if (missing.length > 0) return { reason: `${folder} lacks ${missing.join(", ")}` };
  const command = join(folder, PULUMI);
  const { version, reason } = await checkVersion(command);
  return reason === undefined ? { cli: { version, command, folders: [folder] } } : { reason };
}

async function checkVersion(command) {
  try {
    // Demo and tests run it with another home folder, where the shim of a version manager may not work.
    const env = {
      ...homeEnvironment(tmpdir()),
      PATH: process.env.PATH,
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    const answer = await runCommand(command, ["version"], { env, timeoutMs: VERSION_TIMEOUT_MS });
    const version = parseVersion(answer)?.join(".");
    if (version === undefined) return { reason: `\`${command} version\` printed "${answer.trim()}"` };
    if (parseVersion(version)[0] !== 3 || !isAtLeast(version, MINIMUM_CLI)) {
      return { reason: `${command} is version ${version}, and ${MINIMUM_CLI} or a later 3.x is needed` };
    }
    return { version };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return { reason: error.message };
  }
}

function onPath(name) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** The CLI looks for its helpers on the PATH and beside its own binary. */
function reachable(name, command) {
  return onPath(name) !== undefined || isExecutable(join(dirname(realpathSync(command)), name));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
