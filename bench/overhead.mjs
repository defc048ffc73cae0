// What an EipSegment costs on top of a dynamic provider that does nothing: `pulumi up` of both, side by side, with a
// simulator that answers at once.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";

import { ensureEverything } from "../scripts/setup/everything.mjs";
import { runMain } from "../scripts/setup/failure.mjs";
import { repository } from "../scripts/setup/paths.mjs";
import { say } from "../scripts/setup/progress.mjs";
import { runCommand } from "../scripts/setup/run-command.mjs";
import { isolatedWorkspace } from "../scripts/workspace/isolated-workspace.mjs";

const RUNS = 5;

const PROGRAMS = {
  empty: `const pulumi = require("@pulumi/pulumi");
    const provider = { async create(inputs) { return { id: "empty", outs: inputs }; } };
    class Empty extends pulumi.dynamic.Resource {
      constructor(name, props) { super(provider, name, props); }
    }
    exports.id = new Empty("empty", { eipMask: 28 }).id;`,
  segment: `const { EipSegment } = require("pulumi-alicloud-eip-segment");
    exports.id = new EipSegment("segment", { eipMask: 28 }).id;`,
};

await runMain(async () => {
  const cli = await ensureEverything();
  const { startSimulator } = await import(
    pathToFileURL(join(repository, "dist", "simulator", "index.js")).href
  );
  const simulator = await startSimulator({
    progression: { kind: "immediate" },
    rateLimits: false,
    quota: 1000,
  });
  const workspace = isolatedWorkspace(cli, simulator.environment);
  try {
    const times = { empty: [], segment: [] };
    for (const name of Object.keys(PROGRAMS)) writeProject(workspace.project, name);
    // Run 0 warms the file system's and Node.js's caches and is not counted.
    for (let run = 0; run <= RUNS; run += 1) {
      for (const name of Object.keys(PROGRAMS)) {
        const ms = await timeUp(cli, workspace, name, `run-${run}`);
        simulator.reset();
        if (run > 0) times[name].push(ms);
        say(`${run === 0 ? "warm-up" : `run ${run}/${RUNS}`}  ${name.padEnd(7)}  ${seconds(ms)}`);
      }
    }
    printTable(times);
    return 0;
  } finally {
    await simulator.stop();
    workspace.remove();
  }
});

function writeProject(root, name) {
  const folder = join(root, name);
  mkdirSync(folder);
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  const runtime = { name: "nodejs", options: { typescript: false } };
  writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify({ name, runtime }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, private: true }));
  writeFileSync(join(folder, "index.js"), PROGRAMS[name]);
}

/** A new stack for each run, so that each creates its resource; only `pulumi up` is timed. */
async function timeUp(cli, workspace, name, stack) {
  const options = { cwd: join(workspace.project, name), env: workspace.environment };
  await runCommand(cli.command, ["stack", "init", stack, "--non-interactive"], options);
  const start = performance.now();
  await runCommand(cli.command, ["up", "--yes", "--skip-preview", "--non-interactive"], options);
  return performance.now() - start;
}

function printTable({ empty, segment }) {
  console.log(`\n\`pulumi up\`, ${RUNS} runs each        median      min      max`);
  for (const [label, values] of [
    ["empty dynamic provider", empty],
    ["one EipSegment", segment],
  ]) {
    const columns = [median(values), Math.min(...values), Math.max(...values)];
    console.log(`${label.padEnd(30)}${columns.map((ms) => seconds(ms).padStart(9)).join("")}`);
  }
  console.log(
    `${"difference of the medians".padEnd(30)}${seconds(median(segment) - median(empty)).padStart(9)}`,
  );
}

/** @param {number[]} values an odd number of them */
function median(values) {
  return values.toSorted((a, b) => a - b)[(values.length - 1) / 2];
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}
