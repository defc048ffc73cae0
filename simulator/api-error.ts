import { type ApiErrorCode, documentedError } from "./api-errors";

/** A refusal: becomes an error reply with this HTTP status, code and message. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly extra: ApiErrorExtra = {},
  ) {
    super(message);
  }
}

/** Parts that only some error replies have. */
export interface ApiErrorExtra {
  /** Milliseconds for the header `x-acs-retry-after`. */
  readonly retryAfterMs?: number;
  /** The `AccessDeniedDetail` object of a RAM denial. */
  readonly accessDeniedDetail?: Readonly<Record<string, string>>;
}

/** Error of the table, with the documented message unless another one is given. */
export function apiError(code: ApiErrorCode, message?: string, extra?: ApiErrorExtra): ApiError {
  const entry = documentedError(code);
  return new ApiError(entry?.status ?? 400, code, message ?? entry?.message ?? code, extra);
}

/** `InvalidParameter` in the wording of the VPC error tables. */
export function invalidParameter(name: string): ApiError {
  return apiError("InvalidParameter", `Specified value of "${name}" is not valid.`);
}

/** `Missing{Name}`, the gateway's answer to an absent mandatory parameter. */
export function missingParameter(name: string): ApiError {
  return new ApiError(400, `Missing${name}`, `${name} is mandatory for this action.`);
}
