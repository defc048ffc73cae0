import type { AllocateRequest, VpcApi } from "../client/vpc-api";
import type { Clock } from "../util/clock";
import { ApiError } from "../util/errors";
import type { Allocations } from "./allocations";

/** What sending AllocateEipSegmentAddress works with. */
export interface AllocateDeps {
  api: VpcApi;
  clock: Clock;
  allocations: Allocations;
  say: (line: string) => void;
}

/** Pause before a request is sent again that the cloud wants to have later, in ms: it lifts such blocks by itself. */
const laterMs = 60_000;

/** Pause before the one repetition of a request that a service behind the API failed, in ms. */
const serviceMs = 10_000;

/** Codes of the gateway, which refuses before it looks at a ClientToken: no other token changes its answer. */
const gatewayCode =
  /^(InvalidAccessKeyId|(Invalid|Missing)SecurityToken|SignatureDoesNotMatch|IncompleteSignature|InvalidTimeStamp|IllegalTimestamp|NoPermission|Forbidden\.RAM|Throttling)/;

/**
 * Sends AllocateEipSegmentAddress under one ClientToken, again where a refusal may pass by itself. Time that it spends waiting
 * for the account's rate does not count against the deadline.
 *
 * @param deadline - ms by the clock.
 * @returns Id of the segment; undefined when the token belongs to an earlier request with other settings.
 * @throws ApiError when the cloud refuses; NoAnswerError when it is unknown whether it allocated anything.
 */
export async function allocate(
  { api, allocations, clock, say }: AllocateDeps,
  request: AllocateRequest,
  deadline: number,
): Promise<string | undefined> {
  let end = deadline;
  for (let refusals = 1; ; refusals++) {
    try {
      const { segmentId } = await api.allocateEipSegmentAddress(request, {
        deadline: end,
        queued: (ms) => {
          end += ms;
        },
      });
      allocations.rememberAnswer(segmentId);
      return segmentId;
    } catch (error) {
      if (!ApiError.isInstance(error)) {
        throw error;
      }
      if (error.code === "IdempotentParameterMismatch") {
        return undefined;
      }
      const pause = pauseAfter(error, refusals);
      if (pause === undefined || clock.now() + pause >= end) {
        throw withSaltHint(error);
      }
      if (refusals === 1) {
        say(`${error.message} Trying again until the time for the creation is over.`);
      }
      await clock.sleep(pause);
    }
  }
}

/** Time until a refused request is sent again; undefined when it is not. */
function pauseAfter({ errorClass }: ApiError, refusals: number): number | undefined {
  switch (errorClass) {
    case "later":
      return laterMs;
    case "service":
      return refusals === 1 ? serviceMs : undefined;
    default:
      return undefined;
  }
}

/** Whether the cloud remembers a refusal under its ClientToken is documented nowhere. */
function withSaltHint(error: ApiError): ApiError {
  const isFinal = error.status === undefined || error.status < 500;
  return !isFinal || gatewayCode.test(error.code)
    ? error
    : new ApiError(
        `${error.message} If the cause is removed and this answer stays, set the configuration eipSegment:tokenSalt to a text of its own.`,
        error,
      );
}
