/** Registered globally, so that two copies of this package recognise each other's errors. */
const BRAND = Symbol.for("pulumi-alicloud-eip-segment.error");

/**
 * Base of every error this package throws on purpose.
 * Its message is the whole text meant for the user.
 */
export class EipSegmentError extends Error {
  static {
    // On the prototype, so that it shows up neither in JSON nor when the error is printed.
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
    // The engine prints an error's stack to the user; frames would bury the one sentence that matters.
    this.stack = message;
  }

  /** Whether `error` was thrown by this package, in this or in another loaded copy of it. */
  static isInstance(error: unknown): error is EipSegmentError {
    return typeof error === "object" && error !== null && BRAND in error;
  }
}

/**
 * What an API error code asks for; the pauses are in cloud/refusals.ts:
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
  action: string;
  code: string;
  requestId?: string;
  status?: number;
  cloudMessage: string;
  errorClass: ErrorClass;
  remedy: string;
  retryAfterMs?: number;
}

/** The API answered a request with an error code. */
export class ApiError extends EipSegmentError implements ApiErrorFields {
  /** Operation that was refused, for example `AllocateEipSegmentAddress`. */
  declare readonly action: string;
  /** The API's error code, for example `QuotaExceeded.Eip`. */
  declare readonly code: string;
  /** The id support asks for. Absent when the answer carried none. */
  declare readonly requestId?: string;
  /** HTTP status of the answer. */
  declare readonly status?: number;
  /** The API's own message, without anything secret. */
  declare readonly cloudMessage: string;
  /** What the code asks for. */
  declare readonly errorClass: ErrorClass;
  /** One sentence: what to do. */
  declare readonly remedy: string;
  /** Milliseconds the API asked to wait (header `x-acs-retry-after`). */
  declare readonly retryAfterMs?: number;

  constructor(message: string, fields: ApiErrorFields) {
    super(message);
    Object.assign(this, fields);
  }

  static override isInstance(error: unknown): error is ApiError {
    return EipSegmentError.isInstance(error) && error.name === "ApiError";
  }
}

/** No usable answer came back: whether the request took effect is unknown. */
export class NoAnswerError extends EipSegmentError {
  constructor(
    message: string,
    /** Operation that was sent, for example `AllocateEipSegmentAddress`. */
    readonly action: string,
    /** Why there was no answer, for example `connection reset`. */
    readonly reason: string,
  ) {
    super(message);
  }

  static override isInstance(error: unknown): error is NoAnswerError {
    return EipSegmentError.isInstance(error) && error.name === "NoAnswerError";
  }
}

/** A setting is missing or wrong: credentials, endpoint, protocol, a malformed value. */
export class ConfigurationError extends EipSegmentError {
  /** The setting at fault, for example `alicloud:endpoints`. */
  declare readonly property?: string;

  constructor(message: string, property?: string) {
    super(message);
    if (property !== undefined) {
      this.property = property;
    }
  }

  static override isInstance(error: unknown): error is ConfigurationError {
    return EipSegmentError.isInstance(error) && error.name === "ConfigurationError";
  }
}

/** The parts of a {@link WaitTimeoutError}. */
export interface WaitTimeoutFields {
  segmentId: string;
  lastState: string;
  wanted: string;
  elapsedMs: number;
}

/** A segment did not reach the wanted state in time. */
export class WaitTimeoutError extends EipSegmentError implements WaitTimeoutFields {
  /** Id of the segment, `eipsg-…`. */
  declare readonly segmentId: string;
  /** The state it was last seen in; `absent` when it was not listed. */
  declare readonly lastState: string;
  /** The state that was waited for; `absent` when waiting for it to go. */
  declare readonly wanted: string;
  /** Milliseconds waited. */
  declare readonly elapsedMs: number;

  constructor(message: string, fields: WaitTimeoutFields) {
    super(message);
    Object.assign(this, fields);
  }

  static override isInstance(error: unknown): error is WaitTimeoutError {
    return EipSegmentError.isInstance(error) && error.name === "WaitTimeoutError";
  }
}
