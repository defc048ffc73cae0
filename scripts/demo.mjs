// Runs examples/basic against the simulator with the real Pulumi CLI: up, preview of a change, refresh, destroy.
import { startSimulator } from "./workspace/built-simulator.mjs";
import { isolatedWorkspace } from "./workspace/isolated-workspace.mjs";
import { linkProject } from "./workspace/link-project.mjs";
import { CommandSequence } from "./workspace/command-sequence.mjs";
import { ensureEverything } from "./setup/everything.mjs";
import { SetupFailure, runMain } from "./setup/failure.mjs";
import { elapsed } from "./setup/progress.mjs";

const STEPS = [
  ["A stack with its own state and passphrase", ["stack", "init", "demo"]],
  ["Allocate a /28: 16 consecutive addresses", ["up", "--yes", "--skip-preview"]],
  ["An output, as scripts read it", ["stack", "output", "cidrBlock"]],
  ["What a larger mask would do: replace", ["preview", "--diff", "--config", "eipMask=27"]],
  ["Compare the state with the cloud", ["refresh", "--yes", "--skip-preview"]],
  ["Release the segment", ["destroy", "--yes", "--skip-preview"]],
];

await runMain(async () => {
  const cli = await ensureEverything();
  const start = Date.now();
  const simulator = await startSimulator({
    progression: { kind: "time", allocateMs: 3000, releaseMs: 1000 },
  });
  const workspace = isolatedWorkspace(cli, simulator.environment);
  const commands = new CommandSequence({ cwd: workspace.project, env: workspace.environment });
  try {
    linkProject(workspace.project);
    console.log(
      `Pulumi CLI ${cli.version}, simulator at ${simulator.endpoint}: no account, login or cost involved.`,
    );
    for (const [index, [title, args]] of STEPS.entries()) {
      console.log(`\n=== ${index + 1}/${STEPS.length} ${title}\n$ pulumi ${args.join(" ")}`);
      await commands.run(cli.command, ["--non-interactive", `--color=${color()}`, ...args]);
    }
    return summarize(simulator, Date.now() - start);
  } finally {
    await simulator.stop();
    workspace.remove();
    commands.close();
  }
});

/** With --non-interactive Pulumi leaves colours out unless they are asked for. */
function color() {
  return process.stdout.isTTY && !process.env.NO_COLOR ? "always" : "never";
}

function summarize(simulator, durationMs) {
  const counts = new Map();
  for (const { action } of simulator.log) counts.set(action, (counts.get(action) ?? 0) + 1);
  console.log("\n=== What the simulated cloud saw");
  for (const [action, count] of counts) console.log(`${String(count).padStart(5)}  ${action}`);
  const left = simulator.segments();
  console.log(`${left.length} segments left; the demo took ${elapsed(durationMs)}.`);
  if (left.length > 0) throw new SetupFailure(`Still there: ${left.map(({ id }) => id).join(", ")}.`);
  return 0;
}
