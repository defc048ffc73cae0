// Measures that no segment is lost: npm run reliability -- [--histories N] [--seed N] [--answers] [--pairs] [--long] [--no-engine]
//   --histories  random histories of the model, on two processes (default 2000)
//   --seed       makes them repeatable
//   --answers    a third of the histories in clouds that give up to three other answers
//   --pairs      all pairs of other answers of the cloud, instead of some (about 15 minutes)
//   --long       all kill points on the real engine, and ten other answers of the cloud, instead of one for each command and two
//   --no-engine  leaves the real engine out
import { parseArgs } from "node:util";

import { runJest } from "./reliability/jest-run.mjs";
import { ensureEverything } from "./setup/everything.mjs";
import { runMain } from "./setup/failure.mjs";

const processes = 2;

/** Histories that one process plays before another one takes over. */
const longestPart = 2500;

const say = (line) => {
  process.stdout.write(`${line}\n`);
};

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      histories: { type: "string", default: "2000" },
      seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
      answers: { type: "boolean", default: false },
      pairs: { type: "boolean", default: false },
      long: { type: "boolean", default: false },
      "no-engine": { type: "boolean", default: false },
    },
  });
  const cli = await ensureEverything();
  const isFine = [
    await playHistories(cli, Number(values.histories), Number(values.seed), values.answers),
    await withFaults(cli),
    await withOtherAnswers(cli, values.pairs),
    values["no-engine"] || (await killEngine(cli, values.long)),
  ];
  return isFine.every(Boolean) ? 0 : 1;
});

async function playHistories(cli, histories, seed, withAnswers) {
  const kinds = withAnswers ? 3 : 2;
  const variables = withAnswers ? { RELIABILITY_ANSWERS: "1" } : {};
  const startedAt = Date.now();
  // A violation ends only the part in which it is found.
  const parts = Math.max(processes, Math.ceil(histories / longestPart));
  const each = Math.ceil(histories / kinds / parts);
  const ends = await mapConcurrently(Array.from({ length: parts }).keys(), processes, (part) =>
    runJest(
      cli,
      ["--runInBand", "test/lifecycle/properties"],
      { ...variables, RELIABILITY_HISTORIES: String(each), RELIABILITY_SEED: String(seed + part) },
      say,
    ),
  );
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const total = (kind) => ends.reduce((sum, end) => sum + end[kind], 0);
  say(
    `measure: histories: ${total("histories") + total("failed")} of ${each * kinds * parts} played in ${seconds} s, ${total("failed")} violations (seed ${seed})`,
  );
  return ends.every(({ ok }) => ok);
}

async function mapConcurrently(items, lanes, run) {
  const results = [];
  const lane = async () => {
    for (const item of items) results.push(await run(item));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

async function withFaults(cli) {
  return (await runJest(cli, ["--runInBand", "test/lifecycle/faults"], {}, say)).ok;
}

async function withOtherAnswers(cli, allPairs) {
  const variables = allPairs ? { RELIABILITY_PAIRS: "1" } : {};
  return (await runJest(cli, ["--runInBand", "test/lifecycle/answer-matrix"], variables, say)).ok;
}

async function killEngine(cli, isLong) {
  const startedAt = Date.now();
  const variables = isLong ? { RELIABILITY_LONG: "1" } : {};
  const kills = await runJest(
    cli,
    ["--maxWorkers=2", "test/engine/reliability/(kills|kill-rows|signals|other-answers)"],
    variables,
    say,
  );
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  say(
    `measure: kill points on the real engine: ${kills.points} without a segment leaked, lost or doubled, in ${seconds} s; ${kills.failed} tests failed`,
  );
  return kills.ok;
}
