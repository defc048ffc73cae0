import { say } from "../../scripts/setup/progress.mjs";
import { ALLOCATE_MS, startCloud, SUBJECTS, withStack } from "../support/bench-run.mjs";
import { callsPerSegment, detectionLags } from "../support/call-log.mjs";
import { ProviderMemory } from "../support/provider-memory.mjs";
import { seconds } from "../support/statistics.mjs";

/** Commands that are timed; the simple provider only creates, and the tag makes a difference only then. */
const COMMANDS = {
  empty: ["up", "unchanged up", "preview", "refresh", "destroy"],
  segment: ["up", "unchanged up", "preview", "refresh", "destroy"],
  untagged: ["up"],
  simple: ["up"],
};

/** Segments without rates in the way: all subjects in turn, run by run, so that a change in the machine's speed meets all alike. */
export async function measureCounts(bench, { counts, runs }) {
  for (const count of counts) {
    for (let run = 1; run <= runs; run += 1) {
      for (const subject of Object.keys(COMMANDS)) {
        await measureOnce(bench, { subject, count, where: `run ${run}/${runs}` });
      }
    }
  }
}

async function measureOnce(bench, { subject, count, where }) {
  const simulator = await startCloud(bench, { limited: false });
  try {
    await withStack(bench, simulator, { subject, count, limited: false }, async ({ workspace, time }) => {
      for (const command of COMMANDS[subject]) {
        const from = simulator.log.length;
        const memory = new ProviderMemory(workspace.environment.PULUMI_HOME);
        const ms = await time(command === "unchanged up" ? "up" : command).finally(() => memory.stop());
        const log = simulator.log.slice(from);
        const figures = { times: ms, calls: callsPerSegment(log, count), memory: memory.stop() };
        if (command === "up") figures.lags = detectionLags(log, simulator.segments(), ALLOCATE_MS);
        bench.record({ scenario: "counts", count, rate: "none", command, subject }, figures);
        say(`N=${count}  ${where}  ${SUBJECTS[subject].label}: ${command} ${seconds(ms)}`);
      }
    });
  } finally {
    await simulator.stop();
  }
}
