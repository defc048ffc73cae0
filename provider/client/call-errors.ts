import { ApiError, NoResponseError } from "../util/errors";
import { withoutAbsent } from "../util/without-absent";
import type { CatalogueEntry, Endpoint, Refusal, Service, TransportFailure } from "./types";

/** A call as its error messages name it. */
export interface CallDescription {
  action: string;
  service: Service;
  endpoint: Endpoint;
  /** Starts the sentence "… failed": `Allocating the segment`. */
  doing: string;
  /** The segment, the EIP or the region. */
  subject: string;
  /** Segments and EIPs that the request names. */
  ids: readonly string[];
  /** Whether the call changes anything, so that a lost response leaves its effect unknown. */
  writes: boolean;
}

/** What a call has cost before it was given up. */
export interface Effort {
  tries: number;
  elapsedMs: number;
}

/** The error for a refusal: what happened (to what): why. What to do. [code, request id] */
export function refusalError(
  call: CallDescription,
  refusal: Refusal,
  entry: CatalogueEntry,
  effort: Effort,
  localTime: number,
): ApiError {
  const fill = (text: string) =>
    text
      .replaceAll("{permission}", `${call.service}:${call.action}`)
      .replaceAll("{code}", encodeURIComponent(refusal.code))
      .replaceAll("{message}", () => withoutFullStop(refusal.message) || "no reason was given");
  const subject = entry.property === undefined ? call.subject : `${call.subject}, property ${entry.property}`;
  const skew = entry.once === "newTimestamp" ? clockSkew(localTime, refusal.serverTime) : "";
  const remedy = fill(entry.remedy);
  const isOpen = entry.isUnknown === true || entry.class === "service" || (refusal.status ?? 0) >= 500;
  const leftover = isOpen ? (leftovers[call.action] ?? "") : "";
  return new ApiError(
    `${call.doing} failed${inTries(effort)} (${subject}): ${fill(entry.says)}${skew}. ${remedy}${leftover} ${label(refusal)}`,
    withoutAbsent({
      action: call.action,
      code: refusal.code,
      cloudMessage: refusal.message,
      status: refusal.status,
      requestId: refusal.requestId,
      errorClass: entry.class,
    }),
  );
}

/** What becomes of something that a request made although its response was lost, or does not say so. */
const leftovers: Readonly<Record<string, string>> = {
  AllocateEipSegmentAddress:
    " The next `pulumi up` recovers a segment that it allocated. If you remove the resource instead, run `pulumi stack export | npx --no eip-segment orphans -` to find it.",
};

/**
 * The error for failure.
 *
 * @param wasSent whether any of the tries may have reached the API.
 */
export function noResponseError(
  call: CallDescription,
  failure: TransportFailure,
  effort: Effort,
  wasSent: boolean,
): NoResponseError {
  const { host } = new URL(call.endpoint.url);
  const what = `${call.doing} got no usable response from ${host}${inTries(effort)} (${call.subject})`;
  const unknown = call.writes && wasSent ? " It is unknown whether the request took effect." : "";
  const remedy = failure.isLasting
    ? `Check the region and the endpoint (${call.endpoint.changedBy}), then run the command again.`
    : "Check the network, then run the command again.";
  const id = failure.requestId === undefined ? "" : ` [RequestId ${failure.requestId}]`;
  const leftover = unknown === "" ? "" : (leftovers[call.action] ?? "");
  return new NoResponseError(`${what}: ${failure.reason}.${unknown} ${remedy}${leftover}${id}`);
}

const label = ({ code, requestId }: Refusal): string =>
  requestId === undefined ? `[${code}]` : `[${code}, RequestId ${requestId}]`;

const withoutFullStop = (text: string): string => text.replace(/[\s.]+$/, "");

const inTries = ({ tries, elapsedMs }: Effort): string =>
  tries === 1 ? "" : ` in ${tries} tries over ${Math.max(1, Math.round(elapsedMs / 1000))} s`;

function clockSkew(localTime: number, serverTime: number | undefined): string {
  const minutes = Math.round(((serverTime ?? localTime) - localTime) / 60_000);
  if (minutes === 0) {
    return "";
  }
  return ` (this machine's clock is ${Math.abs(minutes)} min ${minutes > 0 ? "behind" : "ahead of"} it)`;
}
