/**
 * How resources leave their `-ing` states.
 *
 * - `immediate`: the first query already shows the final state.
 * - `describes`: the first `count` queries that return the resource show the `-ing` state.
 * - `time`: the `-ing` state lasts this many milliseconds (`Infinity` for ever);
 *   `allocateMs` for segments being allocated, `releaseMs` for segments being released,
 *   `associateMs` (default 0) for EIPs being associated or unassociated.
 */
export type Progression =
  | { readonly kind: "immediate" }
  | { readonly kind: "describes"; readonly count: number }
  | {
      readonly kind: "time";
      readonly allocateMs: number;
      readonly releaseMs: number;
      readonly associateMs?: number;
    };

/**
 * How long DescribeEipSegment (and DescribeEipAddresses) omit a new segment after the response of AllocateEipSegmentAddress:
 * not at all, for `count` calls of DescribeEipSegment that would have shown it, or for `ms` milliseconds.
 */
export type VisibilityLag =
  | { readonly kind: "none" }
  | { readonly kind: "describes"; readonly count: number }
  | { readonly kind: "time"; readonly ms: number };

/** A state change under way. */
export interface Transition {
  readonly duration: "allocateMs" | "releaseMs" | "associateMs";
  readonly startedAt: number;
  /** Number of queries that have shown the `-ing` state. */
  describes: number;
}

/** True when a state change is over. Timers do not run: this is asked at each request. */
export function isSettled(transition: Transition, progression: Progression, now: number): boolean {
  switch (progression.kind) {
    case "immediate":
      return true;
    case "describes":
      return transition.describes >= progression.count;
    case "time":
      return now >= transition.startedAt + (progression[transition.duration] ?? 0);
  }
}
