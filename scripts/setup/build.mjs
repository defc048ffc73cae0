import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { keepPublicDeclarations } from "../build/public-declarations.mjs";
import { SetupFailure } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { repository, scratch } from "./paths.mjs";
import { withProgress } from "./progress.mjs";
import { CommandFailure, runCommand } from "./run-command.mjs";

const dist = join(repository, "dist");
const stamp = join(scratch, "build.json");

const compiler = join(repository, "node_modules", "typescript", "bin", "tsc");

/** Builds dist/ unless it was built from the sources as they are now. */
export async function ensureBuild() {
  if (isBuildCurrent()) return;
  await locked(async () => {
    if (isBuildCurrent()) return;
    await withProgress("Building dist/ (npm run build)", build);
  });
}

/** Builds dist/ whatever is there. */
export async function rebuild() {
  await locked(build);
}

function locked(work) {
  return withLock(join(scratch, "build.lock"), "npm run build in this clone", work);
}

async function build() {
  const sources = fingerprint(buildInputs());
  const fresh = join(scratch, "dist");
  rmSync(fresh, { recursive: true, force: true });
  try {
    const project = join(repository, "tsconfig.build.json");
    await runCommand(process.execPath, [compiler, "-p", project, "--outDir", fresh], { cwd: repository });
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    throw new SetupFailure(`The build failed: ${error.report}`);
  }
  keepPublicDeclarations(fresh);
  // Loaded late: the set-up itself runs before any dependency is there.
  const { compactScripts } = await import("../build/compact-scripts.mjs");
  await compactScripts(fresh);
  // npm does this where it installs the package, and not in a clone, whose node_modules/.bin links to it too.
  chmodSync(join(fresh, "cli", "main.js"), 0o755);
  replaceDist(fresh);
  writeFileSync(stamp, JSON.stringify({ sources, output: fingerprint(["dist"]) }));
}

/** Swaps folders instead of writing into dist/, so that programs using it never see half a build or a removed file. */
function replaceDist(fresh) {
  const old = join(scratch, "dist-old");
  rmSync(old, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
}

function isBuildCurrent() {
  if (!existsSync(stamp) || !existsSync(dist)) return false;
  const { sources, output } = JSON.parse(readFileSync(stamp, "utf8"));
  return sources === fingerprint(buildInputs()) && output === fingerprint(["dist"]);
}

/** The folders the compiler is told to read, and the files that decide how it reads them. */
function buildInputs() {
  const { include } = JSON.parse(readFileSync(join(repository, "tsconfig.build.json"), "utf8"));
  return [
    ...include,
    "scripts/build",
    "tsconfig.json",
    "tsconfig.build.json",
    "package.json",
    "package-lock.json",
  ];
}

/** Hash over the names and contents of files; folders are walked, missing ones skipped. */
function fingerprint(entries) {
  const hash = createHash("sha256");
  for (const file of entries.flatMap((entry) => filesUnder(entry)).sort()) {
    const content = readFileSync(join(repository, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

function filesUnder(entry) {
  const path = join(repository, entry);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [entry];
  return readdirSync(path).flatMap((child) => filesUnder(`${entry}/${child}`));
}
