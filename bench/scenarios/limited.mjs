import { setTimeout as sleep } from "node:timers/promises";

import { say } from "../../scripts/setup/progress.mjs";
import { ALLOCATE_MS, startCloud, SUBJECTS, withStack } from "../support/bench-run.mjs";
import { callsPerSegment, detectionLags, throttledAnswers } from "../support/call-log.mjs";
import { seconds } from "../support/statistics.mjs";

/** Time between the starts of two runs that go on side by side, in ms: starting is what needs the processor. */
const APART_MS = 8_000;

/**
 * Segments under the account's rates, where runs wait for minutes and need hardly any processor: several at once, each with a
 * cloud of its own; and two stacks that share one account.
 *
 * @param {{limitedCounts: number[], limitedRuns: number, sharedCount: number, atOnce: number, only: Set<string>}} options
 */
export async function measureLimited(bench, { limitedCounts, limitedRuns, sharedCount, atOnce, only }) {
  if (only.has("limited")) await measureBaselines(bench, limitedCounts, limitedRuns);
  if (only.has("shared")) await measureBaselines(bench, [sharedCount], limitedRuns);
  const tasks = [];
  for (let run = 1; run <= limitedRuns; run += 1) {
    if (only.has("shared")) tasks.push(() => measureShared(bench, sharedCount));
    // The longest first, so that none is left over at the end.
    for (const count of only.has("limited") ? limitedCounts.toSorted((a, b) => b - a) : []) {
      tasks.push(
        () => measureOne(bench, "simple", count),
        () => measureOne(bench, "segment", count),
      );
    }
  }
  let started = 0;
  const worker = async () => {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
      await sleep(started++ < atOnce ? (started - 1) * APART_MS : 0);
      await task();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** What Pulumi itself takes for as many resources: no call, so no rate. */
async function measureBaselines(bench, counts, runs) {
  for (const count of counts) {
    for (let run = 1; run <= runs; run += 1) await measureOne(bench, "empty", count);
  }
}

async function measureOne(bench, subject, count) {
  const simulator = await startCloud(bench, { limited: true });
  try {
    const ms = await withStack(bench, simulator, { subject, count, limited: true }, ({ time }) => time("up"));
    const { log } = simulator;
    const figures = { times: ms, calls: callsPerSegment(log, count), throttled: throttledAnswers(log) };
    if (subject !== "empty") figures.lags = detectionLags(log, simulator.segments(), ALLOCATE_MS);
    bench.record({ scenario: "limited", count, rate: "6 per 60 s", command: "up", subject }, figures);
    say(`N=${count}  6 per 60 s  ${SUBJECTS[subject].label}: up ${seconds(ms)}`);
  } finally {
    await simulator.stop();
  }
}

/** Two runs at once, which know nothing of each other, on one account. */
async function measureShared(bench, count) {
  const simulator = await startCloud(bench, { limited: true });
  try {
    const times = await Promise.all(
      ["first", "second"].map((name) =>
        withStack(bench, simulator, { subject: "segment", count, limited: true, name }, ({ time }) =>
          time("up"),
        ),
      ),
    );
    const ms = Math.max(...times);
    const figures = { times: ms, calls: callsPerSegment(simulator.log, 2 * count) };
    figures.throttled = throttledAnswers(simulator.log);
    bench.record(
      { scenario: "shared", count, rate: "6 per 60 s", command: "up", subject: "segment" },
      figures,
    );
    say(`two stacks of N=${count}  6 per 60 s: both up after ${seconds(ms)}`);
  } finally {
    await simulator.stop();
  }
}
