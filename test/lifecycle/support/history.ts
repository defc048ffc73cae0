import fc from "fast-check";
import { allAnswers, type Answer } from "../../../simulator/questions";
import type { Kill } from "./provider-process";

/** How the cloud behaves during one history. */
export interface CloudProfile {
  /** Alternative to the question token-memory; undefined for what is assumed. */
  tokenMemory: "none" | "seconds" | "forever" | undefined;
  lagMs: number;
  allocateMs: number;
  releaseMs: number;
  /** Share of calls that a fault hits, and the seed that chooses them. */
  faults: number;
  seed: number;
  refusesReplayAfterRelease: boolean;
}

/** What goes wrong with one run. */
export interface Interruption {
  kill?: Kill;
  killAtSave?: number;
  unreadable?: boolean;
  /** Every call of this action is refused for good: what is there already fails to initialise. */
  refused?: string;
  /** Letter of the resource that the run is limited to with `--target`. */
  target?: string;
  /** A refresh comes after it. */
  refreshed?: boolean;
  /** Requests under way when the process died arrive before the next run; otherwise after it. */
  delivered?: boolean;
  /** Time until the next run, in ms. */
  pauseMs: number;
}

/** What somebody writes into the program, or does to the stack or the cloud. */
export type Change =
  | { kind: "mask"; name: string; mask: number }
  | { kind: "bandwidth"; name: string; bandwidth: number }
  | { kind: "tags"; name: string; tags: Record<string, string> }
  | { kind: "order"; name: string; deleteBeforeReplace: boolean }
  | { kind: "presence"; name: string }
  | { kind: "rename" | "reuse"; name: string }
  | { kind: "replace" | "retain"; name: string }
  | { kind: "taint" | "forget" | "vanish" | "use" | "adopt" | "handOver" | "move"; name: string }
  | { kind: "refresh" | "destroy" | "stranger" | "otherKeys" };

/** One change and what interrupts the runs that bring it about. */
export interface Episode {
  changes: Change[];
  interruptions: Interruption[];
  /** False where the next changes come before the program has succeeded. */
  settles?: boolean;
}

/** One life of a stack with two resources. */
export interface History {
  cloud: CloudProfile;
  /** Other answers of the cloud than the assumed ones. */
  answers?: readonly Answer[];
  episodes: Episode[];
}

const minute = 60_000;
const name = fc.constantFrom("x", "y");

const kill = fc.record({
  call: fc.integer({ min: 1, max: 40 }),
  moment: fc.constantFrom("before" as const, "after" as const, "late" as const),
});

const allocateKill = fc.record({
  call: fc.integer({ min: 1, max: 3 }),
  action: fc.constant("AllocateEipSegmentAddress"),
  moment: fc.constantFrom("before" as const, "after" as const, "late" as const),
});

/** Calls that come once there is a segment; a refused tag is one that the user asked for or that the key's name rules out. */
const refused = fc.constantFrom(
  "DescribeEipSegment",
  "DescribeEipAddresses",
  "TagResources",
  "ModifyEipAddressAttribute",
  "ReleaseEipSegmentAddress",
);

const interruption = (longestPauseMs: number): fc.Arbitrary<Interruption> =>
  fc.record(
    {
      kill: fc.oneof(kill, allocateKill),
      killAtSave: fc.integer({ min: 1, max: 4 }),
      unreadable: fc.constant(true),
      refused,
      target: name,
      refreshed: fc.boolean(),
      delivered: fc.boolean(),
      pauseMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: longestPauseMs })),
    },
    { requiredKeys: ["pauseMs"] },
  );

const programChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant("mask" as const), name, mask: fc.constantFrom(28, 27) }),
  fc.record({ kind: fc.constant("bandwidth" as const), name, bandwidth: fc.constantFrom(5, 9) }),
  fc.record({
    kind: fc.constant("tags" as const),
    name,
    tags: fc.constantFrom<Record<string, string>>({}, { team: "edge" }, { team: "core", tier: "1" }),
  }),
  fc.record({ kind: fc.constant("order" as const), name, deleteBeforeReplace: fc.boolean() }),
  fc.record({ kind: fc.constantFrom("presence" as const, "rename" as const, "reuse" as const), name }),
  fc.record({ kind: fc.constant("handOver" as const), name }),
  fc.record({ kind: fc.constantFrom("replace" as const, "taint" as const), name }),
);

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 3, arbitrary: programChange },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "retain" as const,
        "forget" as const,
        "vanish" as const,
        "use" as const,
        "adopt" as const,
        "move" as const,
      ),
      name,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "refresh" as const,
        "destroy" as const,
        "stranger" as const,
        "otherKeys" as const,
      ),
    }),
  },
);

const profile = (
  over: Partial<Record<keyof CloudProfile, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<CloudProfile> =>
  fc.record({
    tokenMemory: fc.constantFrom("none", "seconds", undefined, "forever"),
    lagMs: fc.constantFrom(0, 0, 3000, 30_000),
    allocateMs: fc.constantFrom(0, 1000, 15_000),
    releaseMs: fc.constantFrom(0, 1000, 8000),
    faults: fc.constantFrom(0, 0, 0.1, 0.3),
    seed: fc.nat(),
    refusesReplayAfterRelease: fc.boolean(),
    ...over,
  }) as fc.Arbitrary<CloudProfile>;

const steadyProfile = profile({
  tokenMemory: fc.constant("forever"),
  lagMs: fc.constantFrom(0, 0, 3000, 15_000),
  refusesReplayAfterRelease: fc.constant(false),
});

const wildEpisodes: fc.Arbitrary<Episode[]> = fc.array(
  fc.record({
    changes: fc.array(anyChange, { minLength: 1, maxLength: 3 }),
    interruptions: fc.array(interruption(11 * 60 * minute), { maxLength: 2 }),
    settles: fc.boolean(),
  }),
  { minLength: 1, maxLength: 5 },
);

/**
 * Histories in which everything that interrupts a run is followed by the same program until it succeeds, with a cloud that
 * keeps its documented promises for as long as that takes: here nothing at all may be lost.
 */
export const steadyHistory: fc.Arbitrary<History> = fc.record({
  cloud: steadyProfile,
  episodes: fc.array(
    fc.record({
      changes: fc.array(programChange, { minLength: 1, maxLength: 2 }),
      interruptions: fc.array(interruption(10 * minute), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

/** Histories in which anything may happen at any time. */
export const wildHistory: fc.Arbitrary<History> = fc.record({
  cloud: profile({}),
  episodes: wildEpisodes,
});

/** Histories in which anything may happen in a cloud that gives some other answers than the assumed ones. */
export const answeredHistory: fc.Arbitrary<History> = fc.record({
  cloud: steadyProfile,
  answers: fc.uniqueArray(fc.constantFrom(...allAnswers), {
    ...{ minLength: 1, maxLength: 3 },
    selector: (answer) => answer.split("=")[0],
  }),
  episodes: wildEpisodes,
});
