import { SegmentLostError } from "../cloud/segment-lost-error";
import { refuseOtherSize } from "../cloud/other-size";
import { releaseAbandoned } from "../cloud/release";
import type { Region } from "../cloud/region";
import { ofOtherOwner, ownerOf } from "../cloud/segment";
import type { Eip, ReadySegment, Segment } from "../cloud/segment";
import { setOnEveryEip, tagEveryEip } from "../cloud/eip-changes";
import type { EipChangeContext, EipSetting } from "../cloud/eip-changes";
import { sameValue } from "../inputs/compare";
import { inputNames, rowOf } from "../inputs/input-table";
import type { CheckedInputs, InputValues } from "../inputs/input-table";
import type { Deadline, Instant } from "../util/clock";
import { ApiError, EipSegmentError } from "../util/errors";
import { InitFailedError } from "./engine-protocol";
import { poolNotice } from "./read";
import type { Run } from "./run";
import { allocationIdsOf, withRecorded, writeState } from "./state";
import type { SegmentState } from "./state";

/** A segment that answers for a resource, as far as it is known. */
export interface OwnedSegment {
  segmentId: string;
  /** Token that made it; empty when it was adopted. */
  clientToken: string;
  /** Value of its ownership tag. */
  ownerToken: string;
  /** Mark of the creation that its record comes from. */
  creation: string | undefined;
  /** Ids to check once more; see {@link releaseAbandoned}. */
  abandoned: readonly string[];
  /** State of the last run; undefined while the segment is being created. */
  state?: SegmentState;
  /** The segment, where it has been waited for already. */
  ready?: ReadySegment;
  /** When the cloud accepted the request for it. */
  requestedAt?: Instant;
}

/** What to bring a segment to. */
export interface FinishRequest {
  inputs: CheckedInputs;
  /** Values that every EIP shall have; what is undefined is left as it is. */
  wanted: InputValues;
  deadline: Deadline;
  /** The engine's `__provider`, which a failure must carry. */
  provider: unknown;
}

/**
 * Brings a segment that is known by its id to what the inputs say. Running it again after a failure continues where it stopped.
 *
 * @throws InitFailedError with the id and everything known, whatever fails: an id once known is never lost. EipSegmentError when the
 *   segment of a record was migrated to a public IP address pool, or when an EIP carries the ownership tag of another resource.
 */
export async function finishSegment(
  run: Run,
  owned: OwnedSegment,
  { inputs, wanted, deadline, provider }: FinishRequest,
): Promise<SegmentState> {
  const { segmentId, clientToken, ownerToken, creation, abandoned, state } = owned;
  const { regionId } = inputs;
  const region = run.regions.get(regionId);
  const known = {
    ...{ inputs, clientToken, ownerToken, creation, abandoned },
    segment: { segmentId, status: state?.status ?? "Allocating" } as Segment,
    eips: [] as readonly Eip[],
    accountId: state?.__accountId,
    unfinished: [isAdoption(owned) ? ("adoption" as const) : ("eips" as const)],
  };
  try {
    if (state !== undefined) {
      await run.account.refuseOther(state);
    }
    const isBeingCreated = !isAdoption(owned) && state?.__unfinished.includes("eips") !== false;
    const urn = (): string => run.ledger.originOf(inputs.clientToken).urn;
    const seen = (segment: Segment): void => {
      known.segment = state === undefined ? segment : withRecorded(segment, state);
      if (isBeingCreated) refuseOtherSize(known.segment, known.eips, inputs.eipMask, urn);
    };
    const since = owned.requestedAt === undefined ? {} : { since: owned.requestedAt };
    const ready = owned.ready ?? (await region.waitUntilReady(segmentId, deadline, { seen, ...since }));
    known.eips = ready.eips;
    seen(ready.segment);
    known.accountId ??= await run.account.current(regionId);
    if (state !== undefined && !isAdoption(owned)) {
      refuseOtherOwner(run, owned, ready.eips);
    }
    known.eips = await converge(run, { ...run, regionId, deadline }, ready.eips, wanted, ownerToken);
    await releaseAbandoned(run, region, abandoned, (id) => run.ledger.isHeld(id), deadline);
    return writeState({ ...known, unfinished: [], abandoned: [] });
  } catch (error) {
    if (error instanceof OtherOwnerError) {
      throw error;
    }
    if (state !== undefined && error instanceof SegmentLostError) {
      await refusePooled(region, state, deadline);
    }
    if (state === undefined) {
      known.accountId ??= await run.account.current(regionId).catch(() => undefined);
    }
    const isLost = error instanceof SegmentLostError && state?.createTime === undefined;
    const unfinished = { ...unfinishedState(known, state), ...(isLost ? { __isLost: true as const } : {}) };
    const cause = isLost
      ? new SegmentLostError(error.what, "Run `pulumi up` again to allocate another one.")
      : error;
    throw new InitFailedError(segmentId, { ...unfinished, __provider: provider }, cause);
  }
}

