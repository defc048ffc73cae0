import type { VpcApi } from "../client/vpc-api";
import type { Clock } from "../util/clock";
import { ConfigurationError, EipSegmentError } from "../util/errors";
import type { SegmentState } from "./state";

/** How long the request for the account may take: it must not hold up what it only secures. */
const lookupMs = 20_000;

/** The segment that accounts are compared for. */
export type AccountedSegment = Pick<SegmentState, "regionId" | "__segmentId" | "__accountId">;

/** The account of the credentials, requested once per process. A failed request is not remembered. */
export class AccountLookup {
  private lookup: Promise<string | undefined> | undefined;

  constructor(
    private readonly api: VpcApi,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {}

  /** Id of the account; undefined when STS does not tell. */
  current(regionId: string): Promise<string | undefined> {
    this.lookup ??= this.request(regionId).catch((error: unknown) => {
      this.lookup = undefined;
      throw error;
    });
    return this.lookup;
  }

  /**
   * Refuses credentials of another account than the segment's.
   *
   * @returns The account of the credentials; undefined when it could not be told.
   * @throws EipSegmentError naming both accounts.
   */
  async refuseOther({
    regionId,
    __segmentId: segmentId,
    __accountId: recorded,
  }: AccountedSegment): Promise<string | undefined> {
    const current = await this.current(regionId);
    if (recorded !== undefined && current !== undefined && recorded !== current) {
      throw new EipSegmentError(
        `Segment ${segmentId} belongs to account ${recorded}, but the credentials are those of account ${current}, which cannot see it. ` +
          "Use credentials of the segment's account.",
      );
    }
    return current;
  }

  /**
   * Makes sure that a segment of which nothing is listed no longer exists, and is not merely out of sight of these credentials.
   *
   * @throws EipSegmentError when the credentials belong to another account.
   */
  async confirmGone(segment: AccountedSegment): Promise<void> {
    const current = await this.refuseOther(segment);
    if (segment.__accountId === undefined || current === undefined) {
      this.log(
        `Segment ${segment.__segmentId} is not listed in ${segment.regionId} and counts as released, although the account could not be compared. ` +
          "Check alicloud:region and the credentials if it should exist.",
      );
    }
  }

  private async request(regionId: string): Promise<string | undefined> {
    try {
      const options = { deadline: this.clock.now() + lookupMs };
      return (await this.api.getCallerIdentity({ regionId }, options)).accountId;
    } catch (error) {
      // Without credentials every other request fails too, with the same words.
      if (error instanceof EipSegmentError && !(error instanceof ConfigurationError)) {
        return undefined;
      }
      throw error;
    }
  }
}
