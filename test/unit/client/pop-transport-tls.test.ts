import { Agent, createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { PopTransport } from "../../../provider/client/pop-transport";

/** TLS with a shared key needs no certificate, and so no private key in the repository. */
const TLS = { ciphers: "PSK-AES128-GCM-SHA256", maxVersion: "TLSv1.2" } as const;
const KEY = Buffer.from("0123456789abcdef");

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise<void>((resolve) => {
    server?.close(() => {
      resolve();
    });
  });
});

describe("PopTransport over TLS", () => {
  it("counts the handshake as connecting and nothing after it", async () => {
    server = createServer({ ...TLS, pskCallback: () => KEY }, (_, response) => {
      setTimeout(() => response.end('{"RequestId":"R1"}'), 600);
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const agent = new Agent({
      ...TLS,
      keepAlive: true,
      pskCallback: () => ({ psk: KEY, identity: "test" }),
      checkServerIdentity: () => undefined,
    });
    const transport = new PopTransport({
      connectTimeoutMs: 400,
      readTimeoutMs: 5_000,
      agentFor: () => agent,
    });
    const request = {
      endpoint: { url: `https://127.0.0.1:${port}`, changedBy: "alicloud:endpoints" },
      version: "2016-04-28",
      action: "DescribeEipSegment",
      parameters: {},
    };
    const credentials = { accessKeyId: "key-id", accessKeySecret: "key-secret" };
    await expect(transport.send(request, credentials)).resolves.toMatchObject({ kind: "success" });
    await expect(transport.send(request, credentials)).resolves.toMatchObject({ kind: "success" });
    agent.destroy();
  });
});
