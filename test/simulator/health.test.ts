import { networkInterfaces } from "node:os";
import { type Simulator, startSimulator } from "../../simulator";
import { operations } from "../../simulator/operations";
import { packageVersion } from "../../simulator/package-version";
import { PopClient } from "./support/pop-client";
import { protocolParameters, rawCall } from "./support/raw-call";

let running: Simulator | undefined;
const start = async (...args: Parameters<typeof startSimulator>): Promise<Simulator> =>
  (running = await startSimulator(...args));

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const version = packageVersion();
const endless = { kind: "time", allocateMs: Infinity, releaseMs: 0 } as const;
const marker = "x-eip-segment-simulator";

test("health names the version, the operations and the settings, and no key", async () => {
  const key = { accessKeyId: "reader-id", accessKeySecret: "reader-secret", securityToken: "reader-token" };
  const account = { accountId: "1000000000000001", ...key };
  const { endpoint } = await start({
    accounts: [account, { ...account, accessKeyId: "b" }],
    quota: 7,
    progression: endless,
  });
  const response = await fetch(`${endpoint}/_simulator/health`);
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(text).not.toMatch(/reader/);
  expect(JSON.parse(text)).toEqual({
    version,
    operations: [...operations.keys()].sort(),
    accounts: ["1000000000000001"],
    settings: expect.objectContaining({
      quota: 7,
      progression: { kind: "time", allocateMs: "Infinity", releaseMs: 0 },
      rateLimits: true,
    }) as unknown,
  });
});

test("health shows the settings as POST configure takes them", async () => {
  const { endpoint } = await start({ progression: endless });
  const settingsOf = async () =>
    ((await (await fetch(`${endpoint}/_simulator/health`)).json()) as { settings: Record<string, unknown> })
      .settings;
  const settings = await settingsOf();
  const body = JSON.stringify({ ...settings, quota: 64 });
  expect((await fetch(`${endpoint}/_simulator/configure`, { method: "POST", body })).status).toBe(200);
  expect(await settingsOf()).toEqual({ ...settings, quota: 64 });
});

test.each([
  ["a refusal", "/?Action=DescribeRegions", 400],
  ["an unknown control path", "/_simulator/nonsense", 404],
  ["an answer of the control path", "/_simulator/segments", 200],
])("%s carries the simulator's header", async (_, path, status) => {
  const { endpoint } = await start();
  const response = await fetch(endpoint + path);
  expect(response.status).toBe(status);
  expect(response.headers.get(marker)).toBe(version);
});

test.each(["html502", "emptyBody", "truncatedBody"] as const)(
  "a reply with the fault %s carries it too",
  async (kind) => {
    const simulator = await start();
    simulator.addFault({ action: "*", kind });
    const query = protocolParameters("DescribeRegions", new Date().toISOString());
    expect((await rawCall(simulator.endpoint, { query })).headers.get(marker)).toBe(version);
  },
);

describe("the host", () => {
  /** An address of this machine that is not loopback. */
  const outside = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .find(({ internal, family }) => !internal && family === "IPv4")?.address;

  it("is loopback alone by default", async () => {
    const { endpoint } = await start();
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { port } = new URL(endpoint);
    await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow("fetch failed");
  });

  it("opens the other addresses when it is 0.0.0.0, and the environment names the one that was asked", async () => {
    const { endpoint } = await start({ host: "0.0.0.0" });
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const elsewhere = endpoint.replace("127.0.0.1", outside ?? "127.0.0.2");
    const environment = (await (await fetch(`${elsewhere}/_simulator/environment`)).json()) as Record<
      string,
      string
    >;
    expect(environment).toMatchObject({
      ALIBABA_CLOUD_ENDPOINT_VPC: elsewhere,
      ALIBABA_CLOUD_ENDPOINT_STS: elsewhere,
    });
    const client = new PopClient({ endpoint: elsewhere });
    expect((await client.call("DescribeRegions")).Regions.Region.length).toBeGreaterThan(0);
  });

  it("may be an IPv6 address", async () => {
    const { endpoint } = await start({ host: "::1" });
    expect(endpoint).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await fetch(`${endpoint}/_simulator/health`)).status).toBe(200);
  });
});
