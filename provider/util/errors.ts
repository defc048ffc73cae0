/**
 * Base of every error this package throws on purpose.
 * Its message is the whole text meant for the user.
 */
export class EipSegmentError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
    // The engine prints an error's stack to the user; frames would bury the one sentence that matters.
    this.stack = message;
  }
}

/**
 * What an API error code asks for; the pauses are in cloud/refusal-pauses.ts:
 * - `retry`: the same request again, with backoff, same ClientToken
 * - `busy`: again within seconds, once the segment's or EIP's task has ended
 * - `later`: again after a minute
 * - `user`: final until the user changes something
 * - `service`: a failure on the vendor's side (order, payment, stock service); one more try, then a ticket
 * - `absent`: the segment or EIP that the request names does not exist
 * - `mismatch`: the ClientToken belongs to a request with other settings
 * - `failedReplay`: the ClientToken belongs to a request that failed
 * - `exists`: the segment of the ClientToken exists already
 */
export type ErrorClass =
  "retry" | "later" | "busy" | "user" | "service" | "absent" | "mismatch" | "failedReplay" | "exists";

/** The parts of an {@link ApiError}. */
export interface ApiErrorFields {
  /** Operation that was refused, for example `AllocateEipSegmentAddress`. */
  action: string;
  /** The API's error code, for example `QuotaExceeded.Eip`. */
  code: string;
  /** The API's own message, without anything secret. */
  cloudMessage: string;
  /** What the code asks for. */
  errorClass: ErrorClass;
  /** HTTP status of the response. */
  status?: number;
  /** The id that support asks for; absent when the response carried none. */
  requestId?: string;
}

/** The API returned an error code. */
export class ApiError extends EipSegmentError implements ApiErrorFields {
  declare readonly action: string;
  declare readonly code: string;
  declare readonly cloudMessage: string;
  declare readonly errorClass: ErrorClass;
  declare readonly status?: number;
  declare readonly requestId?: string;

  constructor(
    message: string,
    { action, code, cloudMessage, errorClass, status, requestId }: ApiErrorFields,
  ) {
    super(message);
    Object.assign(this, { action, code, cloudMessage, errorClass, status, requestId });
  }
}

/** No usable response came back: whether the request took effect is unknown. */
export class NoResponseError extends EipSegmentError {}

/** A setting is missing or invalid: credentials, endpoint, protocol, a malformed value. */
export class ConfigurationError extends EipSegmentError {}

/** A segment did not reach the state that was waited for in time. */
export class WaitTimeoutError extends EipSegmentError {}
