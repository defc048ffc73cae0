import { createHash, createHmac } from "node:crypto";

import { canonicalQuery } from "./percent-encoding";

/** Name of the only V3 algorithm that the simulator verifies. */
export const algorithmV3 = "ACS3-HMAC-SHA256";

/** What the V3 signature covers. */
export interface SignedRequestV3 {
  readonly method: string;
  /** Decoded query parameters. */
  readonly query: readonly (readonly [string, string])[];
  /** Headers by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Lower-case names in the order of the Authorization header. */
  readonly signedHeaders: readonly string[];
  /** Lower-case hex SHA-256 of the body. */
  readonly hashedPayload: string;
}

/** The three parts of a V3 Authorization header. */
export interface AuthorizationV3 {
  readonly accessKeyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** Parts of an Authorization header, or undefined when it is not a well-formed V3 one. */
export function parseAuthorizationV3(header: string): AuthorizationV3 | undefined {
  const match = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
    header,
  );
  const [, accessKeyId, signedHeaders, signature] = match ?? [];
  if (accessKeyId === undefined || signedHeaders === undefined || signature === undefined) return undefined;
  return { accessKeyId, signedHeaders: signedHeaders.split(";"), signature };
}

/** Lower-case hex SHA-256. */
export function sha256Hex(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

/**
 * String to sign of signature V3 (ACS3-HMAC-SHA256).
 * Source: https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export function stringToSignV3(request: SignedRequestV3): string {
  const headers = request.signedHeaders
    .map((name) => `${name}:${(request.headers[name] ?? "").trim()}\n`)
    .join("");
  const canonicalRequest = [
    request.method,
    "/",
    canonicalQuery(request.query),
    headers,
    request.signedHeaders.join(";"),
    request.hashedPayload,
  ].join("\n");
  return `${algorithmV3}\n${sha256Hex(canonicalRequest)}`;
}

/** Hex HMAC-SHA256 with the plain secret. */
export function signV3(stringToSign: string, accessKeySecret: string): string {
  return createHmac("sha256", accessKeySecret).update(stringToSign).digest("hex");
}
