import { randomUUID } from "node:crypto";
import { acquireSegment } from "../cloud/token-replay";
import type { AcquiredSegment } from "../cloud/token-replay";
import { quotaCodes } from "../cloud/allocate";
import { confirmRecoverable, findLeftovers } from "../cloud/recovery";
import type { RecoveryRequest } from "../cloud/recovery";
import type { RegionListing } from "../cloud/region-reader";
import { listOf } from "../cloud/segment";
import type { ReadySegment } from "../cloud/segment";
import { differencesBetween, inWords } from "../inputs/compare";
import { allocateParameters } from "../inputs/input-table";
import type { CheckedInputs, InputValues } from "../inputs/input-table";
import type { Deadline } from "../util/clock";
import { ApiError, EipSegmentError } from "../util/errors";
import { adoptSegment } from "./adopt";
import { finishSegment } from "./finish";
import { recordedAs } from "./origin";
import type { Origin } from "./origin";
import { deadlineOf } from "./run";
import type { Run } from "./run";
import type { SegmentState } from "./state";

/** Answer of create. */
export interface CreateResult {
  id: string;
  outs: SegmentState;
}

/**
 * Allocates a segment, or adopts the one that `adopt` names, and waits until it is ready. `customTimeouts.create` bounds all of it, without
 * the time that requests wait for the account's rate.
 *
 * @param props - Checked inputs with the engine's `__provider`.
 * @throws EipSegmentError when nothing was allocated; InitFailedError with the id once there is a segment.
 */
export async function create(run: Run, props: Record<string, unknown>): Promise<CreateResult> {
  const { __provider, ...rest } = props;
  const inputs = rest as unknown as CheckedInputs;
  return inputs.adopt === undefined
    ? allocateSegment(run, inputs, __provider)
    : adoptSegment(run, inputs, inputs.adopt, __provider);
}

async function allocateSegment(run: Run, inputs: CheckedInputs, provider: unknown): Promise<CreateResult> {
  const deadline = deadlineOf(run, "create", inputs.customTimeouts);
  const origin = run.ledger.originOf(inputs.clientToken);
  const request = recoveryRequest(run, inputs, origin, deadline);
  const acquired = await acquire(run, inputs, origin, request);
  const { segmentId, clientToken, abandoned, returnedAt } = acquired;
  const recovered = acquired.isRecovered
    ? await confirmRecoverable(segmentId, { ...request, clientToken })
    : undefined;
  const creation = randomUUID();
  const conflict = run.ledger.claim(segmentId, { kind: "created", urn: origin.urn, creation });
  if (conflict !== undefined) {
    throw new EipSegmentError(
      `The cloud returned segment ${segmentId} for ${origin.urn}, but ${conflict.urn} ${conflict.kind === "adopting" ? "adopts" : "manages"} it. Run \`pulumi up\` again.`,
    );
  }
  // A segment of an incomplete listing was confirmed all the same, but nothing says that it was there before.
  if (recovered !== undefined && acquired.before.segments.has(segmentId)) {
    run.log(recoveredLine(segmentId, recovered.isTagged));
  }
  const owned = {
    ...{ segmentId, clientToken, ownerToken: clientToken, creation, abandoned, requestedAt: returnedAt },
    ...(recovered === undefined ? {} : { ready: recovered }),
  };
  const { tags } = inputs;
  try {
    const outs = await finishSegment(run, owned, { inputs, wanted: { tags }, deadline, provider });
    return { id: segmentId, outs };
  } finally {
    // Also where the segment is not finished: the next run updates it, and searches no more.
    if (run.creationsInFlight.hasUnanswered || !acquired.before.segments.has(segmentId)) {
      await reportLeftovers(run, request, acquired);
    }
  }
}

const recoveredLine = (segmentId: string, isTagged: boolean): string =>
  `Recovered segment ${segmentId} allocated by an interrupted run of this resource.${
    isTagged
      ? " If another stack with the same organization, project, stack and resource names uses this account, set eipSegment:tokenSalt in one of them."
      : ""
  }`;

/** What is compared and left alone while an interrupted run's segment is looked for. */
function recoveryRequest(
  run: Run,
  inputs: CheckedInputs,
  origin: Origin,
  deadline: Deadline,
): RecoveryRequest {
  const { ledger, settings, creationsInFlight } = run;
  const { clientToken, regionId } = inputs;
  const declared = allocateParameters(inputs) as InputValues;
  return {
    ...{ clientToken, deadline, region: run.regions.get(regionId) },
    differencesFrom: (ready: ReadySegment) => inWords(differencesBetween(declared, ready), origin.secrets),
    isOthers: (id) =>
      ledger.isHeld(id) || creationsInFlight.hasReturned(id) || settings.ignoreUnclaimed.includes(id),
  };
}

async function acquire(
  run: Run,
  inputs: CheckedInputs,
  origin: Origin,
  request: RecoveryRequest,
): Promise<AcquiredSegment> {
  const { account, ledger } = run;
  // Requested beside the allocation, because the account only secures later verbs.
  account.current(inputs.regionId).catch(() => undefined);
  try {
    const settings = allocateParameters(inputs);
    return await acquireSegment(run, { ...request, settings, isHeld: (id) => ledger.isHeld(id) });
  } catch (error) {
    const replaced = recordedAs(origin)?.segmentId;
    const holdsBoth = replaced !== undefined && !ledger.hasReleased(replaced);
    throw holdsBoth ? withQuotaAdvice(error, inputs, replaced, origin) : error;
  }
}

/** A replacement needs room for both segments, unless the old one is released first and the new one is not larger. */
function withQuotaAdvice(error: unknown, inputs: CheckedInputs, replaced: string, { held }: Origin): unknown {
  if (!(error instanceof ApiError) || !quotaCodes.has(error.code)) {
    return error;
  }
  const size = 2 ** (32 - inputs.eipMask);
  const oldMask = held.find(({ segmentId }) => segmentId === replaced)?.eipMask;
  const advice =
    oldMask !== undefined && inputs.eipMask >= oldMask
      ? "To release the old segment first, and lose its addresses before the new ones are known, set the resource option deleteBeforeReplace: true."
      : `The new segment needs ${size} EIPs beside those of ${replaced}, which is kept until the new one exists. ` +
        "Raise the quota eip_quota_instances_num in the Quota Center first; releasing the old segment does not make enough room.";
  return new ApiError(`${error.message} ${advice}`, error);
}

/**
 * Names what an earlier run may have left: this one allocated a segment although such a one exists, as after a forgotten token or a new
 * salt. Where a response was lost in this run, what it left is named too.
 */
async function reportLeftovers(
  run: Run,
  request: RecoveryRequest,
  { before }: AcquiredSegment,
): Promise<void> {
  const { creationsInFlight } = run;
  const list = async (): Promise<RegionListing> => {
    if (!creationsInFlight.hasUnanswered) return before;
    await creationsInFlight.settled();
    return request.region.list(request.deadline);
  };
  const leftovers = await list()
    .then((listing) => findLeftovers(request, listing))
    .catch(() => []);
  if (leftovers.length > 0) {
    run.logOnce(
      `Segments without an owner exist that match this declaration and may come from an interrupted run: ${listOf(leftovers)}. ` +
        `Run \`pulumi stack export | npx --no eip-segment orphans --region ${request.region.regionId}\` to check them.`,
    );
  }
}
