import type { Clock } from "../leaves/clock";
import { withoutAbsent } from "../leaves/without-absent";
import type { z } from "zod";
import type { Refusal, Request, Silence, Success } from "./answer";
import type { CatalogueEntry } from "./catalogue/entry";
import type { CredentialsSource } from "./credentials";
import { lookUp } from "./error-catalogue";
import { type CallDescription, refusalError, silenceError } from "./failure-text";
import type { Transport } from "./transport";
import { problemOf } from "./replies";
import { DEFAULT_TRYING_MS, repetition } from "./retry";
import type { CallOptions } from "./vpc-api";

/** What calls are made with. */
export interface Caller {
  transport: Transport;
  credentials: CredentialsSource;
  clock: Clock;
  /** From 0 up to 1, for the jitter of pauses. */
  random: () => number;
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
 * Makes a call, repeating it with identical parameters for as long as the catalogue and the deadline allow.
 *
 * @throws {ApiError} when the API refuses it.
 * @throws {NoAnswerError} when no usable answer came.
 */
export async function makeCall<T>(
  caller: Caller,
  call: ApiCall<T>,
  options: CallOptions = {},
): Promise<Reply<T>> {
  const { clock, credentials, random, transport } = caller;
  const { signal } = options;
  const startedAt = clock.now();
  const deadline = options.deadline ?? startedAt + DEFAULT_TRYING_MS;
  const spent = new Set<NonNullable<CatalogueEntry["once"]>>();
  let sent = false;
  for (let tries = 1; ; tries += 1) {
    const signedWith = await credentials.getCredentials();
    const answer = await transport.send(call, signedWith, signal);
    const outcome = answer.kind === "success" ? understand(call, answer) : answer;
    if (outcome.kind === "reply") {
      return outcome;
    }
    sent ||= outcome.kind === "silence" && outcome.sent;
    const entry = outcome.kind === "refusal" ? entryOf(call, outcome) : undefined;
    const now = clock.now();
    const again = repetition(outcome, entry, { tries, startedAt, now, deadline, spent }, random);
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
    await clock.sleep(again.delayMs, signal);
  }
}

const entryOf = (call: CallDescription, { code, status }: Refusal): CatalogueEntry =>
  lookUp(call.action, code, status);

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
