import type { Fault, FaultEffect } from "../../../simulator";

/** Faults that pass by themselves, half of them after the effect. */
const effects: readonly FaultEffect[] = [
  { kind: "throttle" },
  { kind: "error", code: "InternalError" },
  { kind: "error", code: "ServiceUnavailable", afterEffect: true },
  { kind: "html502" },
  { kind: "html502", afterEffect: true },
  { kind: "dropBefore" },
  { kind: "dropAfter" },
  { kind: "truncatedBody" },
];

/** Faults of all kinds that together hit a share of all calls, 0 to 1. */
export function passingFaults(share: number, seed: number): Fault[] {
  const probability = 1 - (1 - share) ** (1 / effects.length);
  return share === 0
    ? []
    : effects.map((effect, index) => ({ ...effect, action: "*", probability, seed: seed + index }));
}
