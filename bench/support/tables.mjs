import { SHOWN, SUBJECTS } from "./bench-run.mjs";
import { machineSentence } from "./machine.mjs";
import { median, seconds, spread } from "./statistics.mjs";

const COMMAND = "npm run bench";

const DEFINITIONS =
  "The empty provider does nothing: its time is Pulumi's own. The simple provider works as widely used ones do: it allocates, waits 5 s, and describes each segment separately, ten segments at a time. It reads no addresses and sets no tags.";

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
  const ups = rows.filter(({ command, scenario }) => command === "up" && scenario !== "shared");
  const segments = ups.filter(({ subject }) => subject === "segment");
  const unmet = measures.filter(({ met }) => !met);
  const cell = ({ scenario, count }, subject) => {
    const row = ups.find(
      (one) => one.scenario === scenario && one.count === count && one.subject === subject,
    );
    if (row === undefined) return "";
    const calls = callsOf(row);
    return spread(row.times) + (calls === "" ? "" : `, ${calls} calls`);
  };
  return [
    `Times of \`pulumi up\` and API calls per segment: medians and spread of ${runsOf(segments)} runs. \`${COMMAND}\` measured them on ${machine.date} on the real engine against the simulator, where an allocation takes 3 s. The machine: ${machineSentence(machine)}`,
    "",
    ...table(
      ["segments", ...SHOWN.map((subject) => SUBJECTS[subject].label)],
      segments.map((row) => [
        `${row.count}${row.rate === "none" ? "" : `, at ${row.rate}`}`,
        ...SHOWN.map((subject) => cell(row, subject)),
      ]),
    ),
    "",
    DEFINITIONS,
    "",
    `Of ${measures.length} targets, ${measures.length - unmet.length} are met. In a clone, \`bench/results/speed.md\` has them all, with every figure and charts.`,
  ].join("\n");
}

/** `3`, or `3 to 5` where rows differ. */
function runsOf(rows) {
  const counts = rows.map(({ times }) => times.length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(least) : `${least} to ${most}`;
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
