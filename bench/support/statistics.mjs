/** @param {number[]} values at least one */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** Median with the spread: `7.21 s (7.02–7.80)`. */
export function spread(values) {
  const bare = (ms) => (ms / 1000).toFixed(2);
  return `${seconds(median(values))} (${bare(Math.min(...values))}–${bare(Math.max(...values))})`;
}
