import { apiError, missingParameter } from "../api-error";
import type { Eip } from "../eip";
import type { OperationContext } from "../operation";
import type { Parameters } from "../parameters";
import { findEip } from "./find-eip";

/** Most tags per call, and per EIP. */
export const maximumTags = 20;

/** Most resource ids per call. */
const maximumResourceIds = 50;

/**
 * Refuses resource types other than EIP; upper and lower case are alike.
 *
 * @throws `InvalidResourceType.NotFound` (the code is UNVERIFIED for VPC).
 */
export function checkResourceType(parameters: Parameters): void {
  if (parameters.required("ResourceType").toUpperCase() !== "EIP") {
    throw apiError("InvalidResourceType.NotFound");
  }
}

/**
 * The EIPs of `ResourceId.N`.
 *
 * @throws `NumberExceed.ResourceIds`, `InvalidResourceId.NotFound` (codes UNVERIFIED for VPC).
 */
export function findTaggedEips(context: OperationContext): Eip[] {
  const ids = context.parameters.list("ResourceId");
  if (ids.length > maximumResourceIds) throw apiError("NumberExceed.ResourceIds");
  return ids.map((id) => findEip(context, id, "InvalidResourceId.NotFound"));
}

/**
 * The EIPs of `ResourceId.N`, at least one.
 *
 * @throws `MissingResourceId` and what {@link findTaggedEips} throws.
 */
export function requireTaggedEips(context: OperationContext): Eip[] {
  const eips = findTaggedEips(context);
  if (eips.length === 0) throw missingParameter("ResourceId");
  return eips;
}

/** Keys and values must be short, must not look like the cloud's own and must hold no URL. */
export function isTagText(text: string): boolean {
  return text.length <= 128 && !/^(?:aliyun|acs:)/i.test(text) && !/https?:\/\//.test(text);
}
