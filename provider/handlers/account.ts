import { ConfigurationError, EipSegmentError } from "../util/errors";
import type { Deps } from "./deps";
import type { SegmentState } from "./state";

/** How long the question for the account may take, in ms: it must not hold up what it only secures. */
const askMs = 20_000;

/** The segment that a question of accounts is about: its region, its id, and the account in its state. */
export type AccountedSegment = Pick<SegmentState, "regionId" | "__segmentId" | "__accountId">;

/** Id of the account that the credentials belong to, asked once per process; undefined when STS does not tell. */
export function currentAccount({ api, clock, memory }: Deps, regionId: string): Promise<string | undefined> {
  return memory.account(async () => {
    try {
      const { accountId } = await api.getCallerIdentity({ regionId }, { deadline: clock.now() + askMs });
      return accountId;
    } catch (error) {
      // Without credentials every other call fails too, with the same words.
      if (EipSegmentError.isInstance(error) && !ConfigurationError.isInstance(error)) {
        return undefined;
      }
      throw error;
    }
  });
}

/**
 * Refuses credentials of another account than the segment's.
 *
 * @returns The account of the credentials; undefined when it could not be told.
 * @throws EipSegmentError naming both accounts.
 */
export async function refuseOtherAccount(
  deps: Deps,
  { regionId, __segmentId: segmentId, __accountId: recorded }: AccountedSegment,
): Promise<string | undefined> {
  const current = await currentAccount(deps, regionId);
  if (recorded !== undefined && current !== undefined && recorded !== current) {
    throw new EipSegmentError(
      `Segment ${segmentId} belongs to account ${recorded}, but the credentials are those of account ${current}, which cannot see it. ` +
        "Use credentials of the segment's account.",
    );
  }
  return current;
}

/**
 * Makes sure that a segment which is not listed is gone, and not merely out of sight of these credentials.
 *
 * @throws EipSegmentError when the credentials belong to another account.
 */
export async function believeGone(deps: Deps, segment: AccountedSegment): Promise<void> {
  const current = await refuseOtherAccount(deps, segment);
  if (segment.__accountId === undefined || current === undefined) {
    deps.say(
      `Segment ${segment.__segmentId} is not listed in ${segment.regionId} and counts as gone; which account holds it could not be compared.`,
    );
  }
}
