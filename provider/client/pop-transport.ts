import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type RPCClient from "@alicloud/pop-core/lib/rpc";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";
import { Exchange, transportFailureOf } from "./exchange";
import { type HttpResponse, outcomeOf } from "./pop-response";
import type { Outcome, Credentials, ApiRequest, Transport } from "./types";

export interface PopTransportOptions {
  /** Milliseconds for name resolution, TCP and TLS together. @default 5000 */
  connectTimeoutMs?: number;
  /** Milliseconds from the connection to the last byte of the response. @default 10000 */
  readTimeoutMs?: number;
  /** Bytes of the largest response accepted. @default 8 MiB */
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
  private readonly options: Required<Omit<PopTransportOptions, "agentFor">>;
  private readonly agentFor: AgentChooser;

  constructor(options: PopTransportOptions = {}) {
    const { connectTimeoutMs = 5_000, readTimeoutMs = 10_000, maxReplyBytes = 8 * 1024 * 1024 } = options;
    this.options = { connectTimeoutMs, readTimeoutMs, maxReplyBytes };
    this.agentFor = options.agentFor ?? agentChooser(() => "");
  }

  async send(request: ApiRequest, credentials: Credentials): Promise<Outcome> {
    const endpoint = new URL(request.endpoint.url);
    const first = await this.try(request, credentials, this.agentFor(endpoint, "kept"));
    if (!first.stale) {
      return first.outcome;
    }
    // The server closed an idle connection just as it was used again: no failure of the service, so go at once.
    return (await this.try(request, credentials, this.agentFor(endpoint, "new"))).outcome;
  }

  private async try(
    request: ApiRequest,
    credentials: Credentials,
    pool: HttpAgent,
  ): Promise<{ outcome: Outcome; stale: boolean }> {
    const exchange = new Exchange(pool, this.options);
    try {
      const body = await Promise.race([this.call(request, credentials, exchange), exchange.failed]);
      return { outcome: outcomeOf(httpResponse(exchange, body), credentials), stale: false };
    } catch (error) {
      const { failure, stale, status } = exchange;
      const refused = () => outcomeOf(httpResponse(exchange, refusedBody(error)), credentials);
      return { outcome: failure ?? (status === undefined ? transportFailureOf(error) : refused()), stale };
    } finally {
      exchange.end();
    }
  }

  private async call(request: ApiRequest, credentials: Credentials, exchange: Exchange): Promise<unknown> {
    // pop-core adds the nonce and the timestamp itself, new for each call.
    const client = new (loadClient())({
      endpoint: request.endpoint.url,
      apiVersion: request.version,
      ...credentials,
    });
    // Its connect timeout would also end a slow read, so both of its timeouts are kept out of the way.
    const outOfTheWay = this.options.connectTimeoutMs + this.options.readTimeoutMs + 1_000;
    return client.request(request.action, request.parameters, {
      method: "POST",
      agent: exchange.agent,
      connectTimeout: outOfTheWay,
      readTimeout: outOfTheWay,
    });
  }
}

/** The response inside an error that pop-core threw for its `Code`; nothing else of that error may be used. */
const refusedBody = (error: unknown): unknown =>
  typeof error === "object" && error !== null && "data" in error ? error.data : undefined;

const httpResponse = ({ status = 0, headers, receivedBytes }: Exchange, body: unknown): HttpResponse => ({
  status,
  headers,
  receivedBytes,
  body,
});

/** Chooses the agent for an endpoint: a shared pool of kept connections, or an agent that opens a new one. */
export type AgentChooser = (endpoint: URL, connection: "kept" | "new") => HttpAgent;

/** URL of the proxy that requests to an endpoint go through; empty for a straight connection. */
export type ProxyResolver = (endpoint: URL) => string;

/** Agents that go where `proxyOf` says, and keep their connections for as long as an endpoint's proxy stays the same. */
export function agentChooser(proxyOf: ProxyResolver): AgentChooser {
  const kept = new Map<string, HttpAgent>();
  return (endpoint, connection) => {
    const proxy = proxyOf(endpoint);
    if (connection === "new") {
      return makeAgent(endpoint, proxy, false);
    }
    const route = `${endpoint.protocol} ${proxy}`;
    const agent = kept.get(route) ?? makeAgent(endpoint, proxy, true);
    kept.set(route, agent);
    return agent;
  };
}

function makeAgent({ protocol }: URL, proxy: string, keepAlive: boolean): HttpAgent {
  if (protocol === "https:") {
    return proxy === "" ? new HttpsAgent({ keepAlive }) : new HttpsProxyAgent(proxy, { keepAlive });
  }
  return proxy === "" ? new HttpAgent({ keepAlive }) : new HttpProxyAgent(proxy, { keepAlive });
}
