import { Agent } from "node:http";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { Answer } from "../../../provider/client/answer";
import { PopTransport, type PopTransportOptions } from "../../../provider/client/pop-transport";
import { replyJson, startTestServer, type TestServer } from "./support/test-server";

const CREDENTIALS = { accessKeyId: "key-id", accessKeySecret: "key-secret", securityToken: "sts-token" };

let server: TestServer | undefined;
let rawServer: Server | undefined;
const sockets = new Set<Socket>();

afterEach(async () => {
  await server?.close();
  server = undefined;
  for (const socket of sockets) {
    socket.destroy();
  }
  sockets.clear();
  await new Promise<void>((resolve) => {
    if (rawServer === undefined) {
      resolve();
    } else {
      rawServer.close(() => {
        resolve();
      });
    }
  });
  rawServer = undefined;
});

const listen = async (handle: Parameters<typeof startTestServer>[0]): Promise<string> => {
  server = await startTestServer(handle);
  return server.url;
};

/** A server below HTTP, for what no HTTP server would do. */
async function listenRaw(handle: (socket: Socket) => void): Promise<number> {
  rawServer = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    handle(socket);
  });
  await new Promise<void>((resolve) => rawServer?.listen(0, "127.0.0.1", resolve));
  return (rawServer.address() as AddressInfo).port;
}

const send = (
  url: string,
  transport = new PopTransport({ connectTimeoutMs: 2_000, readTimeoutMs: 2_000 }),
  signal?: AbortSignal,
): Promise<Answer> =>
  transport.send(
    {
      endpoint: { url, changedBy: "alicloud:endpoints" },
      version: "2016-04-28",
      action: "TagResources",
      parameters: { ResourceId: ["eip-1", "eip-2"], Tag: [{ Key: "k", Value: "" }] },
    },
    CREDENTIALS,
    signal,
  );

const withLimits = (options: PopTransportOptions) => new PopTransport(options);

