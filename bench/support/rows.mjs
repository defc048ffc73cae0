/**
 * Figures of one subject under one command, run by run.
 *
 * @typedef {{
 *   scenario: "counts" | "limited" | "shared" | "large", count: number, rate: string, command: string, subject: string,
 *   times: number[], calls?: {total: number, byAction: Record<string, number>}[], lags?: number[], throttled?: number[],
 *   memory?: number[]
 * }} Row
 */

/** Collects figures of runs into rows. */
export class Rows {
  /** @type {Row[]} */
  rows = [];

  /** Adds the figures of one run to the row of its kind. */
  record(key, figures) {
    let row = this.rows.find((one) => Object.entries(key).every(([name, value]) => one[name] === value));
    if (row === undefined) {
      row = { ...key, times: [] };
      this.rows.push(row);
    }
    for (const [name, value] of Object.entries(figures)) {
      if (value !== undefined) (row[name] ??= []).push(...[value].flat());
    }
  }
}
