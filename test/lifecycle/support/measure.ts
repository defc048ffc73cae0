/** Reports a figure to `npm run reliability`. */
export function measure(what: string, figure: string): void {
  if (process.env.RELIABILITY_MEASURES !== undefined) process.stdout.write(`measure: ${what}: ${figure}\n`);
}
