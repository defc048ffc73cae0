import { SUBJECTS } from "./bench-run.mjs";
import { machineSentence } from "./machine.mjs";
import { median, seconds, spread } from "./statistics.mjs";

const COMMAND = "npm run bench";

/** Everything that was measured. */
export function fullReport({ machine, rows, measures }) {
  return [
    "# Speed",
    "",
    `By \`${COMMAND}\`: medians with their spread, ${machineSentence(machine)} An allocation takes 3 s in the simulated cloud.`,
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
  const kinds = segments.map(({ scenario, count }) => `${scenario} ${count}`);
  const cell = (kind, subject) => {
    const row = ups.find((one) => `${one.scenario} ${one.count}` === kind && one.subject === subject);
    return row === undefined ? {} : { row, time: spread(row.times) };
  };
  return [
    `\`${COMMAND}\` measures on the real engine against the simulator, where an allocation takes 3 s. Medians and spread, ${machineSentence(machine)}`,
    "",
    ...table(
      [
        "segments",
        "rate",
        "empty provider",
        "EipSegment",
        "plain client",
        "calls per segment",
        "detection lag",
      ],
      kinds.map((kind) => {
        const { row, time } = cell(kind, "segment");
        return [
          kind.split(" ")[1],
          row?.rate ?? "",
          cell(kind, "empty").time ?? "",
          time ?? "",
          cell(kind, "plain").time ?? "",
          row === undefined ? "" : callsOf(row),
          row === undefined ? "" : lagOf(row),
        ];
      }),
    ),
    "",
    "An empty provider is what Pulumi itself takes; a plain client allocates, waits 5 s, and describes each segment by itself, ten at a time.",
    "",
    `Of ${measures.length} aims ${measures.length - unmet.length} are met; not met: ${unmet.map(missed).join("; ")}.`,
    "",
    "All figures and aims are in `bench/results/speed.md` of the repository.",
  ].join("\n");
}

const missed = ({ claim, value, limit, unit }) =>
  `${claim} (${value.toFixed(2)}, aim ${`${limit} ${unit}`.trim()})`;

function measuresTable(measures) {
  return table(
    ["aim", "measured", "at most", "met"],
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
