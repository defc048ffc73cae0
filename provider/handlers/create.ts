import { randomUUID } from "node:crypto";
import type { AllocateRequest } from "../client/vpc-api";
import { ApiError, EipSegmentError } from "../util/errors";
import { acquireSegment } from "../cloud/acquire-segment";
import type { AcquiredSegment } from "../cloud/acquire-segment";
import { listRegion } from "../cloud/region-before";
import { confirmSurvivor } from "../cloud/survivor";
import { currentAccount } from "./account";
import { adoptSegment } from "./adopt";
import { deadlineOf } from "./deadlines";
import type { Deps } from "./deps";
import { finishSegment } from "./finish-segment";
import { defaults } from "../inputs/schema";
import type { CheckedInputs } from "../inputs/schema";
import { recordedAs } from "./origin";
import type { SegmentState } from "./state";

/** How long each step up to an accepted request may take at least, in ms; the wait for the segment comes after that. */
const allocateMs = 600_000;

/** What a segment shall be like: both what is asked for and what a survivor is compared with. */
type Settings = Required<Omit<AllocateRequest, "regionId" | "clientToken" | "zone" | "resourceGroupId">> &
  Pick<AllocateRequest, "zone" | "resourceGroupId">;

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
  const creation = (): Promise<CreateResult> => allocateSegment(deps, inputs, __provider);
  return deps.pace === undefined ? creation() : deps.pace.run(inputs.clientToken, creation);
}

async function allocateSegment(deps: Deps, inputs: CheckedInputs, provider: unknown): Promise<CreateResult> {
  const wanted = settingsOf(inputs);
  const { segmentId, clientToken, abandoned, survivor } = await acquire(deps, inputs, wanted);
  // The wait for the segment counts from here, and not from when the request began to queue.
  const deadline = deadlineOf(deps, "create", inputs.customTimeouts);
  const creation = randomUUID();
  const { secrets, urn } = deps.memory.originOf(inputs.clientToken);
  if (survivor) {
    const { regionId } = inputs;
    await confirmSurvivor(deps, { segmentId, clientToken, wanted, deadline, regionId, secrets });
  }
  refuseAdopted(deps, segmentId, urn);
  if (survivor) {
    deps.say(`Segment ${segmentId}, which an interrupted run of this resource made, is taken up again.`);
  }
  deps.memory.rememberCreated(segmentId, { urn, creation });
  const owned = { segmentId, clientToken, ownerToken: clientToken, creation, abandoned };
  return { id: segmentId, outs: await finishSegment(deps, owned, inputs, deadline, provider) };
}

/** The check of a resource that adopts the segment may come while it is waited for or looked at. */
function refuseAdopted({ memory }: Deps, segmentId: string, urn: string): void {
  const adopter = memory.adopterOf(segmentId);
  if (adopter !== undefined) {
    throw new EipSegmentError(
      `The cloud answered for ${urn} with segment ${segmentId}, which ${adopter} adopts. Run \`pulumi up\` again.`,
    );
  }
}

/** Settings as the cloud gets them: what the program leaves out is sent as its default. */
function settingsOf(inputs: CheckedInputs): Settings {
  return {
    eipMask: inputs.eipMask,
    bandwidth: inputs.bandwidth ?? defaults.bandwidth,
    internetChargeType: inputs.internetChargeType ?? defaults.internetChargeType,
    isp: inputs.isp ?? defaults.isp,
    netmode: inputs.netmode ?? defaults.netmode,
    ...(inputs.zone === undefined ? {} : { zone: inputs.zone }),
    ...(inputs.resourceGroupId === undefined ? {} : { resourceGroupId: inputs.resourceGroupId }),
  };
}

async function acquire(
  deps: Deps,
  { clientToken, customTimeouts, regionId }: CheckedInputs,
  wanted: Settings,
): Promise<AcquiredSegment> {
  const { clock, memory, settings } = deps;
  const origin = memory.originOf(clientToken);
  const stepMs = Math.max(allocateMs, deadlineOf(deps, "create", customTimeouts) - clock.now());
  // Asked beside the allocation, because the account only secures later verbs.
  currentAccount(deps, regionId).catch(() => undefined);
  const replaced = recordedAs(origin)?.segmentId;
  try {
    return await acquireSegment(
      {
        ...deps,
        allocations: memory.allocations,
        before: (region) => memory.regionBefore(region, () => listRegion(deps, region, clock.now() + stepMs)),
      },
      {
        settings: { regionId, ...wanted },
        clientToken,
        isHeld: (segmentId) => memory.isHeld(segmentId),
        ignoredIds: new Set(settings.ignoreUnclaimed),
        stepMs,
      },
    );
  } catch (error) {
    const holdsBoth = replaced !== undefined && !memory.isReleased(replaced);
    throw holdsBoth ? withQuotaAdvice(error) : error;
  }
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