/** Somebody else's ownership tag is on an EIP, so the record stays as it is. */
class OtherOwnerError extends EipSegmentError {}

/** Whether an adoption has still to put its own tag in the place of another one, which nothing else may do. */
const isAdoption = ({ clientToken, state }: OwnedSegment): boolean =>
  state === undefined ? clientToken === "" : state.__unfinished.includes("adoption");

function refuseOtherOwner({ settings, ledger }: Run, owned: OwnedSegment, eips: readonly Eip[]): void {
  const { segmentId, ownerToken } = owned;
  const other = ofOtherOwner(eips, [ownerToken, ...ledger.tokensOf(segmentId)]);
  if (settings.ownershipTag && other !== undefined) {
    throw new OtherOwnerError(
      `Segment ${segmentId} was not changed: the ownership tag of ${other.ipAddress} (${other.allocationId}) names another resource or another stack (${String(ownerOf(other))}). ` +
        "Run `pulumi state delete` on this resource to leave the segment to them, or remove the tag pulumi-eip-segment from its EIPs to have it changed.",
    );
  }
}

/** A segment in a pool has nothing left to finish, so its record stays as it is. */
async function refusePooled(region: Region, state: SegmentState, deadline: Deadline): Promise<void> {
  const { __segmentId: id } = state;
  const fate = await region.fateOfUnlisted(id, allocationIdsOf(state), deadline).catch(() => undefined);
  if (fate?.kind === "pooled") {
    throw new EipSegmentError(poolNotice(id, fate.poolId));
  }
}

/**
 * What is known of a segment that is not finished. What the last run knew stays where nothing newer is known, and inputs that
 * either run set stay on record, so that the next run sees what it has to take back.
 */
function unfinishedState(
  known: Parameters<typeof writeState>[0],
  state: SegmentState | undefined,
): SegmentState {
  const now = writeState(known);
  if (state === undefined) {
    return now;
  }
  const { status, __unfinished, __abandoned } = now;
  const kept = known.eips.length > 0 ? now : { ...state, status, __unfinished, __abandoned };
  return { ...kept, __inputs: { ...state.__inputs, ...known.inputs } };
}

/** Brings the EIPs to the wanted values, with one request for each EIP that differs, and tags many at a time. */
async function converge(
  { settings, logOnce }: Run,
  context: EipChangeContext,
  eips: readonly Eip[],
  wanted: InputValues,
  owner: string,
): Promise<Eip[]> {
  const changed = await setOnEveryEip(context, eips, settingsOf(context, wanted));
  const { tags } = wanted;
  if (!settings.ownershipTag) {
    return tagEveryEip(context, changed, { tags });
  }
  try {
    return await tagEveryEip(context, changed, { tags, owner });
  } catch (error) {
    // The ownership tag is a safeguard: that it cannot be set is a warning, unless the user asked for tags, or an adoption would stay
    // half tagged with its former owner's.
    const isRefused =
      error instanceof ApiError && error.errorClass === "user" && error.action === "TagResources";
    const isPermission = isRefused && /^(Forbidden|NoPermission)/.test(error.code);
    const hasOtherOwner = ofOtherOwner(changed, [owner]) !== undefined;
    if (!isRefused || (hasOtherOwner && !isPermission) || Object.keys(tags ?? {}).length > 0) {
      throw error;
    }
    logOnce(
      `The ownership tag could not be set (${error.code}), so interrupted runs are harder to recover. Grant vpc:TagResources, ` +
        "or run `pulumi config set eipSegment:ownershipTag false`.",
    );
    return tagEveryEip(context, changed, { tags });
  }
}

function settingsOf({ api, regionId }: EipChangeContext, wanted: InputValues): EipSetting[] {
  return inputNames.flatMap((name) => {
    const { ofEip, setOnEip } = rowOf(name);
    const value: unknown = wanted[name];
    if (ofEip === undefined || setOnEip === undefined || value === undefined) {
      return [];
    }
    return [
      {
        isAsWanted: (eip) => sameValue(ofEip(eip), value),
        set: ({ allocationId }, options) => setOnEip(api, { regionId, allocationId }, value, options),
        changed: (eip) => ({ ...eip, [name]: value }),
      },
    ];
  });
}
