import { ConfigurationError, EipSegmentError } from "../leaves/errors";
import type { Deps } from "./deps";

/** How long the question for the account may take, in ms: it must not hold up what it only secures. */
const askMs = 20_000;

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
 * Makes sure that a segment which is not listed is gone, and not merely out of sight of these credentials.
 *
 * @param recorded - Account in the segment's state.
 * @throws EipSegmentError when the credentials belong to another account.
 */
export async function believeGone(
  deps: Deps,
  regionId: string,
  segmentId: string,
  recorded: string | undefined,
): Promise<void> {
  const current = await currentAccount(deps, regionId);
  if (recorded !== undefined && current !== undefined && recorded !== current) {
    throw new EipSegmentError(
      `Segment ${segmentId} belongs to account ${recorded}, but the credentials are those of account ${current}, which cannot see it. ` +
        "Use credentials of the segment's account.",
    );
  }
  if (recorded === undefined || current === undefined) {
    deps.say(
      `Segment ${segmentId} is not listed in ${regionId} and counts as gone; which account holds it could not be compared.`,
    );
  }
}
