import { PopTransport } from "../../../provider/client/pop-transport";
import { send } from "./support/send";
import { replyJson, useTestServers } from "./support/test-server";

const servers = useTestServers();

describe("PopTransport", () => {
  it("posts the whole signed request as a form, arrays numbered from 1", async () => {
    const url = await servers.listen((response) => {
      replyJson(response, 200, { RequestId: "R1" });
    });
    await send(url);
    const [seen] = servers.seen;
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
    const url = await servers.listen((response) => {
      replyJson(response, 200, { RequestId: "R1" });
    });
    await send(url);
    await send(url);
    const nonces = servers.seen.map(({ form }) => form.get("SignatureNonce"));
    expect(new Set(nonces).size).toBe(2);
  });

  it("gives a reply as plain objects, with its request id and the server's time", async () => {
    const date = "Fri, 02 Jan 2026 03:04:05 GMT";
    const url = await servers.listen((response) => {
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
    const url = await servers.listen((response) => {
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
    const url = await servers.listen((response) => {
      replyJson(response, 200, { RequestId: "R1", Code: "SystemBusy", Message: "busy" });
    });
    await expect(send(url)).resolves.toMatchObject({ kind: "refusal", code: "SystemBusy" });
  });

  it.each(["200", "202", "0", "OK", "success", "SUCCESS"])("takes the code %s for success", async (code) => {
    const url = await servers.listen((response) => {
      replyJson(response, 200, { RequestId: "R1", Code: code });
    });
    await expect(send(url)).resolves.toMatchObject({ kind: "success" });
  });

  it.each([
    ["an HTML page of a gateway", 502, "<html>Bad Gateway</html>", "HTTP status 502", false],
    ["JSON without a code under status 500", 500, '{"RequestId":"R1"}', "HTTP status 500", false],
    ["a success code under status 500", 500, '{"Code":"OK"}', "HTTP status 500", false],
    ["throttling by a proxy", 429, "slow down", "HTTP status 429", false],
    ["a proxy that wants a password", 407, "", "HTTP status 407", true],
    ["a redirect", 302, "", "HTTP status 302", true],
    ["an empty body", 200, "", "the response was empty", false],
    ["text", 200, "hello", "the response was not a JSON object", false],
    ["a JSON array", 200, "[1]", "the response was not a JSON object", false],
    ["JSON null", 200, "null", "the response was not a JSON object", false],
    ["half an object", 200, '{"RequestId":"R1","EipSeg', "the response was not a JSON object", false],
  ])("takes %s for no answer", async (_, status, body, reason, isLasting) => {
    const url = await servers.listen((response) => {
      response.writeHead(status);
      response.end(body);
    });
    const answer = await send(url);
    expect(answer).toMatchObject({ kind: "transportFailure", isLasting, wasSent: true });
    expect(answer.kind === "transportFailure" && answer.reason).toContain(reason);
  });

  it("keeps the request id of a gateway's page", async () => {
    const url = await servers.listen((response) => {
      response.writeHead(502, { "x-acs-request-id": "R9" });
      response.end("<html></html>");
    });
    await expect(send(url)).resolves.toMatchObject({ kind: "transportFailure", requestId: "R9" });
  });

  it.each([
    ["by its length", { "content-length": "1000" }],
    ["in chunks", { "transfer-encoding": "chunked" }],
  ])("notices an answer announced %s that breaks off", async (_, headers) => {
    const url = await servers.listen((response) => {
      response.writeHead(200, headers);
      response.write('{"RequestId":"R1"', () => response.destroy());
    });
    await expect(send(url)).resolves.toMatchObject({
      kind: "transportFailure",
      reason: "the connection was closed in the middle of the response",
      wasSent: true,
    });
  });

  it("refuses an answer that is too large, without reading it to its end", async () => {
    const url = await servers.listen((response) => {
      const flood = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, "x")));
      };
      response.on("drain", flood);
      flood();
    });
    const answer = await send(url, new PopTransport({ maxReplyBytes: 1_000_000 }));
    expect(answer).toMatchObject({ kind: "transportFailure", isLasting: true });
    expect(answer.kind === "transportFailure" && answer.reason).toContain("larger than 1000000 bytes");
  });

  it("ends a read that takes too long, also when the answer has begun", async () => {
    const limits = () => new PopTransport({ readTimeoutMs: 100, connectTimeoutMs: 5_000 });
    const mute = await servers.listen(() => undefined);
    const reason = "no complete response within 0.1 s (setting alicloud:clientReadTimeout)";
    await expect(send(mute, limits())).resolves.toMatchObject({
      kind: "transportFailure",
      reason,
      wasSent: true,
    });
    await servers.close();
    const halfway = await servers.listen((response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{");
    });
    await expect(send(halfway, limits())).resolves.toMatchObject({ kind: "transportFailure", reason });
  });

  it("lets a slow answer take longer than the connect timeout", async () => {
    const url = await servers.listen((response) => {
      setTimeout(() => {
        replyJson(response, 200, { RequestId: "R1" });
      }, 300);
    });
    const answer = await send(url, new PopTransport({ connectTimeoutMs: 100, readTimeoutMs: 5_000 }));
    expect(answer.kind).toBe("success");
  });

  it("ends a TLS handshake that nobody answers by the connect timeout", async () => {
    const port = await servers.listenRaw(() => undefined);
    const answer = await send(
      `https://127.0.0.1:${port}`,
      new PopTransport({ connectTimeoutMs: 100, readTimeoutMs: 5_000 }),
    );
    expect(answer).toMatchObject({
      kind: "transportFailure",
      reason: "no connection within 0.1 s (setting alicloud:clientConnectTimeout)",
      wasSent: false,
    });
  });

  it("says so when the other side does not speak TLS, or not HTTP", async () => {
    const port = await servers.listenRaw((socket) => {
      socket.on("data", () => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    });
    await expect(send(`https://127.0.0.1:${port}`)).resolves.toMatchObject({
      kind: "transportFailure",
      isLasting: true,
      wasSent: false,
    });
    await expect(send(`http://127.0.0.1:${port}`)).resolves.toMatchObject({
      kind: "transportFailure",
      reason: "the host does not speak HTTP",
      isLasting: true,
    });
  });

  it("says so when the connection is closed before any answer", async () => {
    const url = await servers.listen((response) => response.destroy());
    await expect(send(url)).resolves.toMatchObject({
      kind: "transportFailure",
      reason: "the connection was closed before the response",
      isLasting: false,
      wasSent: true,
    });
    expect(servers.seen).toHaveLength(1);
  });

  it("says so when nobody listens, or the host is unknown", async () => {
    const port = await servers.listenRaw(() => undefined);
    await servers.close();
    await expect(send(`http://127.0.0.1:${port}`)).resolves.toMatchObject({
      kind: "transportFailure",
      reason: "the connection was refused",
      isLasting: true,
      wasSent: false,
    });
    await expect(send("http://vpc.nowhere.invalid")).resolves.toMatchObject({
      kind: "transportFailure",
      reason: "the host name is unknown",
      isLasting: true,
    });
  });
});
