import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openProfile } from "../../../provider/settings/profile-file";
import { ConfigurationError } from "../../../provider/util/errors";
import { removeTemporaryFolders, temporaryFolder, writeProfiles } from "./support/profile-file";
import { stubVendorProviders, type Asked } from "./support/vendor-providers";

let asked: Asked[];
beforeEach(() => {
  asked = stubVendorProviders();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(removeTemporaryFolders);

const AK = { mode: "AK", access_key_id: "a", access_key_secret: "s" };

const openOnly = async (profile: object) =>
  (await openProfile(writeProfiles([{ name: "default", ...profile }]), undefined)).getCredentials();

describe("a profile of the vendor's command line", () => {
  it.each([
    [AK, "a"],
    [{ ...AK, mode: "ak", sts_token: "" }, "a"],
    [{ ...AK, mode: "StsToken", sts_token: "t" }, "a"],
    [{ ...AK, mode: "RamRoleArn", ram_role_arn: "r", expired_seconds: 900 }, "role r"],
    [{ mode: "EcsRamRole", ram_role_name: "web" }, "ecs web"],
    [{ mode: "OIDC", ram_role_arn: "r", oidc_provider_arn: "p", oidc_token_file: "f" }, "oidc r"],
    [{ mode: "CredentialsURI", credentials_uri: "http://127.0.0.1/" }, "uri http://127.0.0.1/"],
  ])("%p yields %s", async (profile, id) => {
    await expect(openOnly(profile)).resolves.toMatchObject({ accessKeyId: id });
  });

  it("gives its security token", async () => {
    await expect(openOnly({ ...AK, mode: "StsToken", sts_token: "t" })).resolves.toMatchObject({
      securityToken: "t",
    });
  });

  it("assumes a role with the credentials of the profile it names", async () => {
    const chained = { name: "x", mode: "ChainableRamRoleArn", ram_role_arn: "r", source_profile: "y" };
    const file = writeProfiles([chained, { name: "y", ...AK }]);
    const provider = await openProfile(file, "x");
    await expect(provider.getCredentials()).resolves.toMatchObject({ accessKeyId: "role r" });
    await expect(asked[0]?.credentialsProvider?.getCredentials()).resolves.toMatchObject({
      accessKeyId: "a",
    });
  });

  it("is the file's current one unless another is named", async () => {
    const file = writeProfiles(
      [
        { name: "default", ...AK },
        { name: "ops", ...AK, access_key_id: "b" },
      ],
      "ops",
    );
    const idOf = async (name?: string) =>
      (await (await openProfile(file, name)).getCredentials()).accessKeyId;
    expect([await idOf(), await idOf("default")]).toEqual(["b", "a"]);
  });

  it("is found under the home folder", async () => {
    await expect(openProfile("~/no-such-folder-of-this-test/config.json", undefined)).rejects.toThrow(
      /The profile file \/.*\/no-such-folder-of-this-test\/config\.json cannot be read. Run `aliyun/,
    );
  });

  it.each([
    [{ ...AK, access_key_secret: "" }, "has no access_key_secret."],
    [{ ...AK, mode: "StsToken" }, "has no sts_token."],
    [{ ...AK, mode: "RamRoleArn" }, "has no ram_role_arn."],
    [{ mode: "OIDC", ram_role_arn: "r" }, "has no oidc_provider_arn."],
    [{ mode: "CredentialsURI" }, "has no credentials_uri."],
    [{ mode: "RsaKeyPair" }, 'has the mode "RsaKeyPair", which is not supported.'],
    [{}, 'has the mode "", which is not supported.'],
    [
      { mode: "CloudSSO" },
      'has the mode "CloudSSO", which works only from ~/.aliyun/config.json. Add the profile to that file.',
    ],
    [
      { mode: "ChainableRamRoleArn", ram_role_arn: "r", source_profile: "default" },
      "refers to itself by source_profile. Correct source_profile.",
    ],
    [
      { mode: "ChainableRamRoleArn", ram_role_arn: "r", source_profile: "gone" },
      'has no profile "gone". Valid profiles: default.',
    ],
  ])("%p is an error that says why", async (profile, message) => {
    const opening = openOnly(profile);
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.toBeInstanceOf(ConfigurationError);
  });

  it.each(['{"profiles": "hunter2"', '{"profiles": "hunter2"}', "[]", "7"])(
    "in a file with %s is an error that does not quote it",
    async (content) => {
      const path = join(temporaryFolder(), "config.json");
      writeFileSync(path, content);
      await expect(openProfile(path, undefined)).rejects.toThrow(
        new ConfigurationError(
          `The profile file ${path} is invalid: it must be JSON with a list of profiles. Run \`aliyun configure\` to create one.`,
        ),
      );
    },
  );
});
