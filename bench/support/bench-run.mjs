import { isolatedWorkspace } from "../../scripts/workspace/isolated-workspace.mjs";
import { BenchProject } from "./bench-stack.mjs";
import { PROGRAMS } from "./programs.mjs";

/** Time the simulated cloud takes for an allocation and a release, in ms. */
export const ALLOCATE_MS = 3000;
export const RELEASE_MS = 1000;

/** What is measured: its name in tables, its program, and what sets it apart. */
export const SUBJECTS = {
  empty: { label: "empty provider", program: PROGRAMS.empty, config: {} },
  segment: { label: "EipSegment", program: PROGRAMS.segment, config: {} },
  untagged: {
    label: "EipSegment, no ownership tag",
    program: PROGRAMS.segment,
    config: { "eipSegment:ownershipTag": "false" },
  },
  // Ten at a time is what Terraform does unless told otherwise.
  simple: { label: "simple provider", program: PROGRAMS.simple, config: {}, parallel: 10 },
};

/** Subjects that pages compare. */
export const SHOWN = ["empty", "segment", "simple"];

const NO_LIMITS = { "eipSegment:allocatePerMinute": "100000", "eipSegment:releasePerMinute": "100000" };

/** Starts a simulated cloud. @param {{limited: boolean}} options whether it keeps the account's rates */
export function startCloud(bench, { limited }) {
  return bench.startSimulator({
    progression: { kind: "time", allocateMs: ALLOCATE_MS, releaseMs: RELEASE_MS },
    rateLimits: limited,
    quota: 1_000_000,
    frequentPurchaseGuard: false,
  });
}

/**
 * Gives `action` a stack of `count` resources of a subject, and removes it afterwards.
 *
 * @param {{subject: string, count: number, limited: boolean, name?: string}} what
 */
export async function withStack(bench, simulator, { subject, count, limited, name = subject }, action) {
  const { program, config, parallel = Math.max(100, count) } = SUBJECTS[subject];
  const workspace = isolatedWorkspace(bench.cli, simulator.environment);
  try {
    const project = new BenchProject(bench.cli, workspace, name, program(count));
    await project.newStack("bench", { ...(limited ? {} : NO_LIMITS), ...config });
    return await action({
      workspace,
      project,
      time: (verb) => project.time(verb, ["--parallel", String(parallel)]),
    });
  } finally {
    workspace.remove();
  }
}
