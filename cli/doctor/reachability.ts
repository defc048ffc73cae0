import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import type { Instant } from "../../provider/util/clock";
import { agentFor, connectionProblem, proxyOf } from "../cloud/raw-api";
import { CommandFailure } from "../command-failure";

/** How a host was reached. */
export interface Reached {
  /** Host and port of the proxy, where there is one: it resolves the name and makes the connection. */
  proxy?: string;
  /** Name resolution, connection, TLS and response, as far as they took place, each with its own time. */
  steps: { name: string; ms: number }[];
  /** The server's clock less this machine's, by the `Date` header; absent without one. */
  clockOffsetMs?: number;
}

/** How long a host may take to respond, in ms. */
const patienceMs = 5_000;

/**
 * Makes an unsigned request to a host and measures its steps.
 *
 * @throws ConfigurationError when the proxy of the environment is malformed.
 * @throws CommandFailure when the host cannot be reached.
 */
export async function reach(url: string): Promise<Reached> {
  const endpoint = new URL(url);
  const proxy = proxyOf(endpoint);
  const startedAt = Date.now();
  const { steps, date } = await measure(endpoint);
  const clockOffsetMs = offset(date, startedAt, Date.now());
  return {
    steps,
    ...(proxy === "" ? {} : { proxy: new URL(proxy).host }),
    ...(clockOffsetMs === undefined ? {} : { clockOffsetMs }),
  };
}

function measure(endpoint: URL): Promise<{ steps: Reached["steps"]; date: string | undefined }> {
  const steps: Reached["steps"] = [];
  let last = performance.now();
  const step = (name: string): void => {
    const now = performance.now();
    steps.push({ name, ms: Math.round(now - last) });
    last = now;
  };
  return new Promise((resolve, reject) => {
    const send = endpoint.protocol === "https:" ? httpsRequest : httpRequest;
    const sent = send(endpoint, {
      agent: agentFor(endpoint, "new"),
      signal: AbortSignal.timeout(patienceMs),
    });
    sent.once("socket", (socket: Socket) => {
      socket.once("lookup", () => {
        step("name");
      });
      socket.once("connect", () => {
        step("connection");
      });
      socket.once("secureConnect", () => {
        step("TLS");
      });
    });
    sent.once("response", (response) => {
      step("response");
      response.resume();
      resolve({ steps, date: response.headers.date });
    });
    sent.once("error", (error) => {
      const isTimeout = error.name === "AbortError" || error.name === "TimeoutError";
      const why = isTimeout ? `no response within ${patienceMs / 1000} s` : connectionProblem(error);
      reject(new CommandFailure(`${endpoint.origin} cannot be reached: ${why}.`));
    });
    sent.end();
  });
}

/** The header has whole seconds, cut off, so that the server's time is half a second later on average. */
function offset(date: string | undefined, startedAt: Instant, endedAt: Instant): number | undefined {
  const serverTime = Date.parse(date ?? "") + 500;
  return Number.isNaN(serverTime) ? undefined : serverTime - (startedAt + endedAt) / 2;
}
