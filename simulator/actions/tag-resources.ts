import { apiError, missingParameter } from "../api-error";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import type { ReplyBody } from "../reply-body";
import { checkResourceType, isTagText, maximumTags, requireTaggedEips } from "./tag-rules";

/** TagResources: sets tags on EIPs; all of them or, when refused, none. Error codes are UNVERIFIED for VPC. */
export const tagResources: Operation = {
  version: vpcVersion,
  required: ["RegionId", "ResourceType"],
  run: tag,
};

function tag(context: OperationContext): ReplyBody {
  checkResourceType(context.parameters);
  const eips = requireTaggedEips(context);
  const tags = readTags(context);
  const isTooMany = eips.some((eip) => new Set([...eip.tags.keys(), ...tags.keys()]).size > maximumTags);
  if (isTooMany) throw apiError("NumberExceed.Tags");
  for (const eip of eips) {
    context.cloud.store.keepFormer(eip);
    for (const [key, value] of tags) eip.tags.set(key, value);
  }
  return {};
}

function readTags({ parameters }: OperationContext): Map<string, string> {
  const given = parameters.keyValues("Tag");
  if (given.length === 0) throw missingParameter("Tag");
  if (given.length > maximumTags) throw apiError("NumberExceed.Tags");
  const tags = new Map<string, string>();
  for (const { key, value } of given) {
    if (!key || !isTagText(key)) throw apiError("InvalidParameter.TagKey");
    if (value === undefined || !isTagText(value)) throw apiError("InvalidParameter.TagValue");
    if (tags.has(key)) throw apiError("Duplicate.TagKey");
    tags.set(key, value);
  }
  return tags;
}
