// How long segments take, and how many API calls: this package, a simple provider that works as widely used ones do, and an
// empty provider as the baseline, side by side in one run against the simulator.
import { parseArgs } from "node:util";

import { ensureEverything } from "../scripts/setup/everything.mjs";
import { runMain } from "../scripts/setup/failure.mjs";
import { startSimulator } from "../scripts/workspace/built-simulator.mjs";
import { measureCounts } from "./scenarios/counts.mjs";
import { measureLargeStack } from "./scenarios/large-stack.mjs";
import { measureLimited } from "./scenarios/limited.mjs";
import { describeMachine } from "./support/machine.mjs";
import { fillReadme, saveResults, writePages } from "./support/results.mjs";
import { Rows } from "./support/rows.mjs";

const HELP = `npm run bench -- [options]

  --runs 3                  runs of each figure
  --counts 1,10,100         numbers of segments without rates in the way
  --limited-counts 10,20,40 numbers of segments under the account's rates (6 allocations per 60 s)
  --limited-runs 3          runs of each of those
  --shared-count 18         segments of each of two stacks that share one account's rate
  --others 1000             other resources beside which a preview with one segment is timed
  --at-once 8               runs under the rates that go on side by side; each needs about 0.5 GB
  --only counts,limited,shared,large
                            what to measure; "none" only writes the pages again from speed.json
  --readme                  writes a summary into the README

Writes bench/results/speed.json, speed.md and speed.svg. About half an hour with the defaults.`;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "3" },
    counts: { type: "string", default: "1,10,100" },
    "limited-counts": { type: "string", default: "10,20,40" },
    "limited-runs": { type: "string", default: "3" },
    "shared-count": { type: "string", default: "18" },
    others: { type: "string", default: "1000" },
    "at-once": { type: "string", default: "8" },
    only: { type: "string", default: "counts,limited,shared,large" },
    readme: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const list = (text) => text.split(",").filter(Boolean);
const only = new Set(list(values.only));
const runs = Number(values.runs);

await runMain(async () => {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (!only.has("none")) await measure();
  await writePages();
  if (values.readme) await fillReadme();
  return 0;
});

async function measure() {
  const cli = await ensureEverything();
  const machine = await describeMachine(cli);
  const collected = new Rows();
  const record = (key, figures) => collected.record(key, figures);
  const bench = { cli, startSimulator, record };
  try {
    if (only.has("counts")) await measureCounts(bench, { counts: list(values.counts).map(Number), runs });
    if (only.has("large")) await measureLargeStack(bench, { others: Number(values.others), runs });
    await measureLimited(bench, {
      limitedCounts: list(values["limited-counts"]).map(Number),
      limitedRuns: Number(values["limited-runs"]),
      sharedCount: Number(values["shared-count"]),
      atOnce: Number(values["at-once"]),
      only,
    });
  } finally {
    // What was measured before a failure is worth keeping too.
    if (collected.rows.length > 0) await saveResults({ machine, rows: collected.rows });
  }
}
