import { apiError, missingParameter } from "../api-error";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import type { ReplyBody } from "../reply-body";
import { findSettledEip } from "./find-eip";
import { instanceTypes } from "./instance-types";

/** AssociateEipAddress: attaches an EIP to an instance; any id of the right form counts as an existing instance. */
export const associateEipAddress: Operation = {
  version: vpcVersion,
  required: ["AllocationId", "InstanceId"],
  remembersToken: true,
  run: associate,
};

function associate(context: OperationContext): ReplyBody {
  const { cloud, parameters } = context;
  const instanceId = parameters.required("InstanceId");
  const instanceType = parameters.filled("InstanceType") ?? "EcsInstance";
  const idForm = instanceTypes[instanceType];
  if (idForm === undefined) throw apiError("InvalidInstanceType.ValueNotSupported");
  const vpcId = parameters.filled("VpcId");
  if (instanceType === "IpAddress" && vpcId === undefined) throw missingParameter("VpcId");
  const mode = parameters.filled("Mode") ?? "NAT";
  const isModeAllowed =
    mode === "NAT" || (["MULTI_BINDED", "BINDED"].includes(mode) && instanceType === "NetworkInterface");
  if (!isModeAllowed) throw apiError("InvalidParameter.Mismatch");
  const eip = findSettledEip(context, parameters.required("AllocationId"));
  if (eip.association?.instanceId === instanceId) throw apiError("InvalidAssociation.Duplicated");
  if (eip.status === "InUse") throw apiError("IncorrectEipStatus");
  if (!idForm.test(instanceId)) throw apiError("InvalidInstanId.NotFound");
  cloud.store.startAssociation(eip, {
    instanceId,
    instanceType,
    mode,
    instanceRegionId: parameters.filled("InstanceRegionId") ?? eip.regionId,
    privateIpAddress: parameters.filled("PrivateIpAddress") ?? "",
    vpcId: vpcId ?? "",
  });
  return {};
}
