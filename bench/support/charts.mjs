import { barCharts } from "./bar-chart.mjs";
import { SHOWN, SUBJECTS } from "./bench-run.mjs";
import { median } from "./statistics.mjs";

const seconds = ({ times }) => median(times) / 1000;
const calls = ({ calls: found, subject }) =>
  subject === "empty" || found === undefined ? undefined : median(found.map(({ total }) => total));

const QUESTIONS = [
  { title: "Seconds of pulumi up, by number of segments", scenario: "counts", figure: seconds },
  { title: "The same, at 6 allocations per minute", scenario: "limited", figure: seconds },
  { title: "API calls per segment, by number of segments", scenario: "counts", figure: calls },
  { title: "The same, at 6 allocations per minute", scenario: "limited", figure: calls },
];

/**
 * The charts of what was measured, one for each question.
 *
 * @param {import("./rows.mjs").Row[]} rows
 */
export function drawCharts(rows) {
  const charts = QUESTIONS.map(({ title, scenario, figure }) => {
    const ups = rows.filter((row) => row.scenario === scenario && row.command === "up");
    const counts = [...new Set(ups.filter(({ subject }) => subject === "segment").map(({ count }) => count))];
    const groups = counts
      .toSorted((a, b) => a - b)
      .map((count) => ({
        label: String(count),
        values: SHOWN.map((subject) => {
          const row = ups.find((one) => one.count === count && one.subject === subject);
          return row && figure(row);
        }),
      }));
    return { title, groups };
  }).filter(({ groups }) => groups.length > 0);
  return barCharts(
    SHOWN.map((subject) => SUBJECTS[subject].label),
    charts,
  );
}
