import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import type { Simulator } from "../../../../simulator";
import { listenOnLoopback } from "../../../engine/cli/support/loopback";

/**
 * Starts an endpoint that has the simulator answer, except where `answer` has a body of its own for the parameters of a request.
 */
export async function startRelay(
  simulator: Simulator,
  answer: (parameters: URLSearchParams) => Promise<object | undefined>,
): Promise<{ url: string; stop: () => void }> {
  const server = createServer((request, response) => {
    void (async () => {
      const { method = "GET", headers, url = "" } = request;
      const body = await text(request);
      const own = await answer(new URLSearchParams(method === "GET" ? url.slice(url.indexOf("?")) : body));
      const reply = await fetch(simulator.endpoint + url, {
        method,
        headers: { "content-type": headers["content-type"] ?? "text/plain" },
        ...(method === "GET" ? {} : { body }),
      });
      const theirs = await reply.text();
      response.writeHead(reply.status, { "content-type": "application/json" });
      response.end(own === undefined ? theirs : JSON.stringify(own));
    })();
  });
  const { host, stop } = await listenOnLoopback(server);
  return { url: `http://${host}`, stop };
}
