import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { SetupFailure } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { repository, scratch } from "./paths.mjs";
import { npmCommand } from "./platform.mjs";
import { withProgress } from "./progress.mjs";
import { CommandFailure, runCommand, withLines } from "./run-command.mjs";

const SHOWN_LINES = 8;

/** Runs `npm ci` unless node_modules holds exactly what package-lock.json asks for. */
export async function ensureDependencies() {
  if (areDependenciesCurrent()) return;
  await withLock(join(scratch, "npm.lock"), "npm ci in this clone", async () => {
    if (areDependenciesCurrent()) return;
    await withProgress("Installing dependencies (npm ci)", install);
  });
}

async function install() {
  try {
    await runCommand(...npmCommand(["ci", "--no-audit", "--no-fund"]), { cwd: repository });
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    // npm says first what is wrong and then, at length, how `npm ci` is used.
    const said = error.lines.filter((line) => line.startsWith("npm error")).slice(0, SHOWN_LINES);
    throw new SetupFailure(
      withLines(
        `The dependencies could not be installed: ${error.message}. Solve the cause below and run the command again; ` +
          "`npm config get registry` shows which registry npm uses.",
        said,
      ),
    );
  }
}

/** npm writes node_modules/.package-lock.json as the last step of an installation, so an interrupted one has none. */
function areDependenciesCurrent() {
  const installedLock = join(repository, "node_modules", ".package-lock.json");
  if (!existsSync(installedLock)) return false;
  const installed = readPackages(installedLock);
  const wanted = readPackages(join(repository, "package-lock.json"));
  delete wanted[""];
  return (
    Object.entries(wanted).every(
      ([path, entry]) => installed[path] !== undefined || entry.optional === true,
    ) &&
    Object.entries(installed).every(([path, entry]) => isSame(entry, wanted[path]) && isForThisMachine(entry))
  );
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages;
}

function isSame(entry, wanted) {
  return entry.version === wanted?.version && entry.integrity === wanted?.integrity;
}

/** A clone shared with a container holds binaries of the other system. */
function isForThisMachine({ os = [process.platform], cpu = [process.arch] }) {
  return allows(os, process.platform) && allows(cpu, process.arch);
}

function allows(list, value) {
  return (
    !list.includes(`!${value}`) && (list.includes(value) || list.every((entry) => entry.startsWith("!")))
  );
}
