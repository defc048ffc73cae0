import { apiError } from "../api-error";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import type { ReplyBody } from "../reply-body";
import { checkResourceType, maximumTags, requireTaggedEips } from "./tag-rules";

/** UnTagResources: removes the tags with the given keys from EIPs, or all tags with All=true and no keys. */
export const unTagResources: Operation = {
  version: vpcVersion,
  required: ["RegionId", "ResourceType"],
  run: unTag,
};

function unTag(context: OperationContext): ReplyBody {
  const { parameters } = context;
  checkResourceType(parameters);
  const eips = requireTaggedEips(context);
  const keys = parameters.list("TagKey");
  if (keys.length > maximumTags) throw apiError("NumberExceed.Tags");
  const removesAll = parameters.flag("All") && keys.length === 0;
  for (const eip of eips) {
    context.cloud.store.keepFormer(eip);
    if (removesAll) eip.tags.clear();
    for (const key of keys) eip.tags.delete(key);
  }
  return {};
}
