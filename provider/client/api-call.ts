import type { Clock } from "../util/clock";
import { withoutAbsent } from "../util/without-absent";
import type { z } from "zod";
import type { Refusal, Request, Silence, Success } from "./answer";
import type { CatalogueEntry } from "./catalogue/entry";
import type { Credentials, CredentialsSource } from "./credentials";
import { meansAbsent } from "./absence";
import { lookUp } from "./error-catalogue";
import { type CallDescription, refusalError, silenceError } from "./failure-text";
import type { Transport } from "./transport";
import { problemOf } from "./replies";
import type { RateLimiter } from "./rate-limiter";
import { DEFAULT_TRYING_MS, isThrottling, repetition } from "./retry";
import type { CallOptions } from "./vpc-api";

/** What calls are made with. */
export interface Caller {
  transport: Transport;
  credentials: CredentialsSource;
  clock: Clock;
  /** From 0 up to 1, for the jitter of pauses. */
  random: () => number;
  /** Limiters by action, for those whose rate the account limits. */
  limiters: ReadonlyMap<string, RateLimiter>;
}

/** One logical call: the request, how its reply is read, and how its errors name it. */
export interface ApiCall<T> extends CallDescription, Request {
  reply: z.ZodType<T>;
}

/** A reply that was understood. */
export interface Reply<T> {
  kind: "reply";
  value: T;
  requestId?: string;
  /** The server's clock, ms since the epoch. */
  serverTime?: number;
}

/**
 * Makes a call, repeating it with identical parameters for as long as the catalogue and the deadline allow. Time spent
 * waiting for the account's rate does not count against the deadline.
 *
 * @throws {ApiError} when the API refuses it.
 * @throws {NoAnswerError} when no usable answer came.
 */
export async function makeCall<T>(
  caller: Caller,
  call: ApiCall<T>,
  options: CallOptions = {},
): Promise<Reply<T>> {
  const { clock, credentials, random } = caller;
  const { signal } = options;
  const limiter = caller.limiters.get(call.action);
  const startedAt = clock.now();
  let deadline = options.deadline ?? startedAt + DEFAULT_TRYING_MS;
  const spent = new Set<NonNullable<CatalogueEntry["once"]>>();
  let sent = false;
  let wasThrottled = false;
  for (let tries = 1; ; tries += 1) {
    if (limiter !== undefined) {
      const queuedMs = await limiter.turn(wasThrottled);
      // What the API throttles counts, or a call that is always throttled would never end.
      if (!wasThrottled) {
        deadline += queuedMs;
        options.queued?.(queuedMs);
      }
    }
    const { outcome, signedWith } = await tryOnce(caller, call, options).catch((error: unknown) => {
      limiter?.answered();
      throw error;
    });
    if (outcome.kind === "reply") {
      limiter?.answered();
      return outcome;
    }
    sent ||= outcome.kind === "silence" && outcome.sent;
    wasThrottled = outcome.kind === "refusal" && isThrottling(outcome);
    const entry = outcome.kind === "refusal" ? entryOf(call, outcome) : undefined;
    const now = clock.now();
    const again = repetition(outcome, entry, { tries, startedAt, now, deadline, spent }, random);
    if (wasThrottled) {
      limiter?.throttled(again?.delayMs ?? 0);
    } else {
      limiter?.answered();
    }
    if (again === undefined) {
      const effort = { tries, elapsedMs: now - startedAt };
      throw outcome.kind === "refusal"
        ? refusalError(call, outcome, entryOf(call, outcome), effort, now)
        : silenceError(call, outcome, effort, sent);
    }
    if (again.once !== undefined) {
      spent.add(again.once);
    }
    if (again.once === "renewedCredentials") {
      credentials.renew(signedWith);
    }
    if (!(wasThrottled && limiter !== undefined)) {
      await clock.sleep(again.delayMs, signal);
    }
  }
}

async function tryOnce<T>(
  { credentials, transport }: Caller,
  call: ApiCall<T>,
  { beforeSend, signal }: CallOptions,
): Promise<{ outcome: Reply<T> | Refusal | Silence; signedWith: Credentials }> {
  const signedWith = await credentials.getCredentials();
  await beforeSend?.();
  const answer = await transport.send(call, signedWith, signal);
  return { outcome: answer.kind === "success" ? understand(call, answer) : answer, signedWith };
}

/** What the catalogue says of a refusal; one that says that what the request names does not exist is of class `absent`. */
function entryOf(call: CallDescription, refusal: Refusal): CatalogueEntry {
  const entry = lookUp(call.action, refusal.code, refusal.status);
  if (entry.class === "absent") {
    // What names nothing cannot be told that it does not exist.
    return call.ids.length > 0 ? entry : { ...entry, class: "user" };
  }
  return meansAbsent(refusal, call.ids) ? { ...entry, class: "absent" } : entry;
}

/** A reply that cannot be read says as little about the effect of the request as none. */
function understand<T>(call: ApiCall<T>, success: Success): Reply<T> | Silence {
  const parsed = call.reply.safeParse(success.body);
  if (parsed.success) {
    return { ...success, kind: "reply", value: parsed.data };
  }
  return withoutAbsent({
    kind: "silence" as const,
    reason: `its answer to ${call.action} is malformed: ${problemOf(parsed.error)}`,
    lasting: true,
    sent: true,
    requestId: success.requestId,
  });
}
