import { type Clock, systemClock } from "../util/clock";
import { ApiError } from "../util/errors";
import { withoutAbsent } from "../util/without-absent";
import type { z } from "zod";
import { explainRefusal } from "./error-catalogue";
import { type CallDescription, refusalError, noResponseError } from "./call-errors";
import { PopTransport } from "./pop-transport";
import type { RateLimiter } from "./rate-limiter";
import { problemOf } from "./responses";
import { defaultTryingMs, isThrottling, planRetry } from "./retry";
import type {
  CatalogueEntry,
  Credentials,
  CredentialsSource,
  EndpointResolver,
  Refusal,
  ApiRequest,
  TransportFailure,
  Success,
  Transport,
} from "./types";
import type { CallOptions, VpcApi } from "./vpc-api";
import { type Operation, operations } from "./vpc-operations";

/** API versions by service. */
const apiVersions = { vpc: "2016-04-28", sts: "2015-04-01" } as const;

export interface ApiClientOptions {
  endpoint: EndpointResolver;
  credentials: CredentialsSource;
  /** @default a {@link PopTransport} with its own defaults */
  transport?: Transport;
  /** @default the machine's clock */
  clock?: Clock;
  /** From 0 up to 1, for the jitter of pauses between tries. @default Math.random */
  random?: () => number;
  /** Limiters by action. @default no call waits for a rate */
  limiters?: ReadonlyMap<string, RateLimiter>;
}

/** The API over HTTP. */
export function createApiClient(options: ApiClientOptions): VpcApi {
  const { credentials, endpoint, transport = new PopTransport() } = options;
  const { clock = systemClock, random = Math.random, limiters = new Map() } = options;
  const caller: Caller = { transport, credentials, clock, random, limiters };

  const call = <Request extends { regionId: string }, Value>(
    operation: Operation<Request, Value>,
    request: Request,
    callOptions?: CallOptions,
  ): Promise<Parsed<Value>> => {
    const { action, doing, reply, service, writes } = operation;
    const { regionId } = request;
    const region = service === "vpc" ? { RegionId: regionId } : {};
    return makeCall(
      caller,
      {
        action,
        doing,
        reply,
        service,
        writes,
        subject: operation.subject(request),
        ids: operation.ids(request),
        version: apiVersions[service],
        endpoint: endpoint(service, regionId),
        // pop-core would send an absent value as the text "undefined".
        parameters: withoutAbsent({ ...region, ...operation.parameters(request) }),
      },
      callOptions,
    );
  };

  const method =
    <Request extends { regionId: string }, Value>(operation: Operation<Request, Value>) =>
    async (request: Request, callOptions?: CallOptions): Promise<Value> =>
      (await call(operation, request, callOptions)).value;

  return {
    allocateEipSegmentAddress: method(operations.allocateEipSegmentAddress),
    async describeEipSegment(request, callOptions) {
      const reply = call(operations.describeEipSegment, request, callOptions);
      const { value, serverTime } = await orWhenAbsent(reply, {
        kind: "parsed" as const,
        value: { totalCount: 0, segments: [] },
      });
      return withoutAbsent({ ...value, serverTime });
    },
    releaseEipSegmentAddress: method(operations.releaseEipSegmentAddress),
    describeEipAddresses(request, callOptions) {
      const reply = method(operations.describeEipAddresses)(request, callOptions);
      // Of several EIPs, the error may be about any one of them.
      const isOfSeveral = operations.describeEipAddresses.ids(request).length > 1;
      return isOfSeveral ? reply : orWhenAbsent(reply, { totalCount: 0, addresses: [] });
    },
    modifyEipAddressAttribute: method(operations.modifyEipAddressAttribute),
    tagResources: method(operations.tagResources),
    unTagResources: method(operations.unTagResources),
    moveResourceGroup: method(operations.moveResourceGroup),
    getCallerIdentity: method(operations.getCallerIdentity),
  };
}

/** Some clouds report by an error that nothing exists, others by an empty list: callers get the list. */
async function orWhenAbsent<T>(reply: Promise<T>, empty: T): Promise<T> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof ApiError && error.errorClass === "absent") {
      return empty;
    }
    throw error;
  }
}

/** What calls are made with. */
interface Caller {
  transport: Transport;
  credentials: CredentialsSource;
  clock: Clock;
  /** From 0 up to 1, for the jitter of pauses. */
  random: () => number;
  /** Limiters by action, for those whose rate the account limits. */
  limiters: ReadonlyMap<string, RateLimiter>;
}

