import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { runCli } from "../unit/cli/support/run-cli";
import {
  changesOf,
  createStack,
  segmentProgram,
  type Deployment,
  type EngineEvent,
  type Stack,
} from "./support";
import { treeOf } from "./support/process-tree";

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

function expectNoSecretIn(text: string): void {
  for (const one of [keyId, secret, token]) {
    expect(text).not.toContain(one);
    expect(text).not.toContain(encodeURIComponent(one));
  }
}

/** Arguments of a running process; empty once it has ended. */
function commandLineOf(pid: number): string {
  if (!existsSync("/proc/self/cmdline")) {
    return execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  }
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, "utf8").replaceAll("\0", " ") : "";
}

/** Events about segments; others, and those for --debug, carry what the engine itself knows of the stack. */
const ofSegments = (events: readonly EngineEvent[]): EngineEvent[] =>
  events.filter(
    (event) => event.diagnosticEvent?.severity !== "debug" && JSON.stringify(event).includes(":EipSegment"),
  );

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

  it("are in no argument of a process while the cloud is asked", async () => {
    stack.writeProgram(segmentProgram({ args: { eipMask: 28, bandwidth: 7, tags: { team: "edge" } } }));
    const hold = stack.simulator.hold({ action: "ModifyEipAddressAttribute", point: "before" });
    const running = stack.start(["up", "--yes", "--skip-preview"]);
    await running.until(hold.reached);
    const commandLines = treeOf(running.pid ?? 0).map(commandLineOf);
    hold.release();
    expect((await running.exit).exitCode).toBe(0);
    expect(commandLines.join("\n")).toContain("dynamic-provider");
    expectNoSecretIn(commandLines.join("\n"));
  });

  it("are neither in the engine's events of the segments nor in the simulator's log", async () => {
    stack.writeProgram(segmentProgram({ args: { eipMask: 28, bandwidth: 8, tags: { team: "edge" } } }));
    const { events } = await stack.up();
    expect(changesOf({ events })).toMatchObject({ update: 1 });
    expect(ofSegments(events).length).toBeGreaterThan(1);
    expectNoSecretIn(JSON.stringify(ofSegments(events)));
    expect(stack.simulator.log.length).toBeGreaterThan(0);
    expectNoSecretIn(JSON.stringify(stack.simulator.log));
  });

  it("are not printed with --debug when they are set with --secret", async () => {
    stack.writeProgram(segmentProgram({ args: { eipMask: 28, bandwidth: 9, tags: { team: "edge" } } }));
    const { stdout, stderr } = await stack.up({ args: ["--debug"] });
    // The engine prints the whole checkpoint here, so what is set in plain does show.
    expect(stdout).toContain(keyId);
    expect(stdout + stderr).not.toContain(secret);
  });

  it("stay out of what the command line prints", async () => {
    const environment = {
      ...stack.simulator.environment,
      ALICLOUD_ACCESS_KEY: keyId,
      ALICLOUD_SECRET_KEY: secret,
      ALICLOUD_SECURITY_TOKEN: token,
    };
    const listed = await runCli(["list"], { environment });
    expect(listed).toMatchObject({ exitCode: 0, err: "" });
    const refused = await runCli(["list"], { environment: { ...environment, ALICLOUD_SECRET_KEY: "Wrong" } });
    expect(refused.err).toContain("the secret does not belong to the access key");
    expectNoSecretIn(JSON.stringify([listed, refused]));
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
    expect(stdout).toContain("resourceGroupId was removed from the program");
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
      "bandwidth differs from the declared value (a secret); tags differs from the declared value (a secret). Declare what the segment has",
    );
    expect(stdout + stderr).not.toMatch(hidden);
  });
});
