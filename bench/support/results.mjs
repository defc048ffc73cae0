import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { repository } from "../../scripts/setup/paths.mjs";
import { drawCharts } from "./charts.mjs";
import { measuresOf } from "./measures.mjs";
import { fullReport, summary } from "./tables.mjs";

const folder = join(repository, "bench", "results");
const results = join(folder, "speed.json");
const README = join(repository, "README.md");
const BLOCK = /(<!-- bench -->\n).*(<!-- \/bench -->)/s;

/** Keeps what was measured. @param {{machine: object, rows: import("./rows.mjs").Row[]}} measured */
export async function saveResults(measured) {
  mkdirSync(folder, { recursive: true });
  await writeFormatted(results, JSON.stringify(measured));
}

/** Writes the tables and the charts of the last results. */
export async function writePages() {
  const measured = lastResults();
  await writeFormatted(join(folder, "speed.md"), fullReport(measured));
  writeFileSync(join(folder, "speed.svg"), drawCharts(measured.rows));
}

/** Puts the last results into the README, between its two marks. */
export async function fillReadme() {
  const text = readFileSync(README, "utf8");
  if (!BLOCK.test(text)) throw new Error("The README has no place marked <!-- bench --> … <!-- /bench -->.");
  await writeFormatted(
    README,
    text.replace(BLOCK, (_, before, after) => `${before}\n${summary(lastResults())}\n\n${after}`),
  );
}

function lastResults() {
  const { machine, rows } = JSON.parse(readFileSync(results, "utf8"));
  return { machine, rows, measures: measuresOf(rows) };
}

async function writeFormatted(path, text) {
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}