/** One logical call: the request, how its response is read, and how its errors name it. */
interface ApiCall<T> extends CallDescription, ApiRequest {
  reply: z.ZodType<T>;
}

/** A response that was understood. */
interface Parsed<T> {
  kind: "parsed";
  value: T;
  /** The server's clock, ms since the epoch. */
  serverTime?: number;
}

/** A call that begins at its deadline is still sent, because a last check takes more than one request; a later one is not. In ms. */
const lateCallMs = 5_000;

const outOfTime: TransportFailure = {
  kind: "transportFailure",
  reason: "the request was not sent, because the timeout had passed",
  isLasting: false,
  wasSent: false,
};

/**
 * Makes a call, repeating it with identical parameters for as long as the catalogue and the deadline allow. Time spent
 * waiting for the account's rate does not count against the deadline.
 *
 * @throws {ApiError} when the API refuses it.
 * @throws {NoResponseError} when no usable response came.
 */
async function makeCall<T>(caller: Caller, call: ApiCall<T>, options: CallOptions = {}): Promise<Parsed<T>> {
  const { clock, credentials, random } = caller;
  const limiter = caller.limiters.get(call.action);
  const startedAt = clock.now();
  let deadline = options.deadline ?? startedAt + defaultTryingMs;
  if (startedAt > deadline + lateCallMs) {
    throw noResponseError(call, outOfTime, { tries: 1, elapsedMs: 0 }, false);
  }
  const spent = new Set<NonNullable<CatalogueEntry["once"]>>();
  let wasSent = false;
  let wasThrottled = false;
  for (let tries = 1; ; tries += 1) {
    if (limiter !== undefined) {
      const queuedMs = await limiter.turn(wasThrottled ? startedAt : undefined);
      // What the API throttles counts, or a call that is always throttled would never end.
      if (!wasThrottled) {
        deadline += queuedMs;
        options.queued?.(queuedMs);
      }
    }
    const { outcome, signedWith } = await tryOnce(caller, call, options).catch((error: unknown) => {
      limiter?.completed();
      throw error;
    });
    if (outcome.kind === "parsed") {
      limiter?.completed();
      return outcome;
    }
    wasSent ||= outcome.kind === "transportFailure" && outcome.wasSent;
    if (leavesEffectOpen(outcome)) options.unanswered?.();
    wasThrottled = outcome.kind === "refusal" && isThrottling(outcome);
    const entry = outcome.kind === "refusal" ? explainRefusal(call, outcome) : undefined;
    const now = clock.now();
    const plan = planRetry(outcome, entry, { tries, startedAt, now, deadline, spent }, random);
    if (wasThrottled) {
      limiter?.throttled(plan?.delayMs ?? 0);
    } else {
      limiter?.completed();
    }
    if (plan === undefined) {
      const effort = { tries, elapsedMs: now - startedAt };
      throw outcome.kind === "refusal" && entry !== undefined
        ? refusalError(call, outcome, entry, effort, now)
        : noResponseError(call, outcome as TransportFailure, effort, wasSent);
    }
    if (plan.once !== undefined) {
      spent.add(plan.once);
    }
    if (plan.once === "renewedCredentials") {
      credentials.renew(signedWith);
    }
    if (!(wasThrottled && limiter !== undefined)) {
      await clock.sleep(plan.delayMs);
    }
  }
}

const leavesEffectOpen = (outcome: Refusal | TransportFailure): boolean =>
  outcome.kind === "refusal" ? (outcome.status ?? 0) >= 500 : outcome.wasSent;

async function tryOnce<T>(
  { credentials, transport }: Caller,
  call: ApiCall<T>,
  { beforeSend }: CallOptions,
): Promise<{ outcome: Parsed<T> | Refusal | TransportFailure; signedWith: Credentials }> {
  const signedWith = await credentials.getCredentials();
  await beforeSend?.();
  const outcome = await transport.send(call, signedWith);
  return { outcome: outcome.kind === "success" ? parse(call, outcome) : outcome, signedWith };
}

/** A response that cannot be read says as little about the effect of the request as none. */
function parse<T>(call: ApiCall<T>, success: Success): Parsed<T> | TransportFailure {
  const parsed = call.reply.safeParse(success.body);
  if (parsed.success) {
    return { ...success, kind: "parsed", value: parsed.data };
  }
  return withoutAbsent({
    kind: "transportFailure" as const,
    reason: `the response to ${call.action} is malformed: ${problemOf(parsed.error)}`,
    isLasting: true,
    wasSent: true,
    requestId: success.requestId,
  });
}
