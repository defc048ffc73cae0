import type { Refusal, Silence } from "./answer";
import type { CatalogueEntry } from "./catalogue/entry";

/** How long a call is tried when its caller sets no deadline, in ms. */
export const DEFAULT_TRYING_MS = 60_000;

/** How long a failure that is unlikely to pass (unknown host, wrong certificate) is tried again, in ms. */
export const LASTING_TRYING_MS = 10_000;

/** Full jitter: each pause is a random part of a bound that doubles from `baseMs` up to `capMs`. */
interface Backoff {
  baseMs: number;
  capMs: number;
}

const BACKOFF = {
  throttled: { baseMs: 1_000, capMs: 15_000 },
  busy: { baseMs: 1_000, capMs: 8_000 },
  silent: { baseMs: 250, capMs: 5_000 },
} satisfies Record<string, Backoff>;

/** How a call has gone so far; times in ms by the injected clock. */
export interface Progress {
  /** Tries made, at least one. */
  tries: number;
  startedAt: number;
  now: number;
  /** No try starts after it. */
  deadline: number;
  /** Single repetitions already spent. */
  spent: ReadonlySet<NonNullable<CatalogueEntry["once"]>>;
}

/** What to do after a failed try; `undefined` means to give up. */
export interface Repetition {
  delayMs: number;
  /** The single repetition this one spends. */
  once?: NonNullable<CatalogueEntry["once"]>;
}

/**
 * Whether and when a request that failed is sent again, always with identical parameters.
 *
 * @param entry what the catalogue says of a refusal's code; `undefined` for silence.
 * @param random from 0 up to 1.
 */
export function repetition(
  failed: Refusal | Silence,
  entry: CatalogueEntry | undefined,
  progress: Progress,
  random: () => number,
): Repetition | undefined {
  if (entry?.once !== undefined) {
    return progress.spent.has(entry.once) ? undefined : { delayMs: 0, once: entry.once };
  }
  if (entry !== undefined && entry.class !== "retry") {
    return undefined;
  }
  const lasting = failed.kind === "silence" && failed.lasting;
  const end = lasting
    ? Math.min(progress.deadline, progress.startedAt + LASTING_TRYING_MS)
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

function backoffOf(failed: Refusal | Silence): Backoff {
  if (failed.kind === "silence") {
    return BACKOFF.silent;
  }
  return isThrottling(failed) ? BACKOFF.throttled : BACKOFF.busy;
}

/** Whether the API refused a call because the account, or everyone, makes too many of them. */
export function isThrottling({ code, status }: Refusal): boolean {
  return code.includes("Throttling") || status === 429;
}
