import type { AllocateRequest, VpcApi } from "../client/vpc-api";
import type { Clock, Deadline } from "../util/clock";
import { ApiError } from "../util/errors";
import { pauseAfter } from "./refusal-pauses";
import type { CreationsInFlight } from "./creations-in-flight";

/** What sending AllocateEipSegmentAddress works with. */
export interface AllocateContext {
  api: VpcApi;
  clock: Clock;
  log: (line: string) => void;
  creationsInFlight: CreationsInFlight;
  /** Rejects where the run has ended that the request is for; asked before each request. */
  confirmRunning: () => Promise<void>;
  /** Whether this process released a segment just now, whose EIPs the quota may still count. */
  hasJustReleased: () => boolean;
}

/**
 * How the cloud answers one ClientToken.
 * - `segment`: with the segment that the token stands for
 * - `otherSettings`: the token belongs to an earlier request with other settings
 * - `spent`: the token belongs to an earlier request that failed, or whose segment the cloud does not name
 */
export type TokenOutcome =
  { kind: "segment"; segmentId: string } | { kind: "otherSettings" } | { kind: "spent"; error: ApiError };

/** Codes that say that the account's EIP quota leaves no room for the segment. */
export const quotaCodes: ReadonlySet<string> = new Set([
  "QuotaExceeded.Eip",
  "OperationFailed.EipQuotaExceed",
  "ORDER.QUANTITY_INVALID",
]);

/** Pause before a request is repeated that the quota refused although this process has just released a segment. */
const quotaPauseMs = 10_000;

/** Codes of the gateway, which refuses before it reads a ClientToken: no other token changes its answer. */
const gatewayCode =
  /^(InvalidAccessKeyId|(Invalid|Missing)SecurityToken|SignatureDoesNotMatch|IncompleteSignature|InvalidTimeStamp|IllegalTimestamp|NoPermission|Forbidden\.RAM|Throttling)/;

/** Codes of refusals that stay until the account changes, and are hardly ever a remembered refusal. */
const accountCode = /^(Forbidden\.AllocateEipSegmentAddress|FUWU_BIZ|COMMODITY_NO_EXIST)/;

/**
 * Sends AllocateEipSegmentAddress under one ClientToken, again where a refusal may pass by itself. A repeated token may return the
 * segment of an earlier request.
 *
 * @throws ApiError when the cloud refuses; NoResponseError when it is unknown whether it allocated anything.
 */
export async function allocate(
  { api, clock, log, creationsInFlight, confirmRunning, hasJustReleased }: AllocateContext,
  request: AllocateRequest,
  deadline: Deadline,
): Promise<TokenOutcome> {
  for (let refusals = 1; ; refusals++) {
    try {
      const unanswered = (): void => {
        creationsInFlight.hasUnanswered = true;
      };
      const options = { ...deadline.call, beforeSend: confirmRunning, unanswered };
      const { segmentId } = await api.allocateEipSegmentAddress(request, options);
      creationsInFlight.recordReturned(segmentId);
      return { kind: "segment", segmentId };
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      switch (error.errorClass) {
        case "mismatch":
          return { kind: "otherSettings" };
        case "failedReplay":
          return { kind: "spent", error };
        case "exists": {
          const [segmentId] = /eipsg-[a-z0-9]+/.exec(error.cloudMessage) ?? [];
          return segmentId === undefined ? { kind: "spent", error } : { kind: "segment", segmentId };
        }
      }
      const isQuotaLate = quotaCodes.has(error.code) && hasJustReleased();
      const pauseMs = isQuotaLate ? quotaPauseMs : pauseAfter(error, refusals);
      if (pauseMs === undefined || pauseMs >= deadline.leftMs) {
        throw withSaltHint(error);
      }
      if (refusals === 1) {
        log(`${error.message} The request is repeated until the timeout of the creation.`);
      }
      await clock.sleep(pauseMs);
    }
  }
}

/** Whether the cloud remembers a refusal under its ClientToken is documented nowhere. */
function withSaltHint(error: ApiError): ApiError {
  const isFinal = error.status === undefined || error.status < 500;
  return !isFinal ||
    [gatewayCode, accountCode].some((codes) => codes.test(error.code)) ||
    quotaCodes.has(error.code)
    ? error
    : new ApiError(
        `${error.message} If you have removed the cause and the error stays the same, run \`pulumi config set eipSegment:tokenSalt any-new-text\`.`,
        error,
      );
}
