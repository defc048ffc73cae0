import type { EipReply, SegmentReply } from "../client/vpc-api";
import { ApiError } from "../leaves/errors";
import { releaseAbandoned } from "../operations/abandoned";
import { convergeEips } from "../operations/converge-eips";
import type { WantedEips } from "../operations/converge-eips";
import { readySegment } from "../operations/ready-segment";
import { currentAccount } from "./account";
import type { Deps } from "./deps";
import { InitFailedError } from "./init-failed";
import type { CheckedInputs } from "./inputs/schema";
import { writeState } from "./state";
import type { SegmentState } from "./state";

/** A segment that answers for a resource, as far as it is known. */
export interface OwnedSegment {
  segmentId: string;
  /** Token that made it; empty when it was adopted. */
  clientToken: string;
  /** Value of its ownership tag. */
  ownerToken: string;
  /** Ids to look at once more; see {@link releaseAbandoned}. */
  abandoned: readonly string[];
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
  const { segmentId, clientToken, ownerToken } = owned;
  const known = {
    inputs,
    segment: { segmentId, status: "Allocating" } as SegmentReply,
    eips: [] as readonly EipReply[],
    clientToken,
    ownerToken,
    accountId: undefined as string | undefined,
    unfinished: ["eips" as const],
  };
  try {
    known.accountId = await currentAccount(deps, inputs.regionId);
    const ready = await readySegment(deps, inputs.regionId, segmentId, deadline);
    known.segment = ready.segment;
    known.eips = ready.eips;
    known.eips = await converge(deps, inputs, ready.eips, wanted, ownerToken, deadline);
    await releaseAbandoned(deps, inputs.regionId, owned.abandoned, deadline);
    return writeState({ ...known, unfinished: [] });
  } catch (error) {
    throw new InitFailedError(segmentId, { ...writeState(known), __provider: provider }, error);
  }
}

/** The ownership tag is a safeguard: that the credentials may not tag is a warning unless the user asked for tags. */
async function converge(
  { api, settings, memory, say }: Deps,
  { regionId }: CheckedInputs,
  eips: readonly EipReply[],
  wanted: WantedEips,
  owner: string,
  deadline: number,
): Promise<EipReply[]> {
  const withOwner = settings.ownershipTag ? { ...wanted, owner } : wanted;
  try {
    return await convergeEips(api, regionId, eips, withOwner, deadline);
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
    return convergeEips(api, regionId, eips, wanted, deadline);
  }
}
