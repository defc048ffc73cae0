import { ApiError } from "../leaves/errors";
import { acquireSegment } from "../operations/acquire-segment";
import type { AcquiredSegment } from "../operations/acquire-segment";
import { listSegments } from "../operations/describe-segment";
import { confirmSurvivor } from "../operations/survivor";
import { currentAccount } from "./account";
import { adoptSegment } from "./adopt";
import { deadlineOf } from "./deadlines";
import type { Deps } from "./deps";
import { finishSegment } from "./finish-segment";
import { defaults } from "./inputs/schema";
import type { CheckedInputs } from "./inputs/schema";
import type { SegmentState } from "./state";

/** How long an answered id may stay invisible before its request counts as one of the past, in ms. */
const graceMs = 20_000;

/** How long the cloud may be asked to allocate, in ms; the wait for the segment itself comes after that. */
const allocateMs = 600_000;

/** Answer of create. */
export interface CreateResult {
  id: string;
  outs: SegmentState;
}

/**
 * Allocates a segment, or takes over the one that `adopt` names, and waits until it is ready.
 *
 * @param props - Checked inputs with the engine's `__provider`.
 * @throws EipSegmentError when nothing was allocated; InitFailedError with the id once there is a segment.
 */
export async function create(deps: Deps, props: Record<string, unknown>): Promise<CreateResult> {
  const { __provider, ...rest } = props;
  const inputs = rest as unknown as CheckedInputs;
  if (inputs.adopt !== undefined) {
    return adoptSegment(deps, inputs, inputs.adopt, __provider);
  }
  const { segmentId, clientToken, abandoned } = await acquire(deps, inputs);
  deps.memory.rememberCreated(segmentId);
  const outs = await finishSegment(
    deps,
    { segmentId, clientToken, ownerToken: clientToken, abandoned },
    inputs,
    deadlineOf(deps, "create", inputs.customTimeouts),
    __provider,
  );
  return { id: segmentId, outs };
}

async function acquire(deps: Deps, inputs: CheckedInputs): Promise<AcquiredSegment> {
  const { api, clock, memory, settings } = deps;
  const origin = memory.originOf(inputs.clientToken);
  const readable = origin?.readable ?? false;
  const heldIds = new Set(origin?.held.flatMap(({ segmentId }) => segmentId ?? []));
  const wanted = {
    eipMask: inputs.eipMask,
    bandwidth: inputs.bandwidth ?? defaults.bandwidth,
    internetChargeType: inputs.internetChargeType ?? defaults.internetChargeType,
    isp: inputs.isp ?? defaults.isp,
    netmode: inputs.netmode ?? defaults.netmode,
    ...(inputs.zone === undefined ? {} : { zone: inputs.zone }),
    ...(inputs.resourceGroupId === undefined ? {} : { resourceGroupId: inputs.resourceGroupId }),
  };
  const deadline = clock.now() + allocateMs;
  // Asked beside the allocation, because the account only secures later verbs.
  const account = currentAccount(deps, inputs.regionId);
  account.catch(() => undefined);
  const replacing =
    origin?.held.some(({ urn, segmentId }) => urn === origin.urn && segmentId !== undefined) ?? false;
  const acquired = await acquireSegment(
    {
      ...deps,
      liveBefore: async (regionId) =>
        (await memory.liveBefore(regionId, () => listSegments(api, regionId, deadline))).segments,
    },
    {
      settings: { regionId: inputs.regionId, ...wanted },
      clientToken: inputs.clientToken,
      isHeld: (segmentId) => heldIds.has(segmentId) || memory.hasCreated(segmentId),
      ignoredIds: new Set(settings.ignoreUnclaimed),
      graceMs,
      deadline,
    },
  ).catch((error: unknown) => {
    throw replacing ? withQuotaAdvice(error) : error;
  });
  if (acquired.survivor) {
    await confirmSurvivor(deps, { ...acquired, regionId: inputs.regionId, wanted, readable, deadline });
    deps.say(
      `Segment ${acquired.segmentId}, which an interrupted run of this resource made, is taken up again.`,
    );
  }
  return acquired;
}

/** Codes that say that the account has no room for another segment. */
const quotaCodes: ReadonlySet<string> = new Set([
  "QuotaExceeded.Eip",
  "OperationFailed.EipQuotaExceed",
  "ORDER.QUANTITY_INVALID",
]);

/** A replacement needs room for both segments, unless the old one goes first. */
function withQuotaAdvice(error: unknown): unknown {
  if (!ApiError.isInstance(error) || !quotaCodes.has(error.code)) {
    return error;
  }
  const advice =
    "A replacement holds both segments for a while: the resource option deleteBeforeReplace: true releases the old one first, and gives its addresses up before the new ones are known.";
  return new ApiError(`${error.message} ${advice}`, error);
}
