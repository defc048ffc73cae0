import * as pulumi from "@pulumi/pulumi";
import { oncePerRun, readStackResources } from "./checkpoint";
import { replacingInputs } from "./eip-segment-args";

/** Outputs that no update in place changes. */
const stableOutputs = ["cidrBlock", "ipCount", "addresses", "createTime", ...replacingInputs] as const;

/**
 * Lets a preview of an update in place know the outputs that it leaves alone. The engine knows none of a dynamic resource then,
 * and would show everything that uses an address of the segment as replaced.
 *
 * Only a segment that stays has an id in a preview, so a replacement's outputs stay unknown. What the program writes is known to
 * the engine, and known to be a secret where it is one.
 *
 * @param written - What the program writes.
 */
export function keepStableOutputs(
  segment: pulumi.CustomResource & Record<(typeof stableOutputs)[number], pulumi.Output<unknown>>,
  written: Record<string, unknown>,
  opts: pulumi.CustomResourceOptions | undefined,
): void {
  if (!pulumi.runtime.isDryRun()) {
    return;
  }
  const secret = opts?.additionalSecretOutputs ?? [];
  const untold = stableOutputs.filter((name) => !secret.includes(name) && written[name] === undefined);
  for (const name of untold) {
    const told = segment[name];
    const known = segment.id.apply(async (id): Promise<unknown> => {
      const recorded = (await readyRecords()).get(id);
      return recorded?.[name] ?? told;
    });
    Object.assign(segment, { [name]: known });
  }
}

type Outputs = Record<string, unknown>;

/** Recorded outputs of the segments that are ready, by their ids. */
const readyRecords = oncePerRun(async () => {
  const answer = (await readStackResources()) as
    { outputs?: Record<string, { outputs?: Outputs }> } | undefined;
  const records = new Map<unknown, Outputs>();
  for (const { outputs } of Object.values(answer?.outputs ?? {})) {
    const id = outputs?.__segmentId;
    if (outputs?.status === "Allocated" && !records.has(id)) {
      records.set(id, outputs);
    }
  }
  return records;
});
