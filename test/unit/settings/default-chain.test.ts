import { mkdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { ECSRAMRoleCredentialsProvider } from "@alicloud/credentials";
import { metadataPatienceMs, openDefaultChain } from "../../../provider/settings/default-chain";
import { removeTemporaryFolders, temporaryFolder } from "./support/profile-file";

const original = { ...process.env };
let home: string;
let metadata: jest.SpyInstance;

beforeEach(() => {
  home = temporaryFolder();
  jest.spyOn(os, "homedir").mockReturnValue(home);
  for (const name of Object.keys(process.env).filter((key) => key.startsWith("ALIBABA_CLOUD_"))) {
    Reflect.deleteProperty(process.env, name);
  }
  metadata = jest
    .spyOn(ECSRAMRoleCredentialsProvider.prototype, "getCredentials")
    .mockRejectedValue(new Error("no metadata service"));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...original };
});
afterAll(removeTemporaryFolders);

function write(folder: string, file: string, content: string): void {
  mkdirSync(join(home, folder));
  writeFileSync(join(home, folder, file), content);
}

const writeCommandLineProfile = (profile: object) => {
  write(
    ".aliyun",
    "config.json",
    JSON.stringify({ current: "default", profiles: [{ name: "default", ...profile }] }),
  );
};
const writeIni = () => {
  write(
    ".alibabacloud",
    "credentials",
    "[default]\ntype = access_key\naccess_key_id = ini\naccess_key_secret = s\n",
  );
};

const idOf = async () => {
  const { name, provider } = await openDefaultChain();
  return `${name}: ${(await provider.getCredentials()).accessKeyId}`;
};

describe("the default chain", () => {
  it("takes the current profile of the vendor's command line first", async () => {
    writeCommandLineProfile({ mode: "AK", access_key_id: "cli", access_key_secret: "s" });
    writeIni();
    await expect(idOf()).resolves.toBe("the current profile of ~/.aliyun/config.json: cli");
  });

  it("passes over an unusable profile to the SDK's own file", async () => {
    writeCommandLineProfile({ mode: "AK", access_key_id: "", access_key_secret: "" });
    writeIni();
    await expect(idOf()).resolves.toBe("~/.alibabacloud/credentials: ini");
  });

  it("takes the instance's role last", async () => {
    metadata.mockResolvedValue({
      accessKeyId: "ecs",
      accessKeySecret: "s",
      securityToken: "t",
      providerName: "",
    });
    await expect(idOf()).resolves.toBe("the ECS instance's RAM role: ecs");
  });

  it("does not ask for the instance's role where that is switched off", async () => {
    process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED = "true";
    await expect(idOf()).rejects.toThrow("No Alibaba Cloud credentials were found");
    expect(metadata).not.toHaveBeenCalled();
  });

  it("waits two seconds at most for a metadata service, then names the ways to set credentials", async () => {
    metadata.mockReturnValue(new Promise(() => undefined));
    const startedAt = Date.now();
    await expect(idOf()).rejects.toThrow(
      "No Alibaba Cloud credentials were found: set alicloud:accessKey and alicloud:secretKey (with --secret), or " +
        "ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY, or alicloud:profile for a profile of ~/.aliyun/config.json, or " +
        "alicloud:ecsRoleName, alicloud:assumeRoleWithOidc or alicloud:credentialsUri.",
    );
    expect(metadataPatienceMs).toBe(2_000);
    expect(Date.now() - startedAt).toBeLessThan(2_500);
  });
});
