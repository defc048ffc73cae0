import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from "node:net";

/** One request as the server saw it. */
export interface SeenRequest {
  method: string | undefined;
  path: string | undefined;
  /** The form of the body. */
  form: URLSearchParams;
  socket: Socket;
}

export interface TestServer {
  url: string;
  seen: SeenRequest[];
  close(): Promise<void>;
}

/** A server on a free loopback port; `handle` is told how many requests came before. */
export async function startTestServer(
  handle: (response: ServerResponse, before: number, request: IncomingMessage) => void,
): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, socket, url: path } = request;
      seen.push({ method, path, socket, form: new URLSearchParams(Buffer.concat(chunks).toString()) });
      handle(response, seen.length - 1, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

export function replyJson(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** Servers of one test file; all are closed after each test. */
export interface TestServers {
  /** The requests the latest server has seen. */
  readonly seen: readonly SeenRequest[];
  /** Starts an HTTP server and gives its URL. */
  listen(handle: Parameters<typeof startTestServer>[0]): Promise<string>;
  /** Starts a server below HTTP, for what no HTTP server would do, and gives its port. */
  listenRaw(handle: (socket: Socket) => void): Promise<number>;
  close(): Promise<void>;
}

export function useTestServers(): TestServers {
  let servers: TestServer[] = [];
  let rawServers: Server[] = [];
  const sockets = new Set<Socket>();
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
    sockets.forEach((socket) => socket.destroy());
    await Promise.all(rawServers.map((server) => new Promise((resolve) => server.close(resolve))));
    [servers, rawServers] = [[], []];
  };
  afterEach(close);
  return {
    get seen() {
      return servers.at(-1)?.seen ?? [];
    },
    async listen(handle) {
      const server = await startTestServer(handle);
      servers.push(server);
      return server.url;
    },
    async listenRaw(handle) {
      const server = createRawServer((socket) => {
        sockets.add(socket);
        socket.on("error", () => undefined);
        handle(socket);
      });
      rawServers.push(server);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return (server.address() as AddressInfo).port;
    },
    close,
  };
}
