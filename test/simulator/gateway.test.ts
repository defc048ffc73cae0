import { codeOf, protocolParameters, rawCall } from "./support/raw-call";
import { PopClient } from "./support/pop-client";
import { useSimulator } from "./support/use-simulator";

const temporary = {
  accountId: "1111111111111111",
  accessKeyId: "temporary",
  accessKeySecret: "temporary-secret",
  securityToken: "token+/=",
};
const context = useSimulator({
  accounts: [
    {
      accountId: "1234567890123456",
      accessKeyId: "simulator-access-key-id",
      accessKeySecret: "simulator-access-key-secret",
    },
    {
      accountId: "1111111111111111",
      accessKeyId: "inactive",
      accessKeySecret: "inactive-secret",
      active: false,
    },
    temporary,
  ],
});

const send = (changes: Record<string, string | undefined>, signature?: string): Promise<string> => {
  const query = { ...protocolParameters("DescribeRegions", context.clock.timestamp()), ...changes };
  const present = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const call = { query: Object.fromEntries(present), ...(signature === undefined ? {} : { signature }) };
  return rawCall(context.simulator.endpoint, call).then(codeOf);
};

test.each([["GET"], ["POST"]] as const)("pop-core may sign a %s request", async (method) => {
  const { endpoint } = context.simulator;
  const timestamp = () => context.clock.timestamp();
  const reply = await new PopClient({ endpoint, method, timestamp }).call("DescribeRegions");
  expect(reply.Regions.Region.length).toBeGreaterThan(30);
  expect(context.simulator.log).toMatchObject([{ method, signature: "1.0", action: "DescribeRegions" }]);
});

