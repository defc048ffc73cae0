import type { SegmentReply, VpcApi } from "../client/vpc-api";
import type { Clock } from "../util/clock";
import { WaitTimeoutError } from "../util/errors";
import { describeSegment } from "./describe-segment";
import { RegionPoller } from "./region-poller";

/** What a wait looks for. */
export interface WatchRequest<T> {
  regionId: string;
  segmentId: string;
  /** The state waited for, in words, for the error of a timeout. */
  wanted: string;
  /** Answer of the wait once `segment` is as wanted; undefined to go on waiting. Throws to end the wait. */
  until: (segment: SegmentReply | undefined) => T | undefined;
  /** ms by the clock. */
  deadline: number;
}

/**
 * Waits for segments. All waits of one process and region share their polls.
 *
 * @throws WaitTimeoutError at a wait's deadline; ApiError and NoAnswerError when describing fails for good.
 */
export class SegmentWatch {
  private readonly pollers = new Map<string, RegionPoller>();

  public constructor(
    private readonly api: VpcApi,
    private readonly clock: Clock,
    private readonly random: () => number = Math.random,
  ) {}

  /** Waits until `request.until` answers. */
  public wait<T>(request: WatchRequest<T>): Promise<T> {
    const since = this.clock.now();
    let lastState = "not looked at";
    return new Promise<T>((resolve, reject) => {
      this.poller(request.regionId).add({
        segmentId: request.segmentId,
        wanted: request.wanted,
        deadline: request.deadline,
        look: (segment) => {
          lastState = segment?.status ?? "absent";
          const answer = request.until(segment);
          if (answer !== undefined) {
            resolve(answer);
          }
          return answer !== undefined;
        },
        timeOut: (now) => {
          reject(timeoutError(request, lastState, now - since));
        },
        fail: reject,
      });
    });
  }

  /** One look at a segment, together with everyone else's; undefined only when the region surely lists none with this id. */
  public async look(
    regionId: string,
    segmentId: string,
    deadline: number,
  ): Promise<SegmentReply | undefined> {
    const { segment } = await this.wait({
      regionId,
      segmentId,
      wanted: "looked at",
      until: (seen) => ({ segment: seen }),
      deadline,
    });
    // A page that shifted while it was read is not believed where absence matters.
    return segment ?? describeSegment(this.api, regionId, segmentId, deadline);
  }

  private poller(regionId: string): RegionPoller {
    let poller = this.pollers.get(regionId);
    if (poller === undefined) {
      poller = new RegionPoller(this.api, this.clock, this.random, regionId);
      this.pollers.set(regionId, poller);
    }
    return poller;
  }
}

function timeoutError<T>(request: WatchRequest<T>, lastState: string, elapsedMs: number): WaitTimeoutError {
  const { segmentId, wanted } = request;
  const seconds = Math.round(elapsedMs / 1000);
  return new WaitTimeoutError(
    `Segment ${segmentId} was still ${lastState} after ${seconds} s of waiting for it to be ${wanted}. ` +
      "Run the same command again to go on waiting, or give customTimeouts more time.",
    { segmentId, lastState, wanted, elapsedMs },
  );
}
