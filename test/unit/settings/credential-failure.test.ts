import { inspect } from "node:util";
import { unobtainable } from "../../../provider/settings/credential-failure";
import { readSettings } from "../../../provider/settings/settings";
import type { EipSegmentError } from "../../../provider/util/errors";
import { ApiError, ConfigurationError } from "../../../provider/util/errors";
import { replyJson, useTestServers } from "../client/support/test-server";
import { configOf } from "./support/config-of";
import { removeTemporaryFolders, writeProfiles } from "./support/profile-file";

const servers = useTestServers();
afterAll(removeTemporaryFolders);

const failureOf = async (config: Record<string, unknown>, environment: NodeJS.ProcessEnv = {}) =>
  readSettings(configOf(config), environment)
    .credentials.getCredentials()
    .then(
      () => {
        throw new Error("the credentials were expected to fail");
      },
      (error: unknown) => error as EipSegmentError,
    );

describe("the error of a source that yields nothing", () => {
  it.each([
    [
      new Error(
        'refresh session token failed: {"Code":"NoPermission","RequestId":"3F2A1B0C-1111","Secret":"hunter2"}',
      ),
      "STS returned NoPermission, RequestId 3F2A1B0C-1111",
    ],
    [
      new Error('refresh failed: { "RequestId" : "3F2A1B0C-1111", "Code" : "NoPermission" }'),
      "STS returned NoPermission, RequestId 3F2A1B0C-1111",
    ],
    [new Error('refresh failed: {"Code":"NoPermission","Message":"hunter2"}'), "STS returned NoPermission"],
    [new Error("get sts token failed, httpStatus: 404, message = hunter2."), "it returned HTTP status 404"],
    [Object.assign(new Error("hunter2"), { name: "RequestTimeoutError" }), "it did not respond in time"],
    [Object.assign(new Error("hunter2"), { code: "ENOENT" }), "it could not be reached or read (ENOENT)"],
    [Object.assign(new Error("hunter2"), { code: "hunter2" }), "its response or content is not usable"],
    ["hunter2", "its response or content is not usable"],
    [undefined, "its response or content is not usable"],
  ])("says of %p only: %s", (error, reason) => {
    const shown = unobtainable("alicloud:profile", error);
    expect(shown.message).toBe(
      `The credentials of alicloud:profile could not be obtained: ${reason}. Correct that source, or set another one ` +
        "that comes before it.",
    );
    expect(shown instanceof ConfigurationError).toBe(true);
    expect(inspect(shown, { showHidden: true })).not.toContain("hunter2");
  });

  it("is left alone when it is one of ours", () => {
    const own = new ConfigurationError("half set");
    expect(unobtainable("x", own)).toBe(own);
    expect(own instanceof ApiError).toBe(false);
  });

  it("does not quote what a credentials service answered, nor its address", async () => {
    const url = await servers.listen((response, before) => {
      replyJson(response, before === 0 ? 200 : 500, { AccessKeyId: "hunter2" });
    });
    const config = { "alicloud:credentialsUri": `${url}/?key=hunter2` };
    for (const reason of ["not usable", "HTTP status 500"]) {
      const error = await failureOf(config);
      expect(error.message).toContain(reason);
      expect(inspect(error, { showHidden: true })).not.toContain("hunter2");
    }
  });

  it("reads a credentials service that answers as it should", async () => {
    const url = await servers.listen((response) => {
      const Expiration = new Date(Date.now() + 3_600_000).toISOString();
      replyJson(response, 200, { AccessKeyId: "a", AccessKeySecret: "s", SecurityToken: "t", Expiration });
    });
    const { credentials } = readSettings(configOf({}), { ALICLOUD_CREDENTIALS_URI: url });
    await expect(credentials.getCredentials()).resolves.toStrictEqual({
      accessKeyId: "a",
      accessKeySecret: "s",
      securityToken: "t",
    });
  });

  it("names the role that could not be assumed and what it was to be assumed with", async () => {
    const port = await servers.listenRaw((socket) => socket.destroy());
    const error = await failureOf(
      { "alicloud:assumeRole": { roleArn: "acs:ram::1:role/x" } },
      {
        ALICLOUD_ACCESS_KEY: "key-id",
        ALICLOUD_SECRET_KEY: "hunter2",
        STS_ENDPOINT: `https://127.0.0.1:${port}`,
      },
    );
    expect(error.message).toContain(
      "The credentials of alicloud:assumeRole (with ALICLOUD_ACCESS_KEY) could not be obtained: it could not be " +
        "reached or read (ECONNRESET).",
    );
    expect(inspect(error, { showHidden: true })).not.toMatch(/hunter2|key-id/);
  });

  it("is one of ours also when the vendor's library does not accept a value", async () => {
    const profile = { name: "x", mode: "RamRoleArn", access_key_id: "a", access_key_secret: "hunter2" };
    const file = writeProfiles([{ ...profile, ram_role_arn: "r", expired_seconds: 60 }]);
    const error = await failureOf({ "alicloud:profile": "x", "alicloud:sharedCredentialsFile": file });
    expect(error.message).toContain(
      "The credentials of profile in the stack configuration could not be obtained",
    );
    expect(inspect(error, { showHidden: true })).not.toContain("hunter2");
  });
});
