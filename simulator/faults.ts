import { createHash } from "node:crypto";

import type { CallFilter } from "./call-filter";
import { passes } from "./call-filter";

/**
 * What goes wrong with a call.
 *
 * - `throttle`: `Throttling.User` (or `code`) without effect; with `retryAfterMs` also the header `x-acs-retry-after`.
 * - `error`: an error reply; status and message default to the documented ones of the code. With `afterEffect` the
 *   operation takes place and only the response is wrong.
 * - `html502`: an HTML page with status 502, as proxies send it.
 * - `emptyBody`, `truncatedBody`: the operation takes place; the response has status 200 and no body or half of it.
 * - `dropBefore`, `dropAfter`: the connection is cut before or after the operation takes place.
 * - `hangBefore`, `hangAfter`: no response until the client times out.
 * - `vanish`: AllocateEipSegmentAddress succeeds, but the segment disappears where it should become `Allocated`.
 */
export type FaultEffect =
  | { readonly kind: "throttle"; readonly retryAfterMs?: number; readonly code?: string }
  | {
      readonly kind: "error";
      readonly code: string;
      readonly status?: number;
      readonly message?: string;
      readonly afterEffect?: boolean;
    }
  | { readonly kind: "html502"; readonly afterEffect?: boolean }
  | { readonly kind: "emptyBody" | "truncatedBody" }
  | { readonly kind: "dropBefore" | "dropAfter" | "hangBefore" | "hangAfter" }
  | { readonly kind: "vanish" };

/** Which calls a fault hits. */
export interface FaultSelection extends CallFilter {
  /** How many calls. Default 1, or no limit where `probability` is set. */
  readonly times?: number;
  /** Hits each matching call with this probability, 0 to 1, instead of the next ones. */
  readonly probability?: number;
  /** Makes `probability` repeatable. Default 1. */
  readonly seed?: number;
}

/** A fault in the queue. Faults hit calls whose signature was accepted; the first one that matches wins. */
export type Fault = FaultEffect & FaultSelection;

interface QueuedFault {
  readonly fault: Fault;
  timesLeft: number;
  draws: number;
}

/** Faults waiting for their calls. */
export class FaultQueue {
  private queue: QueuedFault[] = [];

  add(fault: Fault): void {
    const timesLeft = fault.times ?? (fault.probability === undefined ? 1 : Infinity);
    this.queue.push({ fault, timesLeft, draws: 0 });
  }

  clear(): void {
    this.queue = [];
  }

  /** The fault for a call, used up by it. */
  take(action: string, parameters: Readonly<Record<string, string>>): Fault | undefined {
    const hit = this.queue.find((queued) => passes(queued.fault, action, parameters) && strikes(queued));
    if (hit === undefined) return undefined;
    hit.timesLeft -= 1;
    this.queue = this.queue.filter(({ timesLeft }) => timesLeft > 0);
    return hit.fault;
  }
}

function strikes(queued: QueuedFault): boolean {
  const { probability, seed = 1 } = queued.fault;
  if (probability === undefined) return true;
  queued.draws += 1;
  const digest = createHash("sha256").update(`${seed}:${queued.draws}`).digest();
  return digest.readUInt32BE() / 2 ** 32 < probability;
}
