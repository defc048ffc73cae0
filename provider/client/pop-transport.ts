import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import RPCClient from "@alicloud/pop-core";
import type { Answer, Refusal, Request, Silence } from "./answer";
import type { Credentials } from "./credentials";
import { Exchange } from "./exchange";
import { redact } from "./redact";
import { silenceOf } from "./silence";

/** Sends one try of a request and says how it ended. It never throws, except the reason of an aborted signal. */
export interface Transport {
  send(request: Request, credentials: Credentials, signal?: AbortSignal): Promise<Answer>;
}

export interface PopTransportOptions {
  /** Milliseconds for name resolution, TCP and TLS together. @default 5000 */
  connectTimeoutMs?: number;
  /** Milliseconds from the connection to the last byte of the answer. @default 10000 */
  readTimeoutMs?: number;
  /** Bytes of the largest answer accepted. @default 8 MiB */
  maxReplyBytes?: number;
  /** Chooses the agent for an endpoint, for example one that goes through a proxy. @default a kept-alive pool */
  agentFor?: (endpoint: URL) => HttpAgent;
}

/** Codes that pop-core and the API use for success in a reply that carries a `Code` at all. */
const SUCCESS_CODES: readonly string[] = ["200", "OK", "Success", "success"];

/** Statuses of gateways and proxies that pass by themselves. */
const PASSING_STATUSES: readonly number[] = [408, 425, 429];

type Body = Readonly<Partial<Record<"RequestId" | "Code" | "Message", unknown>>>;

/** The transport over the vendor's own client, `@alicloud/pop-core` (RPC signature 1.0, POST). */
export class PopTransport implements Transport {
  readonly #options: Required<Omit<PopTransportOptions, "agentFor">>;
  readonly #agentFor: (endpoint: URL) => HttpAgent;

  constructor(options: PopTransportOptions = {}) {
    const { connectTimeoutMs = 5_000, readTimeoutMs = 10_000, maxReplyBytes = 8 * 1024 * 1024 } = options;
    this.#options = { connectTimeoutMs, readTimeoutMs, maxReplyBytes };
    const pools = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
    this.#agentFor =
      options.agentFor ?? ((endpoint) => (endpoint.protocol === "https:" ? pools.https : pools.http));
  }

  async send(request: Request, credentials: Credentials, signal?: AbortSignal): Promise<Answer> {
    const endpoint = new URL(request.endpoint.url);
    const first = await this.#try(request, credentials, this.#agentFor(endpoint), signal);
    if (!first.stale) {
      return first.answer;
    }
    // The server closed an idle connection just as it was used again: no failure of the service, so go at once.
    const fresh = endpoint.protocol === "https:" ? new HttpsAgent() : new HttpAgent();
    return (await this.#try(request, credentials, fresh, signal)).answer;
  }

  async #try(
    request: Request,
    credentials: Credentials,
    pool: HttpAgent,
    signal?: AbortSignal,
  ): Promise<{ answer: Answer; stale: boolean }> {
    signal?.throwIfAborted();
    const exchange = new Exchange(pool, this.#options);
    const abort = () => {
      exchange.fail({ kind: "silence", reason: "the call was cancelled", lasting: false, sent: true });
    };
    signal?.addEventListener("abort", abort, { once: true });
    try {
      const body = await Promise.race([this.#call(request, credentials, exchange), exchange.failed]);
      return { answer: judge(body, exchange, credentials), stale: false };
    } catch (error) {
      signal?.throwIfAborted();
      const answer =
        exchange.failure ??
        (exchange.status === undefined ? silenceOf(error) : judge(refusedBody(error), exchange, credentials));
      return { answer, stale: exchange.stale };
    } finally {
      exchange.end();
      signal?.removeEventListener("abort", abort);
    }
  }

  async #call(request: Request, credentials: Credentials, exchange: Exchange): Promise<unknown> {
    // pop-core adds the nonce and the timestamp itself, new for each call.
    const client = new RPCClient({
      endpoint: request.endpoint.url,
      apiVersion: request.version,
      ...credentials,
    });
    // Its connect timeout would also end a slow read, so both of its timeouts are kept out of the way.
    const outOfTheWay = this.#options.connectTimeoutMs + this.#options.readTimeoutMs + 1_000;
    return client.request(request.action, request.parameters, {
      method: "POST",
      agent: exchange.agent,
      connectTimeout: outOfTheWay,
      readTimeout: outOfTheWay,
    });
  }
}

/** The reply inside an error that pop-core threw for its `Code`; nothing else of that error may be used. */
const refusedBody = (error: unknown): unknown =>
  typeof error === "object" && error !== null && "data" in error ? error.data : undefined;

function judge(raw: unknown, exchange: Exchange, credentials: Credentials): Answer {
  const { status = 0, headers } = exchange;
  const plain = toPlain(raw);
  const body: Body | undefined = isBody(plain) ? plain : undefined;
  const requestId = text(body?.RequestId) ?? text(headers["x-acs-request-id"]);
  const identified = requestId === undefined ? {} : { requestId };
  const serverTime = Date.parse(headers.date ?? "");
  const timed = Number.isNaN(serverTime) ? {} : { serverTime };
  const code = text(body?.Code);
  if (code !== undefined && !SUCCESS_CODES.includes(code)) {
    const message = redact(text(body?.Message) ?? "", credentials);
    const wait = retryAfter(headers["x-acs-retry-after"]);
    return { kind: "refusal", code, message, status, ...identified, ...wait, ...timed } satisfies Refusal;
  }
  if (body !== undefined && status >= 200 && status < 300) {
    return { kind: "success", body, ...identified, ...timed };
  }
  const lasting = status >= 300 && status < 500 && !PASSING_STATUSES.includes(status);
  const reason = strangeReason(status, exchange.receivedBytes);
  return { kind: "silence", reason, lasting, sent: true, ...identified } satisfies Silence;
}

function strangeReason(status: number, receivedBytes: number): string {
  if (status < 200 || status >= 300) {
    return `HTTP status ${status} with an answer that is not the API's`;
  }
  return receivedBytes === 0 ? "the answer was empty" : "the answer was not a JSON object";
}

function retryAfter(header: string | string[] | undefined): { retryAfterMs?: number } {
  const ms = Number(header ?? Number.NaN);
  return Number.isFinite(ms) && ms >= 0 ? { retryAfterMs: ms } : {};
}

const isBody = (value: unknown): value is Body =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function text(value: unknown): string | undefined {
  const string = typeof value === "number" ? String(value) : value;
  return typeof string === "string" && string.trim() !== "" ? string.trim() : undefined;
}

/** pop-core parses into objects without a prototype and long integers into objects of their own. */
function toPlain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(toPlain);
  }
  if (Object.getPrototypeOf(value) !== null) {
    return (value as { toFixed(): string }).toFixed();
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlain(item)]));
}
