import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { agentChooser, PopTransport } from "../../../provider/client/pop-transport";

const endpoint = new URL("http://vpc.cn-hangzhou.example");

it("keeps one agent for an endpoint and a new one for every connection that must be new", () => {
  const agentFor = agentChooser(() => "");
  expect(agentFor(endpoint, "kept")).toBe(agentFor(endpoint, "kept"));
  expect(agentFor(endpoint, "new")).not.toBe(agentFor(endpoint, "kept"));
});

it("chooses another agent when the proxy of an endpoint changes", () => {
  let proxy = "";
  const agentFor = agentChooser(() => proxy);
  const straight = agentFor(endpoint, "kept");
  proxy = "http://proxy.example:3128";
  expect(agentFor(endpoint, "kept")).not.toBe(straight);
});

it("sends a request through the proxy", async () => {
  const seen: IncomingMessage[] = [];
  const proxy = createServer((request, response) => {
    seen.push(request);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ RequestId: "A", TotalCount: 0 }));
  }).listen(0, "127.0.0.1");
  try {
    await new Promise((resolve) => proxy.once("listening", resolve));
    const { port } = proxy.address() as AddressInfo;
    const transport = new PopTransport({ agentFor: agentChooser(() => `http://127.0.0.1:${port}`) });
    const answer = await transport.send(
      {
        action: "DescribeEipSegment",
        version: "2016-04-28",
        endpoint: { url: endpoint.origin, changedBy: "a setting" },
        parameters: { RegionId: "cn-hangzhou" },
      },
      { accessKeyId: "id", accessKeySecret: "secret" },
    );
    expect(answer).toMatchObject({ kind: "success" });
    expect(seen.map(({ url, headers }) => [url, headers.host])).toEqual([
      [`${endpoint.origin}/`, endpoint.host],
    ]);
  } finally {
    proxy.closeAllConnections();
    proxy.close();
  }
});
