import { readSettings } from "../../../provider/settings/settings";
import { ConfigurationError } from "../../../provider/util/errors";
import { configOf } from "./support/config-of";

const read = (config: Record<string, unknown> = {}, environment: NodeJS.ProcessEnv = {}) =>
  readSettings(configOf(config), environment);

describe("readSettings", () => {
  it("has defaults for everything but the region", () => {
    const settings = read();
    expect(settings).toMatchObject({
      connectTimeoutMs: 5_000,
      readTimeoutMs: 10_000,
      ownershipTag: true,
      ignoreUnclaimed: [],
    });
    expect(settings).not.toHaveProperty("region");
    expect(settings).not.toHaveProperty("tokenSalt");
  });

  it.each([
    [{ "alicloud:region": "cn-beijing" }, { ALICLOUD_REGION: "cn-shanghai" }, "cn-beijing"],
    [{}, { ALICLOUD_REGION: "cn-shanghai", ALIBABA_CLOUD_REGION: "cn-qingdao" }, "cn-shanghai"],
    [{}, { ALIBABA_CLOUD_REGION: "cn-qingdao" }, "cn-qingdao"],
    [{ "alicloud:region": " " }, { ALICLOUD_REGION: " cn-shanghai " }, "cn-shanghai"],
  ])("reads the region from %p and %p as %s", (config, environment, region) => {
    expect(read(config, environment).region).toBe(region);
  });

  it("refuses a region that would change the host name", () => {
    const wrong = () => read({}, { ALICLOUD_REGION: "evil.example/#" });
    expect(wrong).toThrow(
      new ConfigurationError("ALICLOUD_REGION must be the id of a region, such as cn-hangzhou."),
    );
  });

  it("reads timeouts in ms from the stack first, then from the environment", () => {
    const environment = { CLIENT_CONNECT_TIMEOUT: "1500", CLIENT_READ_TIMEOUT: "60000" };
    expect(read({ "alicloud:clientReadTimeout": "30000" }, environment)).toMatchObject({
      connectTimeoutMs: 1_500,
      readTimeoutMs: 30_000,
    });
  });

  it.each(["0", "-1", "1.5", "fast", "1e999"])("refuses the timeout %s", (value) => {
    expect(() => read({}, { CLIENT_READ_TIMEOUT: value })).toThrow(
      "CLIENT_READ_TIMEOUT must be a whole number of milliseconds, at least 1.",
    );
  });

  it.each([
    ["false", false],
    ["true", true],
    ["False", false],
  ])("reads eipSegment:ownershipTag %s as %p", (value, expected) => {
    expect(read({ "eipSegment:ownershipTag": value }).ownershipTag).toBe(expected);
  });

  it("refuses another ownershipTag, naming key and values", () => {
    const wrong = () => read({ "eipSegment:ownershipTag": "off" });
    expect(wrong).toThrow("eipSegment:ownershipTag must be true or false.");
  });

  it("reads the salt and the segments to ignore", () => {
    const settings = read({
      "eipSegment:tokenSalt": "run-17",
      "eipSegment:ignoreUnclaimed": "eipsg-1, eipsg-2,",
    });
    expect(settings).toMatchObject({ tokenSalt: "run-17", ignoreUnclaimed: ["eipsg-1", "eipsg-2"] });
  });

  it("refuses other ids among the segments to ignore", () => {
    expect(() => read({ "eipSegment:ignoreUnclaimed": "eipsg-1,eip-2" })).toThrow(
      "eipSegment:ignoreUnclaimed must list ids of segments (eipsg-…), separated by commas.",
    );
  });

  it("does not look at credentials before they are asked for", async () => {
    const settings = read({ "alicloud:accessKey": "half" });
    await expect(settings.credentials.getCredentials()).rejects.toThrow("without its secret");
  });
});
