import { randomUUID } from "node:crypto";
import type { CallOptions, EipReply } from "../client/vpc-api";
import { ApiError, EipSegmentError } from "../util/errors";
import { describeSegment } from "./describe-segment";
import { listEips } from "./list-eips";
import { ownerOf } from "./ownership-tag";
import type { SegmentDeps } from "./ready-segment";

/** Pause before a refused release is tried again, in ms: EIPs change their state within seconds. */
const retryMs = 3000;

/** What became of a segment that was to be released: `owner` is the token in its ownership tag. */
export type ReleaseEnd = { kind: "released" | "gone" } | { kind: "owned"; owner: string };

/**
 * Releases a segment and waits until it is gone. A segment still being allocated is waited for first, and one whose ownership
 * tag names somebody else stays. Time that the request spends waiting for the account's rate does not count against the
 * deadline.
 *
 * @param ownTokens - Tokens in the ownership tag of whoever releases; any other is somebody else's.
 * @param deadline - ms by the clock.
 * @throws EipSegmentError naming every EIP in use before anything is released; ApiError when the cloud refuses;
 *   WaitTimeoutError at the deadline.
 */
export async function releaseSegment(
  deps: SegmentDeps,
  regionId: string,
  segmentId: string,
  ownTokens: readonly (string | undefined)[],
  deadline: number,
): Promise<ReleaseEnd> {
  const status = await settledStatus(deps, regionId, segmentId, deadline);
  if (status === undefined) {
    return { kind: "gone" };
  }
  let queuedMs = 0;
  if (status !== "Releasing") {
    const asked = await askForRelease(deps, regionId, segmentId, ownTokens, deadline);
    if (asked.owner !== undefined) {
      return { kind: "owned", owner: asked.owner };
    }
    queuedMs = asked.queuedMs;
  }
  await deps.watch.wait({
    regionId,
    segmentId,
    wanted: "gone",
    until: (segment) => (segment === undefined ? true : undefined),
    deadline: deadline + queuedMs,
  });
  return { kind: "released" };
}

/** Status of a segment once it is no longer being allocated; undefined when it is surely not listed. */
async function settledStatus(
  { api, watch }: SegmentDeps,
  regionId: string,
  segmentId: string,
  deadline: number,
): Promise<string | undefined> {
  for (;;) {
    const { status } = await watch.wait({
      regionId,
      segmentId,
      wanted: "Allocated, to be released",
      until: (segment) => (segment?.status === "Allocating" ? undefined : { status: segment?.status }),
      deadline,
    });
    // A page that shifted while it was read is not believed where absence matters.
    const settled = status ?? (await describeSegment(api, regionId, segmentId, deadline))?.status;
    if (settled !== "Allocating") {
      return settled;
    }
  }
}

/** Time that a request waited for the account's rate, in ms; with an `owner`, somebody else's token, nothing was asked for. */
interface Asked {
  queuedMs: number;
  owner?: string;
}

async function askForRelease(
  { api, clock }: SegmentDeps,
  regionId: string,
  segmentId: string,
  ownTokens: readonly (string | undefined)[],
  deadline: number,
): Promise<Asked> {
  let queuedMs = 0;
  for (;;) {
    const timing: CallOptions = {
      deadline: deadline + queuedMs,
      queued: (ms) => {
        queuedMs += ms;
      },
    };
    const eips = await listEips(api, { regionId, segmentId }, deadline + queuedMs);
    const owner = eips.map(ownerOf).find((token) => token !== undefined && !ownTokens.includes(token));
    if (owner !== undefined) {
      return { queuedMs, owner };
    }
    refuseInUse(segmentId, eips);
    try {
      // A random token per try: a remembered refusal must not answer for a later state of the segment.
      await api.releaseEipSegmentAddress({ regionId, segmentId, clientToken: randomUUID() }, timing);
      return { queuedMs };
    } catch (error) {
      if (ApiError.isInstance(error) && error.errorClass === "gone") {
        return { queuedMs };
      }
      const busy =
        ApiError.isInstance(error) && (error.errorClass === "wait" || error.errorClass === "later");
      if (!busy || clock.now() + retryMs >= deadline + queuedMs) {
        throw error;
      }
      await clock.sleep(retryMs);
      const segment = await describeSegment(api, regionId, segmentId, deadline + queuedMs);
      if (segment?.status !== "Allocated") {
        return { queuedMs };
      }
    }
  }
}

/** Everything that keeps an EIP from being released, in words. */
function obstaclesOf(eip: EipReply): string[] {
  const obstacles: string[] = [];
  if (eip.status === "InUse") {
    obstacles.push(
      `is associated with ${eip.instanceType ?? "an instance"} ${eip.instanceId ?? "of unknown id"}`,
    );
  }
  if (eip.bandwidthPackageId !== undefined) {
    obstacles.push(`is in the Internet Shared Bandwidth instance ${eip.bandwidthPackageId}`);
  }
  if (eip.deletionProtection) {
    obstacles.push("has deletion protection");
  }
  return obstacles;
}

function refuseInUse(segmentId: string, eips: readonly EipReply[]): void {
  const blocked = eips.flatMap((eip) =>
    obstaclesOf(eip).map((obstacle) => `${eip.ipAddress} (${eip.allocationId}) ${obstacle}`),
  );
  if (blocked.length > 0) {
    throw new EipSegmentError(
      `Segment ${segmentId} cannot be released, and nothing was released: ${blocked.join("; ")}. ` +
        "Remove what holds them first and run the command again.",
    );
  }
}
