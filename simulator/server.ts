import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { CallOutcome } from "./fault-outcome";
import { packageVersion } from "./package-version";
import { readBody } from "./request";

/** Header of every reply: tells the simulator, and its version, from the cloud. */
export const simulatorHeader = "x-eip-segment-simulator";

/** Answers one request. */
export type Listener = (message: IncomingMessage, body: Buffer) => Promise<CallOutcome>;

/** An HTTP server that listens. */
export interface ListeningServer {
  readonly port: number;
  /** Stops listening and cuts every connection, also those that still wait for an answer. */
  close(): Promise<void>;
}

/** Starts a server; port 0 means a free one. */
export async function startServer(host: string, port: number, listener: Listener): Promise<ListeningServer> {
  const version = packageVersion();
  const server = createServer((message, response) => {
    response.setHeader(simulatorHeader, version);
    serve(message, response, listener).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(500, { "content-type": "text/plain" })
          .end(`Error in the simulator: ${String(error)}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function serve(message: IncomingMessage, response: ServerResponse, listener: Listener): Promise<void> {
  const outcome = await listener(message, await readBody(message));
  switch (outcome.kind) {
    case "reply": {
      const { status, headers, body } = outcome.reply;
      response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
      return;
    }
    case "drop":
      message.socket.destroy();
      return;
    case "hang":
      return;
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
    server.closeAllConnections();
  });
}
