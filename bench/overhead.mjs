// What an EipSegment costs on top of a dynamic provider that does nothing: `pulumi up` of both, side by side, with a
// simulator that answers at once.
import { ensureEverything } from "../scripts/setup/everything.mjs";
import { runMain } from "../scripts/setup/failure.mjs";
import { say } from "../scripts/setup/progress.mjs";
import { startSimulator } from "../scripts/workspace/built-simulator.mjs";
import { isolatedWorkspace } from "../scripts/workspace/isolated-workspace.mjs";
import { BenchProject } from "./support/bench-stack.mjs";
import { PROGRAMS } from "./support/programs.mjs";
import { median, seconds } from "./support/statistics.mjs";

const RUNS = 5;
const SUBJECTS = ["empty", "segment"];

await runMain(async () => {
  const cli = await ensureEverything();
  const simulator = await startSimulator({
    progression: { kind: "immediate" },
    rateLimits: false,
    quota: 1000,
  });
  const workspace = isolatedWorkspace(cli, simulator.environment);
  try {
    const times = { empty: [], segment: [] };
    const projects = Object.fromEntries(
      SUBJECTS.map((name) => [name, new BenchProject(cli, workspace, name, PROGRAMS[name](1))]),
    );
    // Run 0 warms the file system's and Node.js's caches and is not counted.
    for (let run = 0; run <= RUNS; run += 1) {
      for (const name of SUBJECTS) {
        await projects[name].newStack(`run-${run}`);
        const ms = await projects[name].time("up");
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
