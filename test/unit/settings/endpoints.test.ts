import { readSettings } from "../../../provider/settings/settings";
import { configOf } from "./support/config-of";

const read = (config: Record<string, unknown> = {}, environment: NodeJS.ProcessEnv = {}) =>
  readSettings(configOf(config), environment).endpoint;

const vpc = (config: Record<string, unknown>, environment: NodeJS.ProcessEnv = {}) =>
  read(config, environment)("vpc", "cn-hangzhou").url;

describe("endpoints", () => {
  it("are the vendor's hosts of the region over HTTPS by default", () => {
    const endpoint = read();
    expect(endpoint("vpc", "cn-hangzhou").url).toBe("https://vpc.cn-hangzhou.aliyuncs.com");
    expect(endpoint("sts", "eu-central-1").url).toBe("https://sts.eu-central-1.aliyuncs.com");
  });

  it.each([
    [
      { "alicloud:endpoints": { vpc: "a.example" } },
      { ALIBABA_CLOUD_ENDPOINT_VPC: "b.example" },
      "a.example",
    ],
    [{ "alicloud:endpoints": [{ vpc: "a.example" }] }, {}, "a.example"],
    [{ "alicloud:endpoints": [{ ecs: "x.example" }, { vpc: "a.example" }] }, {}, "a.example"],
    [{}, { ALIBABA_CLOUD_ENDPOINT_VPC: "b.example", VPC_ENDPOINT: "c.example" }, "b.example"],
    [{}, { VPC_ENDPOINT: "c.example" }, "c.example"],
    [{ "alicloud:endpoints": { sts: "s.example" } }, { VPC_ENDPOINT: "c.example" }, "c.example"],
    [{ "alicloud:endpoints": { vpc: "" } }, { VPC_ENDPOINT: "c.example" }, "c.example"],
    [{ "alicloud:endpoints": { vpc: null } }, {}, "vpc.cn-hangzhou.aliyuncs.com"],
  ])("with %p and %p are at %s", (config, environment, host) => {
    expect(vpc(config, environment)).toBe(`https://${host}`);
  });

  it("of STS have their own settings", () => {
    const environment = { ALIBABA_CLOUD_ENDPOINT_STS: "s.example", STS_ENDPOINT: "t.example" };
    expect(read({}, environment)("sts", "cn-hangzhou").url).toBe("https://s.example");
    expect(read({ "alicloud:endpoints": { sts: "u.example" } }, environment)("sts", "cn-hangzhou").url).toBe(
      "https://u.example",
    );
  });

  it.each([
    ["proxy.example:8443", "https://proxy.example:8443"],
    ["https://proxy.example/", "https://proxy.example"],
    ["http://127.0.0.1:43123", "http://127.0.0.1:43123"],
    ["http://localhost:43123", "http://localhost:43123"],
    ["http://[::1]:43123", "http://[::1]:43123"],
  ])("given as %s are %s", (value, url) => {
    expect(vpc({}, { VPC_ENDPOINT: value })).toBe(url);
  });

  it("take plain HTTP to another machine only when the protocol says so", () => {
    const environment = { VPC_ENDPOINT: "http://gateway.example" };
    expect(() => vpc({}, environment)).toThrow(
      "VPC_ENDPOINT sets unencrypted HTTP to gateway.example, which would show everything but the secret key on the " +
        "wire: use https://, or set alicloud:protocol to HTTP.",
    );
    expect(() => vpc({}, { VPC_ENDPOINT: "http://127.0.0.1.example" })).toThrow("unencrypted HTTP");
    expect(vpc({ "alicloud:protocol": "HTTP" }, environment)).toBe("http://gateway.example");
  });

  it("follow the protocol where no scheme is given", () => {
    const config = { "alicloud:protocol": "http" };
    expect(vpc(config)).toBe("http://vpc.cn-hangzhou.aliyuncs.com");
    expect(vpc(config, { VPC_ENDPOINT: "gateway.example" })).toBe("http://gateway.example");
    expect(vpc(config, { VPC_ENDPOINT: "https://gateway.example" })).toBe("https://gateway.example");
  });

  it("refuse another protocol", () => {
    expect(() => read({ "alicloud:protocol": "FTP" })).toThrow("alicloud:protocol must be HTTPS or HTTP.");
  });

  it.each([
    "ftp://host",
    "https://user:hunter2@host",
    "https://host/path",
    "https://host?x=hunter2",
    "https://host#hunter2",
    "two words",
    "https://",
  ])("refuse %s without quoting it", (value) => {
    const wrong = () => vpc({ "alicloud:endpoints": { vpc: value } });
    expect(wrong).toThrow(
      "alicloud:endpoints must name a host, such as vpc.cn-hangzhou.aliyuncs.com or https://host:port.",
    );
  });

  it.each(["not json", "7", '"text"', "[1]", "null", "[[]]"])("refuse the block %s", (value) => {
    expect(() => vpc({ "alicloud:endpoints": value })).toThrow(
      "alicloud:endpoints must be a JSON object, or a list of JSON objects.",
    );
  });

  it("refuse a list where one host belongs", () => {
    expect(() => vpc({ "alicloud:endpoints": { vpc: ["a.example"] } })).toThrow(
      "alicloud:endpoints: vpc must be a single value.",
    );
  });

  it("name the settings that change them", () => {
    expect(read()("vpc", "cn-hangzhou").changedBy).toBe("alicloud:endpoints or ALIBABA_CLOUD_ENDPOINT_VPC");
    expect(read()("sts", "cn-hangzhou").changedBy).toBe("alicloud:endpoints or ALIBABA_CLOUD_ENDPOINT_STS");
  });

  it("refuse a region id that would change the host", () => {
    expect(() => read()("vpc", "evil.example/#")).toThrow("regionId must be the id of a region");
  });
});
