import type { ApiError } from "./api-error";
import type { ReplyBody } from "./reply-body";
import { renderXml } from "./xml";

/** Format of a reply. */
export type ReplyFormat = "JSON" | "XML";

/** A complete HTTP answer. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Code of an error reply. */
  readonly code?: string;
}

/** Answer of an operation that succeeded. */
export function successReply(
  action: string,
  requestId: string,
  body: ReplyBody,
  format: ReplyFormat,
): HttpReply {
  return render(200, `${action}Response`, requestId, { RequestId: requestId, ...body }, format);
}

/** Answer of a request that was refused. */
export function errorReply(
  error: ApiError,
  requestId: string,
  hostId: string,
  format: ReplyFormat,
): HttpReply {
  const { accessDeniedDetail, retryAfterMs } = error.extra;
  const body = {
    RequestId: requestId,
    HostId: hostId,
    Code: error.code,
    Message: error.message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${error.code}&requestId=${requestId}`,
    ...(accessDeniedDetail === undefined ? {} : { AccessDeniedDetail: accessDeniedDetail }),
  };
  const reply = { ...render(error.status, "Error", requestId, body, format), code: error.code };
  if (retryAfterMs === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, "x-acs-retry-after": String(retryAfterMs) } };
}

function render(
  status: number,
  root: string,
  requestId: string,
  body: ReplyBody,
  format: ReplyFormat,
): HttpReply {
  const type = format === "JSON" ? "application/json" : "text/xml";
  return {
    status,
    headers: { "content-type": `${type};charset=utf-8`, "x-acs-request-id": requestId },
    body: format === "JSON" ? JSON.stringify(body) : renderXml(root, body),
  };
}