describe("PopTransport", () => {
  it("posts the whole signed request as a form, arrays numbered from 1", async () => {
    const url = await listen((response) => {
      replyJson(response, 200, { RequestId: "R1" });
    });
    await send(url);
    const [seen] = server?.seen ?? [];
    expect([seen?.method, seen?.path]).toEqual(["POST", "/"]);
    expect(Object.fromEntries(seen?.form ?? [])).toMatchObject({
      Action: "TagResources",
      Version: "2016-04-28",
      Format: "JSON",
      AccessKeyId: "key-id",
      SecurityToken: "sts-token",
      "ResourceId.1": "eip-1",
      "ResourceId.2": "eip-2",
      "Tag.1.Key": "k",
      "Tag.1.Value": "",
    });
  });

  it("signs every try with a new nonce", async () => {
    const url = await listen((response) => {
      replyJson(response, 200, { RequestId: "R1" });
    });
    await send(url);
    await send(url);
    const nonces = server?.seen.map(({ form }) => form.get("SignatureNonce"));
    expect(new Set(nonces).size).toBe(2);
  });

  it("gives a reply as plain objects, with its request id and the server's time", async () => {
    const date = "Fri, 02 Jan 2026 03:04:05 GMT";
    const url = await listen((response) => {
      response.writeHead(200, { date });
      response.end('{"RequestId":"R1","Big":12345678901234567890,"List":[{"A":1}]}');
    });
    await expect(send(url)).resolves.toStrictEqual({
      kind: "success",
      body: { RequestId: "R1", Big: "12345678901234567890", List: [{ A: 1 }] },
      requestId: "R1",
      serverTime: Date.parse(date),
    });
  });

  it("tells a refusal by its code, with status, request id and the wait asked for", async () => {
    const url = await listen((response) => {
      replyJson(
        response,
        400,
        { RequestId: "R1", Code: "Throttling.User", Message: "Request was denied." },
        { "x-acs-retry-after": "1500" },
      );
    });
    await expect(send(url)).resolves.toMatchObject({
      kind: "refusal",
      code: "Throttling.User",
      message: "Request was denied.",
      requestId: "R1",
      status: 400,
      retryAfterMs: 1500,
    });
  });

  it("tells a refusal in a reply of status 200", async () => {
    const url = await listen((response) => {
      replyJson(response, 200, { RequestId: "R1", Code: "SystemBusy", Message: "busy" });
    });
    await expect(send(url)).resolves.toMatchObject({ kind: "refusal", code: "SystemBusy" });
  });

  it.each([
    ["an HTML page of a gateway", 502, "<html>Bad Gateway</html>", "HTTP status 502", false],
    ["JSON without a code under status 500", 500, '{"RequestId":"R1"}', "HTTP status 500", false],
    ["a success code under status 500", 500, '{"Code":"OK"}', "HTTP status 500", false],
    ["throttling by a proxy", 429, "slow down", "HTTP status 429", false],
    ["a proxy that wants a password", 407, "", "HTTP status 407", true],
    ["a redirect", 302, "", "HTTP status 302", true],
    ["an empty body", 200, "", "its answer was empty", false],
    ["text", 200, "hello", "its answer was not a JSON object", false],
    ["a JSON array", 200, "[1]", "its answer was not a JSON object", false],
    ["JSON null", 200, "null", "its answer was not a JSON object", false],
    ["half an object", 200, '{"RequestId":"R1","EipSeg', "its answer was not a JSON object", false],
  ])("takes %s for no answer", async (_, status, body, reason, lasting) => {
    const url = await listen((response) => {
      response.writeHead(status);
      response.end(body);
    });
    const answer = await send(url);
    expect(answer).toMatchObject({ kind: "silence", lasting, sent: true });
    expect(answer.kind === "silence" && answer.reason).toContain(reason);
  });

  it("keeps the request id of a gateway's page", async () => {
    const url = await listen((response) => {
      response.writeHead(502, { "x-acs-request-id": "R9" });
      response.end("<html></html>");
    });
    await expect(send(url)).resolves.toMatchObject({ kind: "silence", requestId: "R9" });
  });

  it.each([
    ["by its length", { "content-length": "1000" }],
    ["in chunks", { "transfer-encoding": "chunked" }],
  ])("notices an answer announced %s that breaks off", async (_, headers) => {
    const url = await listen((response) => {
      response.writeHead(200, headers);
      response.write('{"RequestId":"R1"', () => response.destroy());
    });
    await expect(send(url)).resolves.toMatchObject({
      kind: "silence",
      reason: "the connection was closed in the middle of the answer",
      sent: true,
    });
  });

  it("refuses an answer that is too large, without reading it to its end", async () => {
    const url = await listen((response) => {
      const flood = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, "x")));
      };
      response.on("drain", flood);
      flood();
    });
    const answer = await send(url, withLimits({ maxReplyBytes: 1_000_000 }));
    expect(answer).toMatchObject({ kind: "silence", lasting: true });
    expect(answer.kind === "silence" && answer.reason).toContain("larger than 1000000 bytes");
  });

  it("ends a read that takes too long, also when the answer has begun", async () => {
    const limits = () => withLimits({ readTimeoutMs: 100, connectTimeoutMs: 5_000 });
    const mute = await listen(() => undefined);
    const reason = "no complete answer within 0.1 s";
    await expect(send(mute, limits())).resolves.toMatchObject({ kind: "silence", reason, sent: true });
    await server?.close();
    const halfway = await listen((response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{");
    });
    await expect(send(halfway, limits())).resolves.toMatchObject({ kind: "silence", reason });
  });

  it("lets a slow answer take longer than the connect timeout", async () => {
    const url = await listen((response) => {
      setTimeout(() => {
        replyJson(response, 200, { RequestId: "R1" });
      }, 300);
    });
    const answer = await send(url, withLimits({ connectTimeoutMs: 100, readTimeoutMs: 5_000 }));
    expect(answer.kind).toBe("success");
  });

  it("ends a TLS handshake that nobody answers by the connect timeout", async () => {
    const port = await listenRaw(() => undefined);
    const answer = await send(
      `https://127.0.0.1:${port}`,
      withLimits({ connectTimeoutMs: 100, readTimeoutMs: 5_000 }),
    );
    expect(answer).toMatchObject({ kind: "silence", reason: "no connection within 0.1 s", sent: false });
  });

  it("says so when the other side does not speak TLS, or not HTTP", async () => {
    const port = await listenRaw((socket) => {
      socket.on("data", () => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    });
    await expect(send(`https://127.0.0.1:${port}`)).resolves.toMatchObject({
      kind: "silence",
      lasting: true,
      sent: false,
    });
    await expect(send(`http://127.0.0.1:${port}`)).resolves.toMatchObject({
      kind: "silence",
      reason: "the host does not answer in HTTP",
      lasting: true,
    });
  });

  it("says so when the connection is closed before any answer", async () => {
    const url = await listen((response) => response.destroy());
    await expect(send(url)).resolves.toMatchObject({
      kind: "silence",
      reason: "the connection was closed before the answer",
      lasting: false,
      sent: true,
    });
  });

  it("says so when nobody listens, or the host is unknown", async () => {
    const port = await listenRaw(() => undefined);
    await new Promise<void>((resolve) => {
      rawServer?.close(() => {
        resolve();
      });
    });
    rawServer = undefined;
    await expect(send(`http://127.0.0.1:${port}`)).resolves.toMatchObject({
      kind: "silence",
      reason: "the connection was refused",
      lasting: true,
      sent: false,
    });
    await expect(send("http://vpc.nowhere.invalid")).resolves.toMatchObject({
      kind: "silence",
      reason: "the host name is unknown",
      lasting: true,
    });
  });

  it("keeps connections and uses them again", async () => {
    const url = await listen((response) => {
      replyJson(response, 200, { RequestId: "R1" });
    });
    const transport = new PopTransport();
    await send(url, transport);
    await send(url, transport);
    const [first, second] = server?.seen ?? [];
    expect(second?.socket).toBe(first?.socket);
  });

  it("does not report a kept connection that the server closed meanwhile", async () => {
    const url = await listen((response, before, request) => {
      if (before === 1) {
        request.socket.destroy();
      } else {
        replyJson(response, 200, { RequestId: `R${before}` });
      }
    });
    const transport = new PopTransport();
    await send(url, transport);
    await expect(send(url, transport)).resolves.toMatchObject({ kind: "success", requestId: "R2" });
    expect(server?.seen).toHaveLength(3);
  });

  it("does not repeat a read that timed out on a kept connection", async () => {
    const url = await listen((response, before) => {
      if (before === 0) {
        replyJson(response, 200, {});
      }
    });
    const transport = withLimits({ readTimeoutMs: 100 });
    await send(url, transport);
    await expect(send(url, transport)).resolves.toMatchObject({ kind: "silence" });
    expect(server?.seen).toHaveLength(2);
  });

  it("throws the signal's reason when it is cancelled, before or during the try", async () => {
    const url = await listen(() => undefined);
    const reason = new Error("cancelled by the user");
    await expect(send(url, undefined, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const call = send(url, undefined, controller.signal);
    setTimeout(() => {
      controller.abort(reason);
    }, 50);
    await expect(call).rejects.toBe(reason);
  });

  it("goes through the agent it is given", async () => {
    const url = await listen((response) => {
      replyJson(response, 200, {});
    });
    const asked: string[] = [];
    const agentFor = (endpoint: URL, connection: string) => {
      asked.push(`${endpoint.origin} ${connection}`);
      return new Agent();
    };
    await send(url, withLimits({ agentFor }));
    expect(asked).toEqual([`${url} kept`]);
  });
});
