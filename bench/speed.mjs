// How long segments take, and how many API calls: this package, a plain client as widely used providers are, and an empty
// dynamic provider as the baseline, side by side in one run against the simulator.
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { ensureEverything } from "../scripts/setup/everything.mjs";
import { runMain } from "../scripts/setup/failure.mjs";
import { repository } from "../scripts/setup/paths.mjs";
import { say } from "../scripts/setup/progress.mjs";
import { isolatedWorkspace } from "../scripts/workspace/isolated-workspace.mjs";
import { barChart } from "./support/bar-chart.mjs";
import { BenchProject } from "./support/bench-stack.mjs";
import { callsPerSegment, detectionLags } from "./support/call-log.mjs";
import { PROGRAMS } from "./support/programs.mjs";
import { median, seconds, spread } from "./support/statistics.mjs";

/** Time the simulated cloud takes for an allocation and a release, in ms. */
const ALLOCATE_MS = 3000;
const RELEASE_MS = 1000;

const SUBJECTS = { empty: "empty provider", segment: "EipSegment", plain: "plain client" };
const NO_LIMITS = { "eipSegment:allocatePerMinute": "100000", "eipSegment:releasePerMinute": "100000" };

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    counts: { type: "string", default: "1,10,100" },
    "limited-counts": { type: "string", default: "10,20,40" },
  },
});
const runs = Number(options.runs);
const numbers = (text) => text.split(",").filter(Boolean).map(Number);

await runMain(async () => {
  const cli = await ensureEverything();
  const bench = {
    cli,
    rows: [],
    ...(await import(pathToFileURL(join(repository, "dist/simulator/index.js")).href)),
  };
  for (const count of numbers(options.counts)) {
    await measure(bench, {
      count,
      limited: false,
      verbs: ["up", "up again", "preview", "refresh", "destroy"],
    });
  }
  for (const count of numbers(options["limited-counts"])) {
    await measure(bench, { count, limited: true, verbs: ["up"] });
  }
  const text = table(bench.rows);
  console.log(`\n${text}`);
  const folder = join(repository, "bench", "results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "speed.json"), JSON.stringify(bench.rows, null, 2));
  writeFileSync(join(folder, "speed.md"), text);
  writeFileSync(join(folder, "speed.svg"), barChart("pulumi up, seconds", bars(bench.rows)));
  return 0;
});

/** Measures all subjects in turn, run by run, so that a change in the machine's speed meets all alike. */
async function measure(bench, { count, limited, verbs }) {
  const times = {};
  const calls = {};
  const lags = {};
  for (let run = 1; run <= runs; run += 1) {
    for (const subject of Object.keys(SUBJECTS)) {
      const simulator = await bench.startSimulator({
        progression: { kind: "time", allocateMs: ALLOCATE_MS, releaseMs: RELEASE_MS },
        rateLimits: limited,
        quota: 1_000_000,
        frequentPurchaseGuard: false,
      });
      const workspace = isolatedWorkspace(bench.cli, simulator.environment);
      try {
        const project = new BenchProject(bench.cli, workspace, subject, PROGRAMS[subject](count));
        await project.newStack("bench", limited ? {} : NO_LIMITS);
        for (const verb of verbs) {
          const name = verb === "up again" ? "up" : verb;
          const ms = await project.time(name, ["--parallel", String(Math.max(100, count))]);
          ((times[verb] ??= {})[subject] ??= []).push(ms);
          if (verb === "up") {
            (calls[subject] ??= []).push(callsPerSegment(simulator.log, count));
            (lags[subject] ??= []).push(...detectionLags(simulator.log, ALLOCATE_MS));
          }
          say(
            `N=${count} ${limited ? "limited " : ""}run ${run}/${runs}  ${subject} ${verb}  ${seconds(ms)}`,
          );
        }
      } finally {
        await simulator.stop();
        workspace.remove();
      }
    }
  }
  for (const verb of verbs) {
    for (const subject of Object.keys(SUBJECTS)) {
      const row = { count, limited, verb, subject, times: times[verb][subject] };
      if (verb === "up") Object.assign(row, { calls: calls[subject], lags: lags[subject] });
      bench.rows.push(row);
    }
  }
}

function table(rows) {
  const lines = [
    `Medians of ${runs} runs with their spread, ${availableParallelism()} cores, Node.js ${process.version}, allocation takes ${seconds(ALLOCATE_MS)}.`,
    "",
    "| N | rate | command | subject | time | calls per segment | detection lag |",
    "| --- | --- | --- | --- | --- | --- | --- |",
  ];
  for (const { count, limited, verb, subject, times, calls, lags } of rows) {
    const perSegment = calls === undefined ? "" : median(calls.map(({ total }) => total)).toFixed(2);
    const lag = lags === undefined || lags.length === 0 ? "" : seconds(median(lags));
    lines.push(
      `| ${count} | ${limited ? "6 per 60 s" : "none"} | ${verb} | ${SUBJECTS[subject]} | ${spread(times)} | ${perSegment} | ${lag} |`,
    );
  }
  return `${lines.join("\n")}\n`;
}

function bars(rows) {
  return rows
    .filter(({ verb }) => verb === "up")
    .map(({ count, limited, subject, times }) => ({
      label: `${count} ${limited ? "limited " : ""}${SUBJECTS[subject]}`,
      value: median(times) / 1000,
    }));
}
