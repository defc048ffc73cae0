import { randomUUID } from "node:crypto";
import type { EipReply } from "../client/vpc-api";
import { ApiError, EipSegmentError } from "../leaves/errors";
import { describeSegment } from "./describe-segment";
import { listEips } from "./list-eips";
import type { SegmentDeps } from "./ready-segment";

/** Pause before a refused release is tried again, in ms: EIPs change their state within seconds. */
const retryMs = 3000;

/**
 * Releases a segment and waits until it is gone. A segment still being allocated is waited for first.
 *
 * @param deadline - ms by the clock.
 * @returns False when the segment was gone from the start.
 * @throws EipSegmentError naming every EIP in use before anything is released; ApiError when the cloud refuses;
 *   WaitTimeoutError at the deadline.
 */
export async function releaseSegment(
  deps: SegmentDeps,
  regionId: string,
  segmentId: string,
  deadline: number,
): Promise<boolean> {
  const status = await deps.watch.wait({
    regionId,
    segmentId,
    wanted: "Allocated, to be released",
    until: (segment) => (segment?.status === "Allocating" ? undefined : { value: segment?.status }),
    deadline,
  });
  if (status.value === undefined) {
    return false;
  }
  if (status.value !== "Releasing") {
    await askForRelease(deps, regionId, segmentId, deadline);
  }
  await deps.watch.wait({
    regionId,
    segmentId,
    wanted: "gone",
    until: (segment) => (segment === undefined ? true : undefined),
    deadline,
  });
  return true;
}

async function askForRelease(
  { api, clock }: SegmentDeps,
  regionId: string,
  segmentId: string,
  deadline: number,
): Promise<void> {
  for (;;) {
    const eips = await listEips(api, { regionId, segmentId }, deadline);
    refuseInUse(segmentId, eips);
    try {
      // A random token per try: a remembered refusal must not answer for a later state of the segment.
      await api.releaseEipSegmentAddress({ regionId, segmentId, clientToken: randomUUID() }, { deadline });
      return;
    } catch (error) {
      if (ApiError.isInstance(error) && error.errorClass === "gone") {
        return;
      }
      const busy =
        ApiError.isInstance(error) && (error.errorClass === "wait" || error.errorClass === "later");
      if (!busy || clock.now() + retryMs >= deadline) {
        throw error;
      }
      await clock.sleep(retryMs);
      const segment = await describeSegment(api, regionId, segmentId, deadline);
      if (segment?.status !== "Allocated") {
        return;
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
