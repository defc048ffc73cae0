import { ALLOCATE_MS } from "./bench-run.mjs";
import { median } from "./statistics.mjs";

const WINDOW_MS = 60_000;
const PER_WINDOW = 6;

/**
 * What this package promises of its speed, beside what was measured; what was not measured is left out.
 *
 * @param {import("./rows.mjs").Row[]} rows
 * @returns {{claim: string, value: number, limit: number, unit: string, met: boolean}[]}
 */
export function measuresOf(rows) {
  const find = (wanted) =>
    rows.find((row) => Object.entries(wanted).every(([key, value]) => row[key] === value));
  const time = (wanted) => {
    const row = find(wanted);
    return row === undefined ? undefined : median(row.times);
  };
  const measures = [];
  const add = (claim, value, limit, unit) => {
    if (value !== undefined && !Number.isNaN(value)) {
      measures.push({ claim, value, limit, unit, met: value <= limit });
    }
  };
  const over = (scenario, count, command = "up") => ({
    empty: time({ scenario, count, command, subject: "empty" }),
    segment: time({ scenario, count, command, subject: "segment" }),
  });

  for (const [count, limit] of [
    [1, 0.7],
    [100, 4],
  ]) {
    const { empty, segment } = over("counts", count);
    const value = (segment - empty - ALLOCATE_MS) / 1000;
    add(`N = ${count}: up beyond an empty provider's and the allocation`, value, limit, "s");
  }
  for (const [subject, text, limit] of [
    ["untagged", "without the ownership tag", 3],
    ["segment", "with it", 4],
  ]) {
    const calls = find({ scenario: "counts", count: 100, command: "up", subject })?.calls;
    const value = calls && median(calls.map(({ total }) => total));
    add(`N = 100: API calls per segment for an up, ${text}`, value, limit, "");
  }
  for (const row of rows.filter(({ scenario, subject }) => scenario === "counts" && subject === "segment")) {
    const { count, command, calls, lags } = row;
    if (command === "up" && lags?.length > 0) {
      add(
        `N = ${count}: median detection lag`,
        median(lags) / 1000,
        Math.max(0.2, ALLOCATE_MS / 10_000),
        "s",
      );
    }
    if (command === "unchanged up" || command === "preview") {
      add(`N = ${count}: API calls of ${command}`, median(calls.map(({ total }) => total)), 0, "");
      const { empty, segment } = over("counts", count, command);
      add(`N = ${count}: ${command} beyond an empty provider's`, (segment / empty - 1) * 100, 10, "%");
    }
  }
  const memory = rows.flatMap((row) =>
    row.subject === "segment" && row.count === 100 ? (row.memory ?? []) : [],
  );
  if (memory.length > 0) add("N = 100: memory of the provider process", Math.max(...memory), 150, "MB");
  for (const { scenario, count, subject, times, throttled } of rows) {
    if (subject !== "segment" || (scenario !== "limited" && scenario !== "shared")) continue;
    const all = scenario === "shared" ? 2 * count : count;
    const base = time({ scenario: "limited", count, command: "up", subject: "empty" });
    const bound = WINDOW_MS * (Math.ceil(all / PER_WINDOW) - 1) + ALLOCATE_MS + base;
    const beyond = (median(times) / bound - 1) * 100;
    if (scenario === "shared") {
      add(`two stacks of N = ${count} on one account's rate: time beyond the bound`, beyond, 15, "%");
    } else {
      add(`N = ${count}, 6 per 60 s: time beyond the bound`, beyond, 5, "%");
      add(`N = ${count}, 6 per 60 s: throttled replies`, Math.max(...throttled), 0, "");
    }
  }
  const large = rows.find(({ scenario }) => scenario === "large");
  if (large !== undefined) {
    const { empty, segment } = over("large", large.count, "preview");
    add(
      `preview with one segment beside ${large.count} other resources`,
      (segment / empty - 1) * 100,
      10,
      "%",
    );
  }
  return measures;
}
