import { apiError, invalidParameter, missingParameter } from "../api-error";
import type { Eip } from "../eip";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import type { ReplyBody } from "../reply-body";
import { checkResourceType, findTaggedEips, maximumTags } from "./tag-rules";

/** ListTagResources: tags of the given EIPs, of the EIPs with the given tags, or both. */
export const listTagResources: Operation = {
  version: vpcVersion,
  required: ["RegionId", "ResourceType"],
  run: list,
};

function list(context: OperationContext): ReplyBody {
  const { parameters } = context;
  checkResourceType(parameters);
  const tags = parameters.keyValues("Tag");
  if (tags.length > maximumTags) throw apiError("NumberExceed.Tags");
  if (tags.length === 0 && parameters.list("ResourceId").length === 0) throw missingParameter("ResourceId");
  const rows = candidates(context)
    .filter((eip) => tags.every((tag) => hasTag(eip, tag)))
    .flatMap((eip) =>
      [...eip.tags].map(([TagKey, TagValue]) => ({
        ResourceId: eip.allocationId,
        ResourceType: "EIP",
        TagKey,
        TagValue,
      })),
    );
  const start = readNextToken(parameters.filled("NextToken"), rows.length);
  const end = start + parameters.integer("MaxResults", 50, 1, 50);
  return {
    NextToken: end < rows.length ? makeNextToken(end) : "",
    TagResources: { TagResource: rows.slice(start, end) },
  };
}

function candidates(context: OperationContext): Eip[] {
  const named = findTaggedEips(context);
  if (named.length > 0) return named;
  const { cloud, account, regionId } = context;
  return [...cloud.store.eips.values()].filter(
    (eip) => eip.accountId === account.accountId && eip.regionId === regionId,
  );
}

function hasTag(eip: Eip, { key, value }: { key: string | undefined; value: string | undefined }): boolean {
  if (!key) throw apiError("InvalidParameter.TagKey");
  return value === undefined ? eip.tags.has(key) : eip.tags.get(key) === value;
}

function makeNextToken(start: number): string {
  return Buffer.from(String(start)).toString("base64url");
}

/** Where the next part of the list starts; the first part has no token. */
function readNextToken(token: string | undefined, length: number): number {
  if (token === undefined) return 0;
  const start = Number(Buffer.from(token, "base64url").toString());
  if (!Number.isInteger(start) || start < 1 || start >= length) throw invalidParameter("NextToken");
  return start;
}
