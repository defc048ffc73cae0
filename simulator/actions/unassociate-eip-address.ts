import { apiError } from "../api-error";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import type { ReplyBody } from "../reply-body";
import { findSettledEip } from "./find-eip";

/** UnassociateEipAddress: detaches an EIP from its instance. */
export const unassociateEipAddress: Operation = {
  version: vpcVersion,
  required: ["AllocationId"],
  remembersToken: true,
  run: unassociate,
};

function unassociate(context: OperationContext): ReplyBody {
  const { cloud, parameters } = context;
  parameters.flag("Force");
  const eip = findSettledEip(context, parameters.required("AllocationId"));
  if (eip.association === undefined) throw apiError("IncorrectEipStatus");
  const { instanceId, instanceType } = eip.association;
  if ((parameters.filled("InstanceId") ?? instanceId) !== instanceId) {
    throw apiError("InvalidInstanId.NotFound");
  }
  if ((parameters.filled("InstanceType") ?? instanceType) !== instanceType) {
    throw apiError("InvalidParameter.Mismatch");
  }
  cloud.store.startUnassociation(eip);
  return {};
}
