import type { EipReply } from "../client/vpc-api";
import type { Clock } from "../util/clock";
import { ApiError } from "../util/errors";

/** Pause before an EIP that is busy is tried again, in ms: associating takes seconds. */
const busyMs = 3000;

/**
 * Changes one EIP, and tries again while it is being associated or disassociated.
 *
 * @param deadline - ms by the clock after which no new try starts.
 * @throws ApiError with what is known to stand in the way, such as a lock of the cloud.
 */
export async function changeEip(
  clock: Clock,
  eip: EipReply,
  deadline: number,
  change: (eip: EipReply) => Promise<void>,
): Promise<void> {
  for (;;) {
    try {
      await change(eip);
      return;
    } catch (error) {
      const busy = ApiError.isInstance(error) && error.errorClass === "wait";
      if (!busy || clock.now() + busyMs >= deadline) {
        throw ApiError.isInstance(error) ? withCircumstances(error, eip) : error;
      }
      await clock.sleep(busyMs);
    }
  }
}

function withCircumstances(error: ApiError, eip: EipReply): ApiError {
  const circumstances = circumstancesOf(eip);
  return circumstances.length === 0
    ? error
    : new ApiError(`${error.message} The EIP ${eip.ipAddress} ${circumstances.join(" and ")}.`, error);
}

/** What is special about an EIP and may keep the cloud from changing it, in words. */
function circumstancesOf({ businessStatus, bandwidthPackageId }: EipReply): string[] {
  return [
    ...(businessStatus === undefined || businessStatus === "Normal"
      ? []
      : [`is locked by the cloud (${businessStatus}): settle what the EIP console says about it`]),
    ...(bandwidthPackageId === undefined
      ? []
      : [
          `is in the Internet Shared Bandwidth instance ${bandwidthPackageId}: take it out if that is in the way`,
        ]),
  ];
}
