import type { Agent as HttpAgent } from "node:http";
import type RPCClient from "@alicloud/pop-core/lib/rpc";
import { type AgentChooser, agentChooser } from "./agents";
import type { Answer, Request } from "./answer";
import type { Credentials } from "./credentials";
import { Exchange } from "./exchange";
import { type HttpAnswer, judge } from "./pop-answer";
import { silenceOf } from "./silence";
import type { Transport } from "./transport";

export interface PopTransportOptions {
  /** Milliseconds for name resolution, TCP and TLS together. @default 5000 */
  connectTimeoutMs?: number;
  /** Milliseconds from the connection to the last byte of the answer. @default 10000 */
  readTimeoutMs?: number;
  /** Bytes of the largest answer accepted. @default 8 MiB */
  maxReplyBytes?: number;
  /** Chooses the agent, for example one that goes through a proxy. @default connections straight to the endpoint */
  agentFor?: AgentChooser;
}

/** Loaded at the first call, because previews make none; and without the other protocol's client, which needs an XML parser. */
const loadClient = (): typeof RPCClient =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a static import would load it with the verbs
  require("@alicloud/pop-core/lib/rpc") as typeof RPCClient;

/** The transport over the vendor's own client, `@alicloud/pop-core` (RPC signature 1.0, POST). */
export class PopTransport implements Transport {
  readonly #options: Required<Omit<PopTransportOptions, "agentFor">>;
  readonly #agentFor: AgentChooser;

  constructor(options: PopTransportOptions = {}) {
    const { connectTimeoutMs = 5_000, readTimeoutMs = 10_000, maxReplyBytes = 8 * 1024 * 1024 } = options;
    this.#options = { connectTimeoutMs, readTimeoutMs, maxReplyBytes };
    this.#agentFor = options.agentFor ?? agentChooser(() => "");
  }

  async send(request: Request, credentials: Credentials, signal?: AbortSignal): Promise<Answer> {
    const endpoint = new URL(request.endpoint.url);
    const first = await this.#try(request, credentials, this.#agentFor(endpoint, "kept"), signal);
    if (!first.stale) {
      return first.answer;
    }
    // The server closed an idle connection just as it was used again: no failure of the service, so go at once.
    return (await this.#try(request, credentials, this.#agentFor(endpoint, "new"), signal)).answer;
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
      return { answer: judge(httpAnswer(exchange, body), credentials), stale: false };
    } catch (error) {
      signal?.throwIfAborted();
      const { failure, stale, status } = exchange;
      const heard = () => judge(httpAnswer(exchange, refusedBody(error)), credentials);
      return { answer: failure ?? (status === undefined ? silenceOf(error) : heard()), stale };
    } finally {
      exchange.end();
      signal?.removeEventListener("abort", abort);
    }
  }

  async #call(request: Request, credentials: Credentials, exchange: Exchange): Promise<unknown> {
    // pop-core adds the nonce and the timestamp itself, new for each call.
    const client = new (loadClient())({
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

const httpAnswer = ({ status = 0, headers, receivedBytes }: Exchange, body: unknown): HttpAnswer => ({
  status,
  headers,
  receivedBytes,
  body,
});
