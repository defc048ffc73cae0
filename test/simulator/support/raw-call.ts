import { OpenApiUtil } from "@alicloud/openapi-core";

/** What a raw call is made of. */
export interface RawCall {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  /** Replaces the right signature; an empty text leaves it out. */
  readonly signature?: string;
  readonly signal?: AbortSignal;
}

/** Protocol parameters of the RPC style, with a fresh nonce. */
export function protocolParameters(action: string, timestamp: string): Record<string, string> {
  return {
    Action: action,
    Version: "2016-04-28",
    Format: "JSON",
    AccessKeyId: "simulator-access-key-id",
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    SignatureNonce: OpenApiUtil.getNonce(),
    Timestamp: timestamp,
  };
}

/** Sends a request signed by the official SDK's function, with its parameters in query and form as told. */
export async function rawCall(endpoint: string, call: RawCall): Promise<Response> {
  const { method = "POST", path = "/", query = {}, form = {} } = call;
  const signature =
    call.signature ??
    OpenApiUtil.getRPCSignature({ ...query, ...form }, method, "simulator-access-key-secret");
  const url = new URL(path, endpoint);
  url.search = new URLSearchParams({
    ...query,
    ...(signature === "" ? {} : { Signature: signature }),
  }).toString();
  const body = Object.keys(form).length > 0 ? new URLSearchParams(form) : null;
  return fetch(url, { method, body, signal: call.signal ?? null });
}

/** Code of an error reply in JSON, after checking its status. */
export async function codeOf(response: Response): Promise<string> {
  const body = (await response.json()) as { readonly Code: string };
  return `${response.status} ${body.Code}`;
}
