import { readFile } from "node:fs/promises";
import { z } from "zod";
import { PopTransport } from "../../provider/client/pop-transport";
import type { Segment } from "../../provider/client/vpc-api";
import { withoutAbsent } from "../../provider/util/without-absent";
import { listEips } from "../../provider/cloud/listing";
import type { Simulator } from "../../simulator";
import { connect, deadline } from "../cloud/connection";
import { CommandFailure } from "../command-failure";
import { control } from "./control";

/** What a seed file may hold. Settings and faults are those of the simulator, which checks them itself. */
const seedSchema = z.strictObject({
  settings: z.record(z.string(), z.unknown()).optional(),
  faults: z.array(z.record(z.string(), z.unknown())).optional(),
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
        attach: z
          .array(z.strictObject({ instanceId: z.string(), instanceType: z.string().optional() }))
          .optional(),
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
    throw new CommandFailure(`The seed ${path} is of no use: ${why}.`);
  }
  const seed = seedSchema.safeParse(parsed);
  if (!seed.success) {
    throw new CommandFailure(
      `The seed ${path} is of no use: ${z.prettifyError(seed.error).replace(/\s+/g, " ")}`,
    );
  }
  return seed.data;
}

/**
 * Makes the seed's segments through the API, as any client would.
 *
 * @returns One line about each, for people.
 * @throws CommandFailure and ApiError when the simulator refuses something.
 */
export async function applySeed(simulator: Simulator, { settings, segments = [] }: Seed): Promise<string[]> {
  if (settings !== undefined) {
    await control(simulator, "configure", JSON.stringify(settings));
    simulator.configure({ progression: { kind: "immediate" }, rateLimits: false });
  }
  const lines: string[] = [];
  for (const [index, segment] of segments.entries()) {
    lines.push(await makeSegment(simulator, segment, `seed-${index}`));
  }
  return lines;
}

async function makeSegment(simulator: Simulator, segment: SeedSegment, clientToken: string): Promise<string> {
  const {
    tags = {},
    attach = [],
    regionId = simulator.environment.ALICLOUD_REGION ?? "",
    ...settings
  } = segment;
  const { api } = connect(simulator.environment);
  const options = { deadline: deadline() };
  const { segmentId } = await api.allocateEipSegmentAddress(
    { ...withoutAbsent(settings), regionId, clientToken },
    options,
  );
  const { segments } = await api.describeEipSegment({ regionId, segmentId }, options);
  const eips = await listEips(api, { regionId, segmentId }, deadline());
  for (let start = 0; start < eips.length && Object.keys(tags).length > 0; start += 20) {
    const allocationIds = eips.slice(start, start + 20).map(({ allocationId }) => allocationId);
    await api.tagResources({ regionId, allocationIds, tags }, options);
  }
  for (const [index, { instanceId, instanceType }] of attach.entries()) {
    await associate(simulator, regionId, eips[index]?.allocationId ?? "", instanceId, instanceType);
  }
  return describe(segments[0], segmentId, regionId);
}

const describe = (segment: Segment | undefined, segmentId: string, regionId: string): string =>
  `${segmentId} ${segment?.cidrBlock ?? ""} ${regionId}`;

/** The package itself never attaches anything, so its client has no method for this operation. */
async function associate(
  { endpoint, environment }: Simulator,
  regionId: string,
  allocationId: string,
  instanceId: string,
  instanceType = "EcsInstance",
): Promise<void> {
  const answer = await new PopTransport().send(
    {
      action: "AssociateEipAddress",
      version: "2016-04-28",
      endpoint: { url: endpoint, changedBy: "the simulator" },
      parameters: {
        RegionId: regionId,
        AllocationId: allocationId,
        InstanceId: instanceId,
        InstanceType: instanceType,
      },
    },
    {
      accessKeyId: environment.ALICLOUD_ACCESS_KEY ?? "",
      accessKeySecret: environment.ALICLOUD_SECRET_KEY ?? "",
    },
  );
  if (answer.kind !== "success") {
    const why = answer.kind === "refusal" ? `${answer.code}, ${answer.message}` : answer.reason;
    throw new CommandFailure(`${instanceId} of the seed cannot be attached: ${why}`);
  }
}
