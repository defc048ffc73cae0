import type { IncomingMessage } from "node:http";

/** One HTTP request, decoded but not yet believed. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** Headers by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly form: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** Query and form parameters together. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly action: string;
  readonly version: string | undefined;
  readonly isV3: boolean;
}

const maximumBodyBytes = 1024 * 1024;

/** Reads the body of a request, at most 1 MiB. */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximumBodyBytes) throw new Error("The body of the request is too long.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Decodes method, path, headers, query and form of a request. */
export function parseRequest(message: IncomingMessage, body: Buffer): ApiRequest {
  const url = new URL(message.url ?? "/", "http://localhost");
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, [value ?? ""].flat().join(",")]),
  );
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  const query = [...url.searchParams];
  const form = isForm ? [...new URLSearchParams(body.toString("utf8"))] : [];
  const parameters = new Map([...query, ...form]);
  const isV3 = headers.authorization?.startsWith("ACS3-") ?? false;
  return {
    method: message.method ?? "GET",
    path: url.pathname,
    headers,
    query,
    form,
    body,
    parameters,
    action: (isV3 ? headers["x-acs-action"] : undefined) ?? parameters.get("Action") ?? "",
    version: (isV3 ? headers["x-acs-version"] : undefined) ?? parameters.get("Version"),
    isV3,
  };
}
