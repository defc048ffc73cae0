import { availableParallelism, cpus, loadavg, platform, release, totalmem } from "node:os";

import { runCommand } from "../../scripts/setup/run-command.mjs";

/** What figures were taken on. */
export async function describeMachine(cli) {
  const version = await runCommand(cli.command, ["version"]);
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    pulumi: version.trim(),
    loadAtStart: Number(loadavg()[0]?.toFixed(2)),
  };
}

/** The machine in one sentence. */
export function machineSentence({ cores, processor, memoryGb, node, pulumi, loadAtStart }) {
  return `${cores} cores (${processor}), ${memoryGb} GB, Node.js ${node}, Pulumi CLI ${pulumi}, load ${loadAtStart} at the start.`;
}
