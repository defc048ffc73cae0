/** Has `npm run reliability` count points at which a run was killed and repeated. */
export function countPoints(points: number): void {
  if (process.env.RELIABILITY_MEASURES !== undefined) process.stdout.write(`points: ${points}\n`);
}

/** Reports a figure to `npm run reliability`. */
export function measure(what: string, figure: string): void {
  if (process.env.RELIABILITY_MEASURES !== undefined) process.stdout.write(`measure: ${what}: ${figure}\n`);
}
