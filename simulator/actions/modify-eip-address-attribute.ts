import { invalidParameter } from "../api-error";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import type { Parameters } from "../parameters";
import type { ReplyBody } from "../reply-body";
import { findSettledEip } from "./find-eip";

/** ModifyEipAddressAttribute: bandwidth, name and description of one EIP. Allowed for EIPs of segments (UNVERIFIED). */
export const modifyEipAddressAttribute: Operation = {
  version: vpcVersion,
  required: ["AllocationId"],
  run: modify,
};

function modify(context: OperationContext): ReplyBody {
  const { cloud, parameters } = context;
  const eip = findSettledEip(context, parameters.required("AllocationId"));
  const maximum = eip.internetChargeType === "PayByTraffic" ? 200 : 500;
  const changes = {
    bandwidth: parameters.integer("Bandwidth", eip.bandwidth, 1, maximum),
    name: boundedText(parameters, "Name", 128) ?? eip.name,
    description: boundedText(parameters, "Description", 256) ?? eip.description,
  };
  const segment = cloud.store.segments.get(eip.segmentId ?? "");
  const isShared = segment !== undefined && cloud.isAnswered("modify-bandwidth=whole-segment");
  for (const one of isShared ? segment.eips : [eip]) {
    cloud.store.keepFormer(one);
    one.bandwidth = changes.bandwidth;
  }
  Object.assign(eip, changes);
  return {};
}

/**
 * A name or description: not too long, and no URL.
 *
 * @throws `InvalidParameter` (the code is UNVERIFIED).
 */
export function boundedText(parameters: Parameters, name: string, maximum: number): string | undefined {
  const text = parameters.text(name);
  if (text !== undefined && (text.length > maximum || /^https?:\/\//.test(text))) {
    throw invalidParameter(name);
  }
  return text;
}
