import { credentialPrecedence, createCredentials } from "../../../provider/settings/credentials";
import { SettingReader } from "../../../provider/settings/setting-reader";
import { readSettings } from "../../../provider/settings/settings";
import { ConfigurationError } from "../../../provider/util/errors";
import { configOf } from "./support/config-of";
import { removeTemporaryFolders, writeProfiles } from "./support/profile-file";
import { stubVendorProviders, type Asked } from "./support/vendor-providers";

let asked: Asked[];
beforeEach(() => {
  asked = stubVendorProviders();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(removeTemporaryFolders);

const sts = { stsEndpoint: undefined, region: undefined };

function credentialsOf(config: Record<string, unknown>, environment: NodeJS.ProcessEnv = {}) {
  const chain = jest.fn(() =>
    Promise.resolve({
      name: "the chain",
      provider: {
        getProviderName: () => "chain",
        getCredentials: () =>
          Promise.resolve({
            accessKeyId: "chain",
            accessKeySecret: "s",
            securityToken: "",
            providerName: "",
          }),
      },
    }),
  );
  const source = createCredentials(new SettingReader(configOf(config), environment), sts, chain);
  return { source, chain };
}

const idOf = async (config: Record<string, unknown>, environment: NodeJS.ProcessEnv = {}) =>
  (await credentialsOf(config, environment).source.getCredentials()).accessKeyId;

/** Each row of the precedence: what sets it, and the access key id it yields. */
function rows(file: string): { set: { config?: object; environment?: NodeJS.ProcessEnv }; id: string }[] {
  const oidc = { oidcProviderArn: "p", oidcTokenFile: "f" };
  return [
    { set: { config: { "alicloud:accessKey": "a1", "alicloud:secretKey": "s1" } }, id: "a1" },
    { set: { config: { "alicloud:profile": "one" } }, id: "p1" },
    { set: { config: { "alicloud:ecsRoleName": "r1" } }, id: "ecs r1" },
    { set: { config: { "alicloud:assumeRoleWithOidc": { ...oidc, roleArn: "o1" } } }, id: "oidc o1" },
    { set: { config: { "alicloud:credentialsUri": "http://127.0.0.1/1" } }, id: "uri http://127.0.0.1/1" },
    { set: { environment: { ALICLOUD_ACCESS_KEY: "a2", ALICLOUD_SECRET_KEY: "s2" } }, id: "a2" },
    { set: { environment: { ALICLOUD_PROFILE: "two" } }, id: "p2" },
    { set: { environment: { ALICLOUD_ECS_ROLE_NAME: "r2" } }, id: "ecs r2" },
    {
      set: {
        environment: {
          ALIBABA_CLOUD_ROLE_ARN: "o2",
          ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "p",
          ALIBABA_CLOUD_OIDC_TOKEN_FILE: "f",
        },
      },
      id: "oidc o2",
    },
    {
      set: { environment: { ALICLOUD_CREDENTIALS_URI: "http://127.0.0.1/2" } },
      id: "uri http://127.0.0.1/2",
    },
  ].map((row) => ({
    ...row,
    set: { ...row.set, environment: { ...row.set.environment, ALICLOUD_SHARED_CREDENTIALS_FILE: file } },
  }));
}

describe("the precedence of credentials", () => {
  let file: string;
  beforeAll(() => {
    file = writeProfiles([
      { name: "one", mode: "AK", access_key_id: "p1", access_key_secret: "s" },
      { name: "two", mode: "AK", access_key_id: "p2", access_key_secret: "s" },
    ]);
  });

  it.each(credentialPrecedence.map((row, index) => [index, row.kind, row.place] as const))(
    "row %i: %s from the %s wins over all later rows and the default chain",
    async (index) => {
      const later = rows(file).slice(index);
      const config = Object.assign({}, ...later.map(({ set }) => set.config)) as Record<string, unknown>;
      const environment = Object.assign({}, ...later.map(({ set }) => set.environment)) as NodeJS.ProcessEnv;
      expect(await idOf(config, environment)).toBe(rows(file)[index]?.id);
    },
  );

  it("ends with the default chain", async () => {
    expect(await idOf({})).toBe("chain");
  });
});

describe("an access key", () => {
  it("is used with its security token from the same place", async () => {
    const environment = {
      ALICLOUD_ACCESS_KEY: "a",
      ALICLOUD_SECRET_KEY: "s",
      ALICLOUD_SECURITY_TOKEN: "t",
    };
    const ofEnvironment = credentialsOf({}, environment).source;
    await expect(ofEnvironment.getCredentials()).resolves.toStrictEqual({
      accessKeyId: "a",
      accessKeySecret: "s",
      securityToken: "t",
    });
    const ofStack = credentialsOf(
      { "alicloud:accessKey": "b", "alicloud:secretKey": "s" },
      environment,
    ).source;
    await expect(ofStack.getCredentials()).resolves.toStrictEqual({ accessKeyId: "b", accessKeySecret: "s" });
  });

  it.each([
    [
      { "alicloud:accessKey": "a" },
      {},
      "alicloud:accessKey is set without its secret: set alicloud:secretKey (with --secret).",
    ],
    [
      { "alicloud:secretKey": "hunter2" },
      { ALICLOUD_ACCESS_KEY: "a", ALICLOUD_SECRET_KEY: "s" },
      "alicloud:secretKey is set without its access key id: set alicloud:accessKey (with --secret).",
    ],
    [
      {},
      { ALIBABA_CLOUD_ACCESS_KEY_ID: "a" },
      "ALIBABA_CLOUD_ACCESS_KEY_ID is set without its secret: set ALICLOUD_SECRET_KEY, or " +
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET, or ALIBABACLOUD_ACCESS_KEY_SECRET.",
    ],
  ])(
    "that is half set by %p and %p is an error that names the other half",
    async (config, environment, message) => {
      const { source, chain } = credentialsOf(config, environment);
      await expect(source.getCredentials()).rejects.toThrow(new ConfigurationError(message));
      expect(chain).not.toHaveBeenCalled();
    },
  );
});

describe("roles", () => {
  const keys = { "alicloud:accessKey": "a", "alicloud:secretKey": "s" };

  it("are assumed with what was found, by the settings of the block", async () => {
    const assumeRole = {
      roleArn: "acs:ram::1:role/x",
      sessionName: "ci",
      sessionExpiration: 900,
      policy: "{}",
      externalId: "e",
    };
    expect(await idOf({ ...keys, "alicloud:assumeRole": [assumeRole] })).toBe("role acs:ram::1:role/x");
    expect(asked[0]).toMatchObject({
      roleSessionName: "ci",
      durationSeconds: 900,
      policy: "{}",
      externalId: "e",
      stsEndpoint: "sts.aliyuncs.com",
    });
    await expect(asked[0]?.credentialsProvider?.getCredentials()).resolves.toMatchObject({
      accessKeyId: "a",
    });
  });

  it("take what the block leaves out from the environment", async () => {
    const environment = {
      ALICLOUD_ASSUME_ROLE_ARN: "acs:ram::1:role/y",
      ALICLOUD_ASSUME_ROLE_SESSION_NAME: "env",
      ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION: "1800",
    };
    expect(await idOf({ ...keys, "alicloud:assumeRole": {} }, environment)).toBe("role acs:ram::1:role/y");
    expect(asked[0]).toMatchObject({ roleSessionName: "env", durationSeconds: 1_800 });
  });

  it("are not assumed because of the environment alone, as in the vendor's provider", async () => {
    expect(await idOf(keys, { ALICLOUD_ASSUME_ROLE_ARN: "acs:ram::1:role/y" })).toBe("a");
  });

  it("are assumed at the STS endpoint of the settings, else of the region", async () => {
    const config = { ...keys, "alicloud:assumeRole": { roleArn: "r" }, "alicloud:region": "cn-beijing" };
    await readSettings(configOf(config), {}).credentials.getCredentials();
    await readSettings(configOf(config), { STS_ENDPOINT: "sts.example:8443" }).credentials.getCredentials();
    expect(asked.map(({ stsEndpoint }) => stsEndpoint)).toEqual([
      "sts.cn-beijing.aliyuncs.com",
      "sts.example:8443",
    ]);
  });

  it.each([
    [{ "alicloud:assumeRole": {} }, "alicloud:assumeRole needs roleArn: set it there or as"],
    [
      { "alicloud:assumeRole": { roleArn: "r", sessionExpiration: 60 } },
      "sessionExpiration must be 900 to 43200",
    ],
    [{ "alicloud:assumeRole": "{" }, "alicloud:assumeRole must be a JSON object"],
    [
      { "alicloud:assumeRoleWithOidc": { roleArn: "r" } },
      "alicloud:assumeRoleWithOidc needs oidcProviderArn",
    ],
    [
      { "alicloud:assumeRoleWithOidc": { roleArn: "r", oidcToken: "hunter2" } },
      "alicloud:assumeRoleWithOidc: oidcToken is not supported; set oidcTokenFile.",
    ],
    [
      { "alicloud:credentialsUri": "see http://127.0.0.1" },
      "alicloud:credentialsUri must be a URL that starts with",
    ],
    [
      { "alicloud:credentialsUri": "file:///etc/passwd" },
      "alicloud:credentialsUri must be a URL that starts with",
    ],
  ])("and others set wrongly by %p are errors that name the key", async (config, message) => {
    const environment = { ALICLOUD_ACCESS_KEY: "a", ALICLOUD_SECRET_KEY: "s" };
    await expect(credentialsOf(config, environment).source.getCredentials()).rejects.toThrow(message);
  });

  it("of OIDC in the environment count only when all of it is set", async () => {
    expect(await idOf({}, { ALIBABA_CLOUD_ROLE_ARN: "o", ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "p" })).toBe(
      "chain",
    );
  });
});

describe("a source of credentials", () => {
  it("is looked for once, and asked once for calls at the same time", async () => {
    const { source, chain } = credentialsOf({});
    await Promise.all([source.getCredentials(), source.getCredentials()]);
    await source.getCredentials();
    expect(chain).toHaveBeenCalledTimes(1);
  });

  it("is looked for anew after its credentials expired, once for all who noticed", async () => {
    const { source, chain } = credentialsOf({});
    const expired = await source.getCredentials();
    source.renew(expired);
    await source.getCredentials();
    expect(chain).toHaveBeenCalledTimes(2);
    source.renew({ ...expired, securityToken: "an older one" });
    await source.getCredentials();
    expect(chain).toHaveBeenCalledTimes(2);
  });

  it("is looked for anew after a failure", async () => {
    const { source, chain } = credentialsOf({});
    chain.mockRejectedValueOnce(new ConfigurationError("not yet"));
    await expect(source.getCredentials()).rejects.toThrow("not yet");
    await expect(source.getCredentials()).resolves.toMatchObject({ accessKeyId: "chain" });
  });
});
