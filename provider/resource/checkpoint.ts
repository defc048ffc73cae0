import * as pulumi from "@pulumi/pulumi";

/** One segment that the stack's last checkpoint holds. */
export interface HeldSegment {
  urn: string;
  segmentId: string;
  /** ClientToken that owns the segment, absent in records of other makers. */
  clientToken?: string;
  regionId?: string;
  eipMask?: number;
  /** Mark of the creation that the record comes from, absent in records of other makers. */
  creation?: string;
}

/**
 * What the stack's own last checkpoint says about segments, read before anything is allocated: the provider must never
 * take over a segment that the stack already holds, and must know which tokens were used.
 */
export interface Checkpoint {
  /** False when the checkpoint could not be read, as under Pulumi's mocks: nothing may then be concluded from it. */
  readable: boolean;
  held: HeldSegment[];
}

/** Type token of the resource, as the engine writes it in URNs and in the state. */
export const eipSegmentType = "pulumi-nodejs:dynamic/alicloud:EipSegment";

const unreadable: Checkpoint = { readable: false, held: [] };

/**
 * Reads the checkpoint of the running stack as one JSON text: the SDK and the engine would take every record apart for every
 * segment. Never rejects.
 */
export const readCheckpoint = oncePerRun(async () =>
  JSON.stringify(checkpointOf(await readStackResources())),
);

/** Reads the engine's answer; any odd shape makes it unreadable, because a segment could be overlooked in it. */
export function checkpointOf(answer: unknown): Checkpoint {
  const resources = isRecord(answer) ? answer.outputs : undefined;
  if (!isRecord(resources)) {
    return unreadable;
  }
  const held: HeldSegment[] = [];
  for (const [urn, resource] of Object.entries(resources)) {
    if (!isRecord(resource) || typeof resource.type !== "string") {
      return unreadable;
    }
    if (resource.type === eipSegmentType) {
      const segment = heldSegment(urn, resource.outputs);
      if (segment === undefined) {
        return unreadable;
      }
      held.push(segment);
    }
  }
  return { readable: true, held };
}

/** Undefined for outputs without the id that every state of a segment has. */
function heldSegment(urn: string, outputs: unknown): HeldSegment | undefined {
  const text = (key: string): string | undefined => {
    const value = isRecord(outputs) ? outputs[key] : undefined;
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const segmentId = text("__segmentId");
  if (segmentId === undefined) {
    return undefined;
  }
  const segment: HeldSegment = { urn, segmentId };
  const clientToken = text("__ownerToken");
  const regionId = text("regionId");
  const creation = text("__creation");
  const eipMask = isRecord(outputs) ? outputs.eipMask : undefined;
  if (clientToken !== undefined) segment.clientToken = clientToken;
  if (regionId !== undefined) segment.regionId = regionId;
  if (typeof eipMask === "number") segment.eipMask = eipMask;
  if (creation !== undefined) segment.creation = creation;
  return segment;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Asks once per run, whatever the number of resources. A run is what one engine's monitor serves: an automation program may run
 * several stacks, or one stack twice, in one process.
 */
export function oncePerRun<T>(ask: () => Promise<T>): () => Promise<T> {
  const answers = new WeakMap<object, Promise<T>>();
  return () => {
    const monitor = pulumi.runtime.getMonitor() as object | undefined;
    if (monitor === undefined) {
      return ask();
    }
    let answer = answers.get(monitor);
    if (answer === undefined) {
      answer = ask();
      answers.set(monitor, answer);
    }
    return answer;
  };
}

/**
 * What the engine says of every resource in the last checkpoint of the running stack. Never rejects: undefined where the engine
 * does not say, as under Pulumi's mocks.
 */
export const readStackResources = oncePerRun(() => askEngine().catch(() => undefined));

async function askEngine(): Promise<unknown> {
  if (pulumi.runtime.getMonitor() === undefined) {
    return undefined;
  }
  const stackName = [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
  return pulumi.runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName }) as Promise<unknown>;
}
