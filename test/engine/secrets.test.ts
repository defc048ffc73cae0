import { createStack, segmentProgram, type Deployment, type Stack } from "./support";

const keyId = "LTAI5tSecretsTestKeyId";
const secret = "SecretsTestAccessKeySecret";
const token = "SecretsTestSecurityToken";

/** Everything of the stack but the engine's own records of the providers, which hold the stack's configuration. */
function stateIn({ deployment: { resources = [] } }: Deployment): string {
  return JSON.stringify(resources.filter(({ type }) => !type.startsWith("pulumi:providers:")));
}

/** The state as it is stored, with secrets encrypted. */
async function stored(stack: Stack): Promise<Deployment> {
  return JSON.parse((await stack.pulumi(["stack", "export"])).stdout) as Deployment;
}

describe("credentials in the stack's configuration", () => {
  let stack: Stack;
  let printed = "";

  beforeAll(async () => {
    const account = {
      accountId: "1234567890123456",
      accessKeyId: keyId,
      accessKeySecret: secret,
      securityToken: token,
    };
    stack = await createStack({
      program: segmentProgram({ args: { eipMask: 28, tags: { team: "edge" } } }),
      simulator: { accounts: [account], rateLimits: false, quota: 1000 },
      env: { ALICLOUD_ACCESS_KEY: "", ALICLOUD_SECRET_KEY: "", ALICLOUD_SECURITY_TOKEN: "" },
      config: {
        "alicloud:region": "cn-hangzhou",
        "alicloud:accessKey": keyId,
        "alicloud:securityToken": token,
      },
    });
    await stack.pulumi(["config", "set", "--secret", "alicloud:secretKey", secret]);
    const { stdout, stderr } = await stack.up();
    printed = stdout + stderr;
  });

  afterAll(async () => {
    await stack.dispose();
  });

  it("reach the cloud, and neither the state nor the output, the serialised provider included", async () => {
    const state = stateIn(await stack.export());
    expect(state).toContain("__provider");
    for (const text of [state, printed]) {
      expect(text).not.toContain(keyId);
      expect(text).not.toContain(secret);
      expect(text).not.toContain(token);
      expect(text).not.toMatch(/signature/i);
    }
  });

  it("are kept by the engine itself in its record of the dynamic provider, encrypted only when set with --secret", async () => {
    const { deployment } = await stored(stack);
    const provider = deployment.resources?.find(({ type }) => type === "pulumi:providers:pulumi-nodejs");
    expect(provider?.inputs).toEqual({
      "alicloud:region": "cn-hangzhou",
      "alicloud:accessKey": keyId,
      "alicloud:securityToken": token,
      "alicloud:secretKey": expect.objectContaining({ ciphertext: expect.any(String) as string }) as object,
    });
  });

  it("are those of the last up for a refresh, unless it runs the program", async () => {
    await stack.setConfig("alicloud:secretKey", "WrongAccessKeySecret");
    await stack.refresh();
    const { stdout } = await stack.refresh({ args: ["--run-program"], expectFailure: true });
    expect(stdout).toContain("the secret does not belong to the access key");
  });

  it("stay out of the messages of a refused signature", async () => {
    stack.writeProgram(segmentProgram({ args: { eipMask: 28, tags: { team: "core" } } }));
    const { stdout, stderr } = await stack.up({ expectFailure: true });
    expect(stdout).toContain("the secret does not belong to the access key");
    for (const text of [keyId, token, "WrongAccessKeySecret", "StringToSign", "HMAC"]) {
      expect(stdout + stderr).not.toContain(text);
    }
  });
});

it("inputs that the program marks as secret are encrypted wherever the state keeps them", async () => {
  const stack = await createStack({
    program: `
      const pulumi = require("@pulumi/pulumi");
      const { EipSegment } = require("pulumi-alicloud-eip-segment");
      const tags = pulumi.secret({ team: "hush-hush" });
      exports.id = new EipSegment("segment", { eipMask: 28, bandwidth: pulumi.secret(123), tags }).id;
    `,
    config: { "alicloud:region": "cn-hangzhou" },
  });
  await stack.up();
  expect(stateIn(await stored(stack))).not.toMatch(/hush-hush|123[,}]/);
  await stack.refresh();
  expect(stateIn(await stored(stack))).not.toMatch(/hush-hush|123[,}]/);
  expect(stateIn(await stack.export())).toContain("hush-hush");
});

describe("inputs that the program marks as secret", () => {
  const hidden = /ChinaTelecom|cn-hangzhou-k|hush|\b123\b/;
  const declaring = (more: string): string => `
    const pulumi = require("@pulumi/pulumi");
    const { EipSegment } = require("pulumi-alicloud-eip-segment");
    const secret = pulumi.secret;
    const segment = new EipSegment("segment", {
      eipMask: 28, isp: secret("ChinaTelecom"), zone: secret("cn-hangzhou-k"), tags: secret({ team: "hush-hush" }), ${more}
    });
    exports.told = [segment.isp, segment.zone, segment.tags];
  `;
  let stack: Stack;

  beforeAll(async () => {
    stack = await createStack({
      program: declaring(`resourceGroupId: secret("rg-hush")`),
      config: { "alicloud:region": "cn-hangzhou" },
    });
    await stack.up();
  });

  afterAll(async () => {
    await stack.dispose();
  });

  it("stay hidden in the preview of an update, and when one is removed", async () => {
    stack.writeProgram(declaring(`bandwidth: 20`));
    const { stdout, stderr } = await stack.preview();
    expect(stdout).toContain("resourceGroupId is removed from the program");
    expect(stdout + stderr).not.toMatch(hidden);
  });

  it("stay hidden when an adoption is refused for them", async () => {
    const adopt = (await stack.resource("segment")).id ?? "";
    const other = await createStack({
      program: declaring(`bandwidth: secret(123), adopt: "${adopt}"`).replace("hush-hush", "hush"),
      config: { "alicloud:region": "cn-hangzhou" },
      simulator: stack.simulator,
      name: "other",
    });
    const { stdout, stderr } = await other.up({ expectFailure: true });
    expect(stdout).toContain(
      "bandwidth is not as declared (a secret); tags are not as declared (a secret). Write what the segment has",
    );
    expect(stdout + stderr).not.toMatch(hidden);
  });
});
