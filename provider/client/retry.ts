import type { CatalogueEntry, Refusal, TransportFailure } from "./types";

/** How long a call is tried when its caller sets no deadline, in ms. */
export const defaultTryingMs = 60_000;

/** How long a failure that is unlikely to pass (unknown host, wrong certificate) is tried again, in ms. */
export const lastingTryingMs = 10_000;

/** Full jitter: each pause is a random part of a bound that doubles from `baseMs` up to `capMs`. */
interface Backoff {
  baseMs: number;
  capMs: number;
}

const backoffs = {
  throttled: { baseMs: 1_000, capMs: 15_000 },
  refused: { baseMs: 1_000, capMs: 8_000 },
  transportFailure: { baseMs: 250, capMs: 5_000 },
} satisfies Record<string, Backoff>;

/** How a call has gone so far; times in ms by the injected clock. */
export interface Progress {
  /** Tries made, at least one. */
  tries: number;
  startedAt: number;
  now: number;
  /** No try starts after it. */
  deadline: number;
  /** Single retries already spent. */
  spent: ReadonlySet<NonNullable<CatalogueEntry["once"]>>;
}

/** What to do after a failed try; `undefined` means to give up. */
export interface RetryPlan {
  delayMs: number;
  /** The single retry that this one spends. */
  once?: NonNullable<CatalogueEntry["once"]>;
}

/**
 * Whether and when a request that failed is sent again, always with identical parameters.
 *
 * @param entry what the catalogue says of a refusal's code; `undefined` for a transport failure.
 * @param random from 0 up to 1.
 */
export function planRetry(
  failed: Refusal | TransportFailure,
  entry: CatalogueEntry | undefined,
  progress: Progress,
  random: () => number,
): RetryPlan | undefined {
  if (entry?.once !== undefined) {
    return progress.spent.has(entry.once) ? undefined : { delayMs: 0, once: entry.once };
  }
  if (entry !== undefined && entry.class !== "retry") {
    return undefined;
  }
  const isLasting = failed.kind === "transportFailure" && failed.isLasting;
  const end = isLasting
    ? Math.min(progress.deadline, progress.startedAt + lastingTryingMs)
    : progress.deadline;
  const left = end - progress.now;
  const asked = failed.kind === "refusal" ? (failed.retryAfterMs ?? 0) : 0;
  if (left <= 0 || asked > left) {
    return undefined;
  }
  const { baseMs, capMs } = backoffOf(failed);
  const jittered = random() * Math.min(capMs, baseMs * 2 ** (progress.tries - 1));
  // The last pause is cut so that the last try still falls within the time given.
  return { delayMs: Math.min(left, Math.max(asked, Math.round(jittered))) };
}

function backoffOf(failed: Refusal | TransportFailure): Backoff {
  if (failed.kind === "transportFailure") {
    return backoffs.transportFailure;
  }
  return isThrottling(failed) ? backoffs.throttled : backoffs.refused;
}

/** Whether the API throttles: the account, or everyone, makes too many calls. */
export function isThrottling({ code, status }: Refusal): boolean {
  return code.includes("Throttling") || status === 429;
}
