import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { withoutAbsent } from "../../provider/util/without-absent";
import { listEips } from "../../provider/cloud/listing";
import type { Simulator } from "../../simulator";
import { connect, deadline } from "../cloud/connection";
import { CommandFailure } from "../command-failure";
import { control } from "./control";

/** What a seed file may hold. Settings, faults and snapshot are those of the simulator, which checks them itself. */
const seedSchema = z.strictObject({
  settings: z.record(z.string(), z.unknown()).optional(),
  faults: z.array(z.record(z.string(), z.unknown())).optional(),
  /** What `--save` wrote; the simulator checks it itself. */
  snapshot: z.record(z.string(), z.unknown()).optional(),
  segments: z
    .array(
      z.strictObject({
        regionId: z.string().optional(),
        eipMask: z.number().int(),
        bandwidth: z.number().int().optional(),
        internetChargeType: z.string().optional(),
        isp: z.string().optional(),
        zone: z.string().optional(),
        tags: z.record(z.string(), z.string()).optional(),
        /** Instances to attach its first addresses to. */
        attach: z.array(z.strictObject({ instanceId: z.string() })).optional(),
      }),
    )
    .optional(),
});

/** What the simulated cloud holds before anything is asked of it. */
export type Seed = z.infer<typeof seedSchema>;

type SeedSegment = NonNullable<Seed["segments"]>[number];

/** @throws CommandFailure when the file cannot be read or is no seed. */
export async function readSeed(path: string): Promise<Seed> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    const why = error instanceof SyntaxError ? "it is not JSON" : "it cannot be read";
    throw new CommandFailure(`The seed ${path} cannot be used: ${why}.`);
  }
  const seed = seedSchema.safeParse(parsed);
  if (!seed.success) {
    throw new CommandFailure(
      `The seed ${path} cannot be used: ${z.prettifyError(seed.error).replace(/\s+/g, " ")}`,
    );
  }
  return seed.data;
}

/**
 * Restores the seed's snapshot and allocates its segments through the API, as any client would.
 *
 * @returns One line about each segment, for people.
 * @throws CommandFailure and ApiError when the simulator refuses something.
 */
export async function applySeed(
  simulator: Simulator,
  { settings, snapshot, segments = [] }: Seed,
): Promise<string[]> {
  if (settings !== undefined) {
    await control(simulator, "configure", JSON.stringify(settings));
    simulator.configure({ progression: { kind: "immediate" }, rateLimits: false });
  }
  if (snapshot !== undefined) await control(simulator, "restore", JSON.stringify(snapshot));
  for (const segment of segments) await makeSegment(simulator, segment);
  return simulator.segments().map(({ id, cidrBlock, regionId }) => `${id} ${cidrBlock} ${regionId}`);
}

async function makeSegment(simulator: Simulator, segment: SeedSegment): Promise<void> {
  const {
    tags = {},
    attach = [],
    regionId = simulator.environment.ALICLOUD_REGION ?? "",
    ...settings
  } = segment;
  const { api } = connect(simulator.environment);
  const options = { deadline: deadline() };
  const { segmentId } = await api.allocateEipSegmentAddress(
    { ...withoutAbsent(settings), regionId, clientToken: randomUUID() },
    options,
  );
  const eips = await listEips(api, { regionId, segmentId }, deadline());
  for (let start = 0; start < eips.length && Object.keys(tags).length > 0; start += 20) {
    const allocationIds = eips.slice(start, start + 20).map(({ allocationId }) => allocationId);
    await api.tagResources({ regionId, allocationIds, tags }, options);
  }
  for (const [index, { instanceId }] of attach.entries()) {
    try {
      simulator.associate(eips[index]?.allocationId ?? `number ${index + 1}`, instanceId);
    } catch (error) {
      throw new CommandFailure(`${instanceId} of the seed cannot be attached: ${(error as Error).message}`);
    }
  }
}
