const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1_000],
] as const;

/** A duration in ms in its largest whole unit: `3 d`, `12 min`. */
export function durationText(ms: number): string {
  const [unit, size] = units.find(([, one]) => ms >= one) ?? (["s", 1_000] as const);
  return `${Math.floor(ms / size)} ${unit}`;
}
