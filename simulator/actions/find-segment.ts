import { apiError } from "../api-error";
import type { OperationContext } from "../operation";
import type { Segment } from "../segment";

/**
 * A segment of the caller in the region of the request.
 *
 * @throws `OperationFailed.InstanceNotExist`, also for a segment of another account.
 */
export function findSegment({ cloud, account, regionId }: OperationContext, id: string): Segment {
  const segment = cloud.store.segments.get(id);
  if (segment?.accountId !== account.accountId || segment.regionId !== regionId) {
    throw apiError("OperationFailed.InstanceNotExist");
  }
  return segment;
}
