import { apiError } from "../api-error";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import type { ReplyBody } from "../reply-body";
import { findSettledEip } from "./find-eip";

/** ReleaseEipAddress: refused for EIPs of a segment; gives an EIP of a public IP address pool back to the pool. */
export const releaseEipAddress: Operation = {
  version: vpcVersion,
  required: ["AllocationId"],
  run: release,
};

function release(context: OperationContext): ReplyBody {
  const eip = findSettledEip(context, context.parameters.required("AllocationId"));
  if (eip.segmentId !== undefined) throw apiError("Forbidden.ReleaseSegmentEip");
  if (eip.status === "InUse") throw apiError("IncorrectEipStatus");
  if (eip.bandwidthPackageId !== undefined) throw apiError("Forbidden.EipInBwp");
  if (eip.deletionProtection) throw apiError("InvalidOperation.DeletionProtection");
  context.cloud.store.eips.delete(eip.allocationId);
  return {};
}
