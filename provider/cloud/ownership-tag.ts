import type { EipReply } from "../client/vpc-api";

/** Key of the tag that says which resource owns a segment's EIPs; its value is the ClientToken. */
export const ownershipTagKey = "pulumi-eip-segment";

/** ClientToken in an EIP's ownership tag; undefined when it carries none. */
export function ownerOf({ tags }: EipReply): string | undefined {
  return tags[ownershipTagKey];
}
