import { createHmac } from "node:crypto";

import { canonicalQuery, percentEncode } from "./percent-encoding";

/**
 * String to sign of the RPC signature (SignatureVersion 1.0).
 * Source: https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism
 *
 * @param method HTTP method; it is part of what is signed.
 * @param pairs all parameters of query string and form body, decoded, without `Signature`.
 */
export function stringToSignV1(method: string, pairs: readonly (readonly [string, string])[]): string {
  return `${method}&${percentEncode("/")}&${percentEncode(canonicalQuery(pairs))}`;
}

/** Base64 of HMAC-SHA1 with the secret followed by `&`. */
export function signV1(stringToSign: string, accessKeySecret: string): string {
  return createHmac("sha1", `${accessKeySecret}&`).update(stringToSign).digest("base64");
}
