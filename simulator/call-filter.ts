/** Chooses calls by action and parameters. */
export interface CallFilter {
  /** Name of the operation, or `*` for every one. */
  readonly action: string;
  /** Parameters that the call must have with exactly these values. Default: any. */
  readonly match?: Readonly<Record<string, string>>;
}

/** True when a call passes the filter. */
export function passes(
  filter: CallFilter,
  action: string,
  parameters: Readonly<Record<string, string>>,
): boolean {
  return (
    (filter.action === "*" || filter.action === action) &&
    Object.entries(filter.match ?? {}).every(([name, value]) => parameters[name] === value)
  );
}