test("a signature may cover parameters in the query and in the form together", async () => {
  const {
    Action = "",
    Version = "",
    ...rest
  } = protocolParameters("DescribeZones", context.clock.timestamp());
  const response = await rawCall(context.simulator.endpoint, {
    query: { Action, Version },
    form: { ...rest, RegionId: "cn-hangzhou" },
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toHaveProperty("Zones.Zone.0.ZoneId", "cn-hangzhou-a");
});

test("a signature may cover parameters in the query of a POST without a body", async () => {
  const query = protocolParameters("DescribeRegions", context.clock.timestamp());
  expect((await rawCall(context.simulator.endpoint, { query })).status).toBe(200);
});

test("every answer carries its RequestId in an upper-case body field and in a header", async () => {
  const query = protocolParameters("DescribeRegions", context.clock.timestamp());
  const response = await rawCall(context.simulator.endpoint, { query });
  const { RequestId } = (await response.json()) as { RequestId: string };
  expect(RequestId).toMatch(/^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  expect(response.headers.get("x-acs-request-id")).toBe(RequestId);
});

test("an error has exactly the documented fields", async () => {
  const refusal = await context.refusal("DescribeEipSegment", { RegionId: "cn-atlantis" });
  expect(refusal).toMatchObject({ status: 404, code: "Forbidden.RegionNotFound" });
  expect(Object.keys(refusal.body).sort()).toEqual(["Code", "HostId", "Message", "Recommend", "RequestId"]);
  expect(refusal.body.Recommend).toContain("https://api.aliyun.com/troubleshoot?q=Forbidden.RegionNotFound");
});

test.each([
  ["no Action", { Action: undefined }, "400 MissingAction"],
  ["an unknown Action", { Action: "RunInstances" }, "404 InvalidApi.NotFound"],
  ["an operation of the other product", { Version: "2015-04-01" }, "404 InvalidApi.NotFound"],
  ["no Version", { Version: undefined }, "400 MissingVersion"],
  ["an unknown Version", { Version: "2014-05-26" }, "400 InvalidParameter"],
  ["no AccessKeyId", { AccessKeyId: undefined }, "400 MissingAccessKeyId"],
  ["an unknown AccessKeyId", { AccessKeyId: "nobody" }, "404 InvalidAccessKeyId.NotFound"],
  ["a disabled AccessKeyId", { AccessKeyId: "inactive" }, "400 InvalidAccessKeyId.Inactive"],
  ["no Timestamp", { Timestamp: undefined }, "400 MissingTimestamp"],
  ["a local time", { Timestamp: "2026-01-02 03:04:05" }, "400 InvalidTimeStamp.Format"],
  ["a month 13", { Timestamp: "2026-13-02T03:04:05Z" }, "400 InvalidTimeStamp.Format"],
  ["a time 16 minutes ago", { Timestamp: "2026-01-02T02:48:05Z" }, "400 InvalidTimeStamp.Expired"],
  ["a time 16 minutes ahead", { Timestamp: "2026-01-02T03:20:06Z" }, "400 InvalidTimeStamp.Expired"],
  ["no SignatureNonce", { SignatureNonce: undefined }, "400 MissingSignatureNonce"],
  ["another signature method", { SignatureMethod: "HMAC-SHA256" }, "400 IncompleteSignature"],
  ["another signature version", { SignatureVersion: "2.0" }, "400 IncompleteSignature"],
  ["a token for a lasting key", { SecurityToken: "x" }, "400 InvalidSecurityToken.MismatchWithAccessKey"],
])("the gateway refuses %s", async (_what, changes, answer) => {
  expect(await send(changes)).toBe(answer);
});

test("the gateway refuses a wrong and a missing signature", async () => {
  expect(await send({}, "bm90IHRoZSBzaWduYXR1cmU=")).toBe("400 SignatureDoesNotMatch");
  expect(await send({}, "")).toBe("400 IncompleteSignature");
  const wrongSecret = context.clientOf("simulator-access-key-id", "wrong");
  expect(await wrongSecret.refusal("DescribeRegions")).toMatchObject({
    status: 400,
    code: "SignatureDoesNotMatch",
    message: expect.stringContaining("server string to sign is:POST&%2F&") as unknown,
  });
});

test("a time 15 minutes off is accepted", async () => {
  await expect(context.call("DescribeRegions", { Timestamp: "2026-01-02T02:49:05Z" })).resolves.toBeDefined();
});

test("a nonce is refused when it comes again within 15 minutes, and accepted later", async () => {
  await context.call("DescribeRegions", { SignatureNonce: "same" });
  context.clock.advance(14 * 60_000);
  expect((await context.refusal("DescribeRegions", { SignatureNonce: "same" })).code).toBe(
    "SignatureNonceUsed",
  );
  context.clock.advance(60_000);
  await expect(context.call("DescribeRegions", { SignatureNonce: "same" })).resolves.toBeDefined();
});

test("a request with a wrong signature does not use its nonce up", async () => {
  expect(await send({ SignatureNonce: "same" }, "d3Jvbmc=")).toBe("400 SignatureDoesNotMatch");
  await expect(context.call("DescribeRegions", { SignatureNonce: "same" })).resolves.toBeDefined();
});

test("a temporary key needs its own token while that is valid", async () => {
  const { endpoint } = context.simulator;
  const options = { endpoint, ...temporary, timestamp: () => context.clock.timestamp() };
  await expect(new PopClient(options).call("DescribeRegions")).resolves.toBeDefined();
  const other = new PopClient({ ...options, securityToken: "other" });
  expect((await other.refusal("DescribeRegions")).code).toBe("InvalidSecurityToken.MismatchWithAccessKey");
  expect((await context.clientOf("temporary").refusal("DescribeRegions")).code).toBe("MissingSecurityToken");
  const securityTokenExpiresAt = context.clock.now();
  context.simulator.configure({ accounts: [{ ...temporary, securityTokenExpiresAt }] });
  expect((await new PopClient(options).refusal("DescribeRegions")).code).toBe("InvalidSecurityToken.Expired");
});

test("other paths and methods are refused", async () => {
  const { endpoint } = context.simulator;
  const query = protocolParameters("DescribeRegions", context.clock.timestamp());
  expect(await rawCall(endpoint, { path: "/api", query }).then(codeOf)).toBe("404 InvalidApi.NotFound");
  expect(await rawCall(endpoint, { method: "PUT", query }).then(codeOf)).toBe("400 UnsupportedHTTPMethod");
});

test("HEAD is allowed for DescribeEipAddresses and has no body", async () => {
  const query = {
    ...protocolParameters("DescribeEipAddresses", context.clock.timestamp()),
    RegionId: "cn-hangzhou",
  };
  const response = await rawCall(context.simulator.endpoint, { method: "HEAD", query });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("");
});

test("an unreadable Format is refused", async () => {
  const query = { ...protocolParameters("DescribeRegions", context.clock.timestamp()), Format: "YAML" };
  const response = await rawCall(context.simulator.endpoint, { query });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("<Code>InvalidParameter.Format</Code>");
});

test("requests are logged without signature, keys and tokens", async () => {
  const { endpoint } = context.simulator;
  const options = { endpoint, ...temporary, timestamp: () => context.clock.timestamp() };
  await new PopClient(options).call("DescribeEipSegment", { RegionId: "cn-hangzhou", PageSize: 50 });
  expect(context.simulator.log).toEqual([
    expect.objectContaining({
      sequence: 1,
      action: "DescribeEipSegment",
      regionId: "cn-hangzhou",
      accountId: "1111111111111111",
      parameters: { RegionId: "cn-hangzhou", PageSize: "50" },
      status: 200,
      code: undefined,
    }),
  ]);
  expect(JSON.stringify(context.simulator.log)).not.toContain("temporary");
});

test("a refused request is logged with its code and without an account it could not prove", async () => {
  await context.clientOf("nobody").refusal("DescribeRegions");
  expect(context.simulator.log).toMatchObject([
    { status: 404, code: "InvalidAccessKeyId.NotFound", accountId: undefined },
  ]);
});
