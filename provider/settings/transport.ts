import { getProxyForUrl } from "proxy-from-env";
import { agentChooser, PopTransport } from "../client/pop-transport";
import { ConfigurationError } from "../util/errors";
import { loopbackHosts } from "./endpoints";
import type { Settings } from "./settings";

/**
 * Proxy for an endpoint by `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in either case; empty for none.
 * A host of this very machine is never asked through a proxy.
 *
 * @throws ConfigurationError when the proxy is not an HTTP or HTTPS URL. Its text is not repeated: it may hold a password.
 */
export function proxyOf(endpoint: URL): string {
  const proxy = loopbackHosts.test(endpoint.hostname) ? "" : getProxyForUrl(endpoint.href);
  if (proxy !== "" && !(URL.canParse(proxy) && /^https?:$/.test(new URL(proxy).protocol))) {
    throw new ConfigurationError(
      `The proxy for ${endpoint.host} must be a URL such as http://proxy.example:3128. Correct HTTPS_PROXY or HTTP_PROXY, or add the host to NO_PROXY.`,
    );
  }
  return proxy;
}

/** Chooses the agent for an endpoint, through the proxy of the environment; its connections are shared by the whole process. */
export const agentFor = agentChooser(proxyOf);

/** The transport for these settings: their timeouts, and the proxy of the environment. The provider and every command use it. */
export const createTransport = ({
  connectTimeoutMs,
  readTimeoutMs,
}: Pick<Settings, "connectTimeoutMs" | "readTimeoutMs">): PopTransport =>
  new PopTransport({ connectTimeoutMs, readTimeoutMs, agentFor });
