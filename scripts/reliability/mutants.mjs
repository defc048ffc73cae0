import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { repository } from "../setup/paths.mjs";
import { acquisition } from "./acquisition-mutations.mjs";
import { keeping } from "./keeping-mutations.mjs";
import { release } from "./release-mutations.mjs";

const mutations = [...acquisition, ...keeping, ...release];

/** Mutants tried at once. */
const workers = 2;

/** What the tests of a mutant need. */
const copied = [
  "provider",
  "simulator",
  "test/lifecycle",
  "test/unit/operations",
  "package.json",
  "jest.config.mjs",
];

/**
 * Breaks each rule in a copy of the repository and runs the tests that must notice.
 *
 * @param {(line: string) => void} report
 * @param {string} [only] rules that contain this text
 * @returns {Promise<number>} mutants that no test noticed
 */
export async function runMutants(report, only = "") {
  const stale = staleMutations();
  if (stale.length > 0) throw new Error(`These mutations do not fit the code any more:\n${stale.join("\n")}`);
  const chosen = mutations.filter(({ rule }) => rule.includes(only));
  const queue = [...chosen];
  const found = new Map();
  const work = async () => {
    const folder = copyOfRepository();
    try {
      for (let mutation = queue.shift(); mutation !== undefined; mutation = queue.shift()) {
        found.set(mutation, await killerOf(folder, mutation));
        say(report, mutation, found.get(mutation));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const missed = chosen.filter((mutation) => found.get(mutation) === undefined);
  report(`measure: mutants: ${chosen.length - missed.length} of ${chosen.length} noticed`);
  for (const { rule } of missed) report(`measure: no test noticed: ${rule}`);
  return missed.length;
}

/** @returns {string[]} rules whose mutation the code does not have exactly once, with the text that was looked for */
export function staleMutations() {
  return mutations
    .filter(({ file, from }) => readFileSync(join(repository, file), "utf8").split(from).length !== 2)
    .map(({ rule, file, from }) => `${rule}: ${file} does not have this exactly once: ${from}`);
}

function say(report, { rule }, killer) {
  report(`rule ${rule}\n  ${killer === undefined ? "NOT NOTICED by any test" : `noticed by: ${killer}`}`);
}

function copyOfRepository() {
  const folder = mkdtempSync(join(tmpdir(), "eip-segment-mutants-"));
  for (const path of copied) cpSync(join(repository, path), join(folder, path), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** The first test that fails on a mutant; undefined when none does. */
async function killerOf(folder, { file, from, to, tests }) {
  const path = join(folder, file);
  const original = readFileSync(path, "utf8");
  writeFileSync(
    path,
    original.replace(from, () => to),
  );
  try {
    const report = join(folder, "report.json");
    rmSync(report, { force: true });
    const jest = join("node_modules", "jest", "bin", "jest.js");
    await run(
      process.execPath,
      [jest, "--runInBand", "--json", "--outputFile", report, `test/${tests}`],
      folder,
    );
    const { testResults } = JSON.parse(readFileSync(report, "utf8"));
    const failed = testResults.flatMap(({ assertionResults, message, status }) => {
      const names = assertionResults.filter((one) => one.status === "failed").map(({ fullName }) => fullName);
      // A mutant that does not even load proves nothing.
      if (status === "failed" && names.length === 0) throw new Error(`${file}: ${message}`);
      return names;
    });
    return failed[0];
  } finally {
    writeFileSync(path, original);
  }
}

function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: "ignore" });
    child.on("error", reject);
    child.on("close", resolve);
  });
}
