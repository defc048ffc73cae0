import { ApiError } from "./api-error";
import { documentedError } from "./api-errors";
import type { Fault } from "./faults";
import type { HttpReply } from "./reply";

/** What becomes of a connection: an answer, a cut, or silence. */
export type CallOutcome =
  | { readonly kind: "reply"; readonly reply: HttpReply }
  | { readonly kind: "drop" }
  | { readonly kind: "hang" };

const badGateway: CallOutcome = {
  kind: "reply",
  reply: {
    status: 502,
    headers: { "content-type": "text/html" },
    body: "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
  },
};

/**
 * What a fault does to a call before the operation takes place; undefined when it lets the call go on.
 *
 * @throws ApiError for the faults that are error replies.
 */
export function outcomeBefore(fault: Fault | undefined): CallOutcome | undefined {
  switch (fault?.kind) {
    case "dropBefore":
      return { kind: "drop" };
    case "hangBefore":
      return { kind: "hang" };
    case "html502":
      return fault.afterEffect === true ? undefined : badGateway;
    case "throttle":
    case "error":
      if (fault.kind === "error" && fault.afterEffect === true) return undefined;
      throw errorOf(fault);
    default:
      return undefined;
  }
}

/**
 * What a fault makes of the reply of an operation that took place.
 *
 * @throws ApiError for a fault that replaces the reply by an error.
 */
export function outcomeAfter(fault: Fault | undefined, reply: HttpReply): CallOutcome {
  switch (fault?.kind) {
    case "dropAfter":
      return { kind: "drop" };
    case "hangAfter":
      return { kind: "hang" };
    case "html502":
      return badGateway;
    case "error":
      throw errorOf(fault);
    case "emptyBody":
      return { kind: "reply", reply: { status: 200, headers: reply.headers, body: "" } };
    case "truncatedBody": {
      const body = reply.body.slice(0, reply.body.length / 2);
      return { kind: "reply", reply: { status: 200, headers: reply.headers, body } };
    }
    default:
      return { kind: "reply", reply };
  }
}

function errorOf(fault: Extract<Fault, { kind: "throttle" | "error" }>): ApiError {
  const { code = "Throttling.User" } = fault;
  const documented = documentedError(code) ?? { status: 400, message: code };
  const given: { status?: number; message?: string } = fault.kind === "error" ? fault : {};
  const { status = documented.status, message = documented.message } = given;
  const retryAfterMs = fault.kind === "throttle" ? fault.retryAfterMs : undefined;
  return new ApiError(status, code, message, retryAfterMs === undefined ? {} : { retryAfterMs });
}
