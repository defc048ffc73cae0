import type { IncomingHttpHeaders } from "node:http";
import { withoutAbsent } from "../util/without-absent";
import { redact } from "./redact";
import type { Credentials, Outcome } from "./types";

/** What came back over HTTP. */
export interface HttpResponse {
  status: number;
  headers: IncomingHttpHeaders;
  receivedBytes: number;
  /** The body as pop-core parsed it; `undefined` when it is not JSON. */
  body: unknown;
}

/** Values of `Code` that mean success, in the replies that carry one at all. */
const successCode = /^(0|20\d|ok|success)$/i;

/** Statuses of gateways and proxies that pass by themselves. */
const passingStatuses: readonly number[] = [408, 425, 429];

interface ReplyBody {
  RequestId?: unknown;
  Code?: unknown;
  Message?: unknown;
}

/** Reads the outcome of a try from the response's `Code` and its HTTP status; pop-core itself looks at the code alone. */
export function outcomeOf(
  { status, headers, receivedBytes, body }: HttpResponse,
  credentials: Credentials,
): Outcome {
  const plain = toPlain(body);
  const reply: ReplyBody | undefined = isObject(plain) ? plain : undefined;
  const requestId = text(reply?.RequestId) ?? text(headers["x-acs-request-id"]);
  const serverTime = numeric(Date.parse(headers.date ?? ""));
  const code = text(reply?.Code);
  if (code !== undefined && !successCode.test(code)) {
    const message = redact(text(reply?.Message) ?? "", credentials);
    const retryAfterMs = numeric(Number(headers["x-acs-retry-after"] ?? Number.NaN));
    return withoutAbsent({
      kind: "refusal" as const,
      code: redact(code, credentials),
      message,
      requestId,
      status,
      retryAfterMs,
      serverTime,
    });
  }
  if (reply !== undefined && status >= 200 && status < 300) {
    return withoutAbsent({ kind: "success" as const, body: reply, requestId, serverTime });
  }
  return withoutAbsent({
    kind: "transportFailure" as const,
    reason: describeForeignBody(status, receivedBytes),
    isLasting: status >= 300 && status < 500 && !passingStatuses.includes(status),
    wasSent: true,
    requestId,
  });
}

function describeForeignBody(status: number, receivedBytes: number): string {
  if (status < 200 || status >= 300) {
    return `HTTP status ${status} with a body that is not the API's`;
  }
  return receivedBytes === 0 ? "the response was empty" : "the response was not a JSON object";
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function text(value: unknown): string | undefined {
  const string = typeof value === "number" ? String(value) : value;
  return typeof string === "string" && string.trim() !== "" ? string.trim() : undefined;
}

const numeric = (value: number): number | undefined =>
  Number.isFinite(value) && value >= 0 ? value : undefined;

/** pop-core parses into objects without a prototype, and long integers into objects of their own. */
function toPlain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(toPlain);
  }
  if (Object.getPrototypeOf(value) !== null) {
    return (value as { toFixed(): string }).toFixed();
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlain(item)]));
}
