import type { EipReply, SegmentReply } from "../client/vpc-api";
import { ApiError, EipSegmentError } from "../util/errors";
import { releaseAbandoned } from "../cloud/abandoned";
import { convergeEips } from "../cloud/converge-eips";
import type { WantedEips } from "../cloud/converge-eips";
import { readySegment } from "../cloud/ready-segment";
import type { ReadySegment } from "../cloud/ready-segment";
import { currentAccount, refuseOtherAccount } from "./account";
import type { Deps } from "./deps";
import { InitFailedError } from "./init-failed";
import type { CheckedInputs } from "../inputs/schema";
import { writeState } from "./state";
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
  /** Ids to look at once more; see {@link releaseAbandoned}. */
  abandoned: readonly string[];
  /** State of the last run; undefined while the segment is being created. */
  state?: SegmentState;
}

/**
 * Brings a segment that is known by its id to what the inputs say. Running it again after a failure goes on where it stopped.
 *
 * @param deadline - ms by the clock.
 * @param provider - The engine's `__provider`, which a failure must carry.
 * @param wanted - What every EIP shall be like.
 * @throws InitFailedError with the id and everything known, whatever goes wrong: an id once known is never lost.
 */
export async function finishSegment(
  deps: Deps,
  owned: OwnedSegment,
  inputs: CheckedInputs,
  deadline: number,
  provider: unknown,
  wanted: WantedEips = { tags: inputs.tags },
): Promise<SegmentState> {
  const { segmentId, clientToken, ownerToken, creation, abandoned, state } = owned;
  const { regionId } = inputs;
  const known = {
    inputs,
    segment: { segmentId, status: state?.status ?? "Allocating" } as SegmentReply,
    eips: [] as readonly EipReply[],
    clientToken,
    ownerToken,
    creation,
    accountId: state?.__accountId,
    unfinished: ["eips" as const],
    abandoned,
  };
  try {
    if (state !== undefined) {
      await refuseOtherAccount(deps, state);
    }
    const ready = await readySegment(deps, regionId, segmentId, deadline, (seen) => {
      known.segment = seen;
    });
    known.eips = ready.eips;
    refuseWithoutEips(segmentId, ready);
    known.accountId ??= await currentAccount(deps, regionId);
    known.eips = await converge(deps, inputs, ready.eips, wanted, ownerToken, deadline);
    await releaseAbandoned(deps, regionId, abandoned, (id) => deps.memory.isHeld(id), deadline);
    return writeState({ ...known, unfinished: [], abandoned: [] });
  } catch (error) {
    if (state === undefined) {
      known.accountId ??= await currentAccount(deps, regionId).catch(() => undefined);
    }
    throw new InitFailedError(segmentId, { ...unfinishedState(known, state), __provider: provider }, error);
  }
}

/** A segment without addresses is of no use to a program, and nothing could be tagged. */
function refuseWithoutEips(segmentId: string, { segment: { ipCount = 0 }, eips }: ReadySegment): void {
  if (ipCount > 0 && eips.length === 0) {
    throw new EipSegmentError(
      `Segment ${segmentId} is allocated, but none of its ${ipCount} EIPs is listed. Let the credentials see the EIPs ` +
        "(vpc:DescribeEipAddresses in every resource group), or wait a while, and run `pulumi up` again.",
    );
  }
}

/**
 * What is known of a segment that is not finished. What the last run knew stays where nothing newer is known, and inputs that
 * either run wrote stay on record, so that the next run sees what it has to take back.
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

/** The ownership tag is a safeguard: that the credentials may not tag is a warning unless the user asked for tags. */
async function converge(
  { api, clock, settings, memory, say }: Deps,
  { regionId }: CheckedInputs,
  eips: readonly EipReply[],
  wanted: WantedEips,
  owner: string,
  deadline: number,
): Promise<EipReply[]> {
  const withOwner = settings.ownershipTag ? { ...wanted, owner } : wanted;
  try {
    return await convergeEips({ api, clock }, regionId, eips, withOwner, deadline);
  } catch (error) {
    const noPermission =
      ApiError.isInstance(error) &&
      error.action === "TagResources" &&
      /^(Forbidden|NoPermission)/.test(error.code);
    if (!noPermission || Object.keys(wanted.tags ?? {}).length > 0) {
      throw error;
    }
    memory.once("no tag permission", () => {
      say(
        `The ownership tag could not be set (${error.code}). Grant vpc:TagResources, or set the configuration eipSegment:ownershipTag to false.`,
      );
    });
    return convergeEips({ api, clock }, regionId, eips, wanted, deadline);
  }
}
