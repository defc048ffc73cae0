import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { repository } from "../../scripts/setup/paths.mjs";
import { barChart } from "./bar-chart.mjs";
import { SUBJECTS } from "./bench-run.mjs";
import { measuresOf } from "./measures.mjs";
import { median } from "./statistics.mjs";
import { fullReport, summary } from "./tables.mjs";

const folder = join(repository, "bench", "results");
const README = join(repository, "README.md");
const BLOCK = /(<!-- bench -->\n).*(<!-- \/bench -->)/s;

/** Writes what was measured as JSON, as a table and as a plot. @returns the table */
export async function writeResults({ machine, rows }) {
  const results = { machine, measures: measuresOf(rows), rows };
  mkdirSync(folder, { recursive: true });
  await writeFormatted(join(folder, "speed.json"), JSON.stringify(results));
  const report = fullReport(results);
  await writeFormatted(join(folder, "speed.md"), report);
  writeFileSync(join(folder, "speed.svg"), barChart("pulumi up, seconds", bars(rows)));
  return report;
}

/** Puts the last results into the README, between its two marks. */
export async function fillReadme() {
  const results = JSON.parse(readFileSync(join(folder, "speed.json"), "utf8"));
  const text = readFileSync(README, "utf8");
  if (!BLOCK.test(text)) throw new Error("The README has no place marked <!-- bench --> … <!-- /bench -->.");
  await writeFormatted(
    README,
    text.replace(BLOCK, (_, before, after) => `${before}\n${summary(results)}\n\n${after}`),
  );
}

async function writeFormatted(path, text) {
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}

function bars(rows) {
  return rows
    .filter(({ command }) => command === "up")
    .map(({ scenario, count, rate, subject, times }) => ({
      label: `${scenario === "shared" ? "2 × " : ""}${count}${rate === "none" ? "" : ", limited"}: ${SUBJECTS[subject].label}`,
      value: median(times) / 1000,
    }));
}
