import { apiError } from "../api-error";
import type { ApiErrorCode } from "../api-errors";
import type { Eip } from "../eip";
import type { OperationContext } from "../operation";

/**
 * An EIP of the caller, in the region of the request where it names one.
 *
 * @throws the code in `notFound`, also for an EIP of another account.
 */
export function findEip(
  { cloud, account, regionId }: OperationContext,
  allocationId: string,
  notFound: ApiErrorCode = "InvalidAllocationId.NotFound",
): Eip {
  const eip = cloud.store.eips.get(allocationId);
  if (eip?.accountId !== account.accountId || eip.regionId !== (regionId ?? eip.regionId)) {
    throw apiError(notFound);
  }
  return eip;
}

/**
 * An EIP that can be changed.
 *
 * @throws `IncorrectEipStatus` while the EIP or its segment is in an `-ing` state.
 */
export function findSettledEip(context: OperationContext, allocationId: string): Eip {
  const eip = findEip(context, allocationId);
  const segment = eip.segmentId === undefined ? undefined : context.cloud.store.segments.get(eip.segmentId);
  const isSettled = eip.status === "Available" || eip.status === "InUse";
  if (!isSettled || segment?.status === "Allocating") throw apiError("IncorrectEipStatus");
  return eip;
}
