import { invalidParameter } from "../api-error";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import type { ReplyBody } from "../reply-body";
import { findEip } from "./find-eip";

/** DeletionProtection: switches the deletion protection of one EIP. Whether EIPs of segments have it is UNVERIFIED. */
export const deletionProtection: Operation = {
  version: vpcVersion,
  required: ["RegionId", "InstanceId", "ProtectionEnable", "Type"],
  remembersToken: true,
  run: protect,
};

function protect(context: OperationContext): ReplyBody {
  const { parameters } = context;
  if (parameters.required("Type") !== "EIP") throw invalidParameter("Type");
  const eip = findEip(context, parameters.required("InstanceId"));
  eip.deletionProtection = parameters.flag("ProtectionEnable");
  return {};
}
