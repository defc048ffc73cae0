import { agentChooser, PopTransport } from "../client/pop-transport";
import { proxyOf } from "./proxy";
import type { Settings } from "./settings";

/** Chooses the agent for an endpoint, through the proxy of the environment; its connections are shared by the whole process. */
export const agentFor = agentChooser(proxyOf);

/** The transport for these settings: their timeouts, and the proxy of the environment. The provider and every command use it. */
export const createTransport = ({
  connectTimeoutMs,
  readTimeoutMs,
}: Pick<Settings, "connectTimeoutMs" | "readTimeoutMs">): PopTransport =>
  new PopTransport({ connectTimeoutMs, readTimeoutMs, agentFor });
