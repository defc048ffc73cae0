import { createServer } from "node:http";
import { connect } from "../../../cli/cloud/connection";
import { listenOnLoopback } from "../../engine/cli/support/loopback";

it("commands reach the cloud through the proxy of the environment, as the provider does", async () => {
  const asked: (string | undefined)[] = [];
  const proxy = createServer().on("connect", ({ url }, socket) => {
    asked.push(url);
    socket.destroy();
  });
  const { host, stop } = await listenOnLoopback(proxy);
  const before = process.env.HTTPS_PROXY;
  process.env.HTTPS_PROXY = `http://${host}`;
  const environment = {
    ALICLOUD_ACCESS_KEY: "id",
    ALICLOUD_SECRET_KEY: "secret",
    ALIBABA_CLOUD_ENDPOINT_VPC: "https://vpc.example",
  };
  const { api } = connect(environment);
  await expect(
    api.describeEipSegment({ regionId: "cn-hangzhou" }, { deadline: Date.now() }),
  ).rejects.toThrow();
  if (before === undefined) delete process.env.HTTPS_PROXY;
  else process.env.HTTPS_PROXY = before;
  stop();
  expect(asked).toContain("vpc.example:443");
});
