import { apiError } from "../api-error";
import { newId } from "../ids";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import { regions } from "../regions";
import type { ReplyBody } from "../reply-body";
import { findSegment } from "./find-segment";
import { boundedText } from "./modify-eip-address-attribute";
import { checkResourceGroup, defaultResourceGroupId } from "./resource-group";

/**
 * TransformEipSegmentToPublicIpAddressPool: turns a segment into a public IP address pool, for ever.
 * What the API answers afterwards is UNVERIFIED; here the segment is gone from DescribeEipSegment, a release answers
 * `OperationFailed.InstanceNotExist`, and its EIPs live on with a PublicIpAddressPoolId and without a SegmentInstanceId.
 */
export const transformEipSegment: Operation = {
  version: vpcVersion,
  required: ["RegionId", "InstanceId"],
  remembersToken: true,
  run: transform,
};

function transform(context: OperationContext): ReplyBody {
  const { cloud, parameters } = context;
  boundedText(parameters, "Name", 128);
  boundedText(parameters, "Description", 256);
  const resourceGroupId =
    checkResourceGroup(cloud.settings, parameters.filled("ResourceGroupId")) ?? defaultResourceGroupId;
  const segment = findSegment(context, parameters.required("InstanceId"));
  if (segment.status !== "Allocated") throw apiError("OperationFailed.EipStatusInvalid");
  const poolId = newId("pippool", regions.get(segment.regionId)?.code ?? "");
  cloud.store.segments.delete(segment.id);
  for (const eip of segment.eips) {
    eip.segmentId = undefined;
    eip.publicIpAddressPoolId = poolId;
  }
  return { PublicIpAddressPoolId: poolId, ResourceGroupId: resourceGroupId };
}
