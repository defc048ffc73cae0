import { ConfigurationError, EipSegmentError } from "../util/errors";

/**
 * The error for a source that is set but yields nothing.
 * The vendor's library quotes files and answers in its own errors, secrets included, so only known harmless parts are kept.
 */
export function unobtainable(source: string, error: unknown): EipSegmentError {
  if (error instanceof EipSegmentError) {
    return error;
  }
  return new ConfigurationError(
    `The credentials of ${source} could not be obtained: ${harmlessReason(error)}. ` +
      "Correct that source, or set another one that comes before it.",
  );
}

function harmlessReason(error: unknown): string {
  const { message, code, name } = (error ?? {}) as { message?: unknown; code?: unknown; name?: unknown };
  const text = typeof message === "string" ? message : "";
  const cloudCode = /"Code"\s*:\s*"([A-Za-z]+(?:\.[A-Za-z]+)*)"/.exec(text)?.[1];
  if (cloudCode !== undefined) {
    const requestId = /"RequestId"\s*:\s*"([0-9A-Fa-f-]{8,40})"/.exec(text)?.[1];
    return requestId === undefined
      ? `STS returned ${cloudCode}`
      : `STS returned ${cloudCode}, RequestId ${requestId}`;
  }
  const status = /httpStatus: (\d{3})\b/.exec(text)?.[1];
  if (status !== undefined) {
    return `it returned HTTP status ${status}`;
  }
  if (typeof name === "string" && name.includes("Timeout")) {
    return "it did not respond in time";
  }
  return typeof code === "string" && /^E[A-Z_]+$/.test(code)
    ? `it could not be reached or read (${code})`
    : "its response or content is not usable";
}
