import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";

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
