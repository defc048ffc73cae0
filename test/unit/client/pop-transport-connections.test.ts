import { Agent } from "node:http";
import { PopTransport } from "../../../provider/client/pop-transport";
import { send } from "./support/send";
import { replyJson, useTestServers } from "./support/test-server";

const servers = useTestServers();

describe("PopTransport, connections", () => {
  it("keeps connections and uses them again", async () => {
    const url = await servers.listen((response) => {
      replyJson(response, 200, { RequestId: "R1" });
    });
    const transport = new PopTransport();
    await send(url, transport);
    await send(url, transport);
    const [first, second] = servers.seen;
    expect(second?.socket).toBe(first?.socket);
  });

  it("does not report a kept connection that the server closed meanwhile", async () => {
    const url = await servers.listen((response, before, request) => {
      if (before === 1) {
        request.socket.destroy();
      } else {
        replyJson(response, 200, { RequestId: `R${before}` });
      }
    });
    const transport = new PopTransport();
    await send(url, transport);
    await expect(send(url, transport)).resolves.toMatchObject({ kind: "success", requestId: "R2" });
    expect(servers.seen).toHaveLength(3);
  });

  it("does not repeat a read that timed out on a kept connection", async () => {
    const url = await servers.listen((response, before) => {
      if (before === 0) {
        replyJson(response, 200, {});
      }
    });
    const transport = new PopTransport({ readTimeoutMs: 100 });
    await send(url, transport);
    await expect(send(url, transport)).resolves.toMatchObject({ kind: "transportFailure" });
    expect(servers.seen).toHaveLength(2);
  });

  it("goes through the agent it is given", async () => {
    const url = await servers.listen((response) => {
      replyJson(response, 200, {});
    });
    const asked: string[] = [];
    const agentFor = (endpoint: URL, connection: string) => {
      asked.push(`${endpoint.origin} ${connection}`);
      return new Agent();
    };
    await send(url, new PopTransport({ agentFor }));
    expect(asked).toEqual([`${url} kept`]);
  });
});
