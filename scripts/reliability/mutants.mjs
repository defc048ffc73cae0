import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { repository } from "../setup/paths.mjs";
import { acquisition } from "./acquisition-mutations.mjs";
import { keeping } from "./keeping-mutations.mjs";

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
  const chosen = [...acquisition, ...keeping].filter(({ rule }) => rule.includes(only));
  const folder = mkdtempSync(join(tmpdir(), "eip-segment-mutants-"));
  try {
    for (const path of copied) cpSync(join(repository, path), join(folder, path), { recursive: true });
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
    let survivors = 0;
    for (const mutation of chosen) {
      const killer = await killerOf(folder, mutation);
      survivors += killer === undefined ? 1 : 0;
      report(`mutant: ${mutation.rule}: ${killer ?? "NOT NOTICED"}`);
    }
    report(`measure: mutants: ${chosen.length - survivors} of ${chosen.length} noticed`);
    return survivors;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first test that fails on a mutant; undefined when none does. */
async function killerOf(folder, { file, from, to, tests }) {
  const path = join(folder, file);
  const original = readFileSync(path, "utf8");
  if (original.split(from).length !== 2) throw new Error(`${file} does not have this exactly once: ${from}`);
  writeFileSync(
    path,
    original.replace(from, () => to),
  );
  try {
    const report = join(folder, "report.json");
    rmSync(report, { force: true });
    const jest = join("node_modules", "jest", "bin", "jest.js");
    await run(process.execPath, [jest, "--json", "--outputFile", report, `test/${tests}`], folder);
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
