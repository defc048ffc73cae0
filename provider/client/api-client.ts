import { type Clock, systemClock } from "../util/clock";
import { ApiError } from "../util/errors";
import { withoutAbsent } from "../util/without-absent";
import { type Caller, makeCall, type Reply } from "./api-call";
import type { CredentialsSource } from "./credentials";
import type { EndpointResolver } from "./endpoint";
import { PopTransport } from "./pop-transport";
import type { RateLimiter } from "./rate-limiter";
import type { Transport } from "./transport";
import type { CallOptions, VpcApi } from "./vpc-api";
import { type Operation, OPERATIONS } from "./vpc-operations";

/** API versions by service. */
const VERSION = { vpc: "2016-04-28", sts: "2015-04-01" } as const;

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
  ): Promise<Reply<Value>> => {
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
        version: VERSION[service],
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
    allocateEipSegmentAddress: method(OPERATIONS.allocateEipSegmentAddress),
    async describeEipSegment(request, callOptions) {
      const reply = call(OPERATIONS.describeEipSegment, request, callOptions);
      const { value, serverTime } = await orWhenAbsent(reply, {
        kind: "reply" as const,
        value: { totalCount: 0, segments: [] },
      });
      return withoutAbsent({ ...value, serverTime });
    },
    releaseEipSegmentAddress: method(OPERATIONS.releaseEipSegmentAddress),
    describeEipAddresses: (request, callOptions) =>
      orWhenAbsent(method(OPERATIONS.describeEipAddresses)(request, callOptions), {
        totalCount: 0,
        addresses: [],
      }),
    modifyEipAddressAttribute: method(OPERATIONS.modifyEipAddressAttribute),
    tagResources: method(OPERATIONS.tagResources),
    unTagResources: method(OPERATIONS.unTagResources),
    moveResourceGroup: method(OPERATIONS.moveResourceGroup),
    getCallerIdentity: method(OPERATIONS.getCallerIdentity),
  };
}

/** Some clouds tell by an error that nothing is there, and some by an empty list: callers get the list. */
async function orWhenAbsent<T>(reply: Promise<T>, empty: T): Promise<T> {
  try {
    return await reply;
  } catch (error) {
    if (ApiError.isInstance(error) && error.errorClass === "absent") {
      return empty;
    }
    throw error;
  }
}
