import { SUBJECTS } from "./bench-run.mjs";
import { machineSentence } from "./machine.mjs";
import { median, seconds, spread } from "./statistics.mjs";

const COMMAND = "npm run bench";

const DEFINITIONS =
  "The empty provider does nothing: its time is Pulumi's own. The simple provider works as widely used ones do: it allocates, waits 5 s, and describes each segment separately. It reads no addresses and sets no tags. It runs with `--parallel 10`, as Terraform does by default; the others run with `--parallel 100`.";

/** Everything that was measured. */
export function fullReport({ machine, rows, measures }) {
  return [
    "# Speed",
    "",
    `Measured on ${machine.date} by \`${COMMAND}\`: medians with their spread. The machine: ${machineSentence(machine)} An allocation takes 3 s in the simulated cloud.`,
    "",
    DEFINITIONS,
    "",
    "![Time and API calls of pulumi up](speed.svg)",
    "",
    ...measuresTable(measures),
    "",
    ...table(
      [
        "N",
        "rate",
        "command",
        "subject",
        "runs",
        "time",
        "calls per segment",
        "detection lag",
        "throttled",
        "memory",
      ],
      rows.map((row) => [
        row.scenario === "shared" ? `2 × ${row.count}` : row.count,
        row.rate,
        row.command,
        row.scenario === "large" && row.subject === "segment"
          ? "others and a segment"
          : SUBJECTS[row.subject].label,
        row.times.length,
        spread(row.times),
        callsOf(row),
        lagOf(row),
        row.throttled === undefined ? "" : median(row.throttled),
        row.memory === undefined ? "" : `${Math.max(...row.memory).toFixed(0)} MB`,
      ]),
    ),
    "",
  ].join("\n");
}

/** The part for the README. */
export function summary({ machine, rows, measures }) {
  const ups = rows.filter(({ command }) => command === "up");
  const timesOf = (scenario, count, subject = "segment") => {
    const row = ups.find(
      (one) => one.scenario === scenario && one.count === count && one.subject === subject,
    );
    if (row === undefined)
      throw new Error(`The README needs ${count} segments (${scenario}): measure all of them.`);
    return row.times;
  };
  const time = (...row) => seconds(median(timesOf(...row)));
  const met = measures.filter((measure) => measure.met);
  return [
    `\`pulumi up --parallel 100\` takes ${time("counts", 1)} for 1 segment and ${time("counts", 100)} for 100. ` +
      `Of these, Pulumi itself takes ${time("counts", 1, "empty")} and ${time("counts", 100, "empty")}. ` +
      `At 6 allocations per 60 s, 20 segments take ${time("limited", 20)}.`,
    "",
    `These are medians of ${timesOf("counts", 1).length} runs on ${machine.date}, on the real engine against the simulator, where an allocation takes 3 s. ` +
      `In a clone, \`bench/results/speed.md\` has all figures and the ${measures.length} targets, of which ${met.length} are met.`,
  ].join("\n");
}

function measuresTable(measures) {
  return table(
    ["target", "measured", "at most", "met"],
    measures.map(({ claim, value, limit, unit, met }) => [
      claim,
      `${value.toFixed(2)} ${unit}`.trim(),
      `${limit} ${unit}`.trim(),
      met ? "yes" : "**no**",
    ]),
  );
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

const callsOf = ({ calls, subject }) =>
  calls === undefined || subject === "empty" ? "" : median(calls.map(({ total }) => total)).toFixed(2);

const lagOf = ({ lags }) => (lags === undefined || lags.length === 0 ? "" : seconds(median(lags)));
