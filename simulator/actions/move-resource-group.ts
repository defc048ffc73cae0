import { type Operation, type OperationContext, vpcVersion } from "../operation";
import type { ReplyBody } from "../reply-body";
import { findEip } from "./find-eip";
import { checkResourceGroup } from "./resource-group";
import { checkResourceType } from "./tag-rules";

/** MoveResourceGroup: puts one EIP into another resource group. Error codes are UNVERIFIED. */
export const moveResourceGroup: Operation = {
  version: vpcVersion,
  required: ["RegionId", "ResourceId", "NewResourceGroupId", "ResourceType"],
  run: move,
};

function move(context: OperationContext): ReplyBody {
  const { cloud, parameters } = context;
  checkResourceType(parameters);
  const eip = findEip(context, parameters.required("ResourceId"), "InvalidResourceId.NotFound");
  eip.resourceGroupId = checkResourceGroup(cloud.settings, parameters.required("NewResourceGroupId"));
  return {};
}
