import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { startSimulator, type Simulator } from "../../../simulator";
import type { Check } from "../../../cli/doctor/check";
import { runCli } from "./support/run-cli";

let simulator: Simulator;
let folder: string;

beforeAll(async () => {
  simulator = await startSimulator();
  folder = mkdtempSync(join(tmpdir(), "doctor-"));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await simulator.stop();
});

beforeEach(() => {
  simulator.reset();
  installPulumi();
});

/** Puts a `pulumi` on the PATH of the tests that has one version and the configuration of one stack. */
function installPulumi({
  version = "v3.230.0",
  config = {},
}: { version?: string; config?: object } = {}): void {
  const script = `#!${process.execPath}
if (process.argv[2] === "version") console.log("${version}");
else if (process.argv.includes("dev")) console.log(${JSON.stringify(JSON.stringify(config))});
else { console.error("error: no stack named 'nope' found"); process.exit(1); }`;
  writeFileSync(join(folder, "pulumi"), script);
  chmodSync(join(folder, "pulumi"), 0o755);
}

const doctor = (argv: string[] = [], environment: NodeJS.ProcessEnv = {}) =>
  runCli(["doctor", ...argv], {
    environment: { PATH: `${folder}${delimiter}/usr/bin`, ...simulator.environment, ...environment },
  });

async function checks(
  argv: string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Promise<{ exitCode: number; of: (subject: string) => Check | undefined; all: Check[] }> {
  const { out, exitCode } = await doctor(["--json", ...argv], environment);
  const { schemaVersion, checks: all } = JSON.parse(out) as { schemaVersion: number; checks: Check[] };
  expect(schemaVersion).toBe(1);
  return { exitCode, all, of: (subject) => all.find((one) => one.subject === subject) };
}

const denied = (actions: string[]) => [
  {
    accountId: "1234567890123456",
    accessKeyId: simulator.environment.ALICLOUD_ACCESS_KEY ?? "",
    accessKeySecret: simulator.environment.ALICLOUD_SECRET_KEY ?? "",
    deniedActions: actions,
  },
];

describe("doctor", () => {
  it("prints a line for each check and ends with 0 when none failed", async () => {
    const { out, exitCode } = await doctor();
    expect(exitCode).toBe(0);
    const lines = out.trimEnd().split("\n");
    expect(lines.map((line) => line.replace(/ {2,}/g, "|").split("|").slice(0, 2))).toEqual([
      ["ok", "Node.js"],
      ["ok", "pulumi-alicloud-eip-segment"],
      ["ok", "@pulumi/pulumi"],
      ["ok", "Pulumi CLI"],
      ["ok", "settings"],
      ["ok", "region"],
      ["ok", "credentials"],
      ["ok", "vpc endpoint"],
      ["ok", "sts endpoint"],
      ["ok", "clock"],
      ["ok", "account"],
      ["ok", "vpc:DescribeEipSegment"],
      ["ok", "vpc:DescribeEipAddresses"],
      ["not tried", "vpc:AllocateEipSegmentAddress"],
      ["not tried", "vpc:ModifyEipAddressAttribute"],
      ["not tried", "vpc:MoveResourceGroup"],
      ["not tried", "vpc:ReleaseEipSegmentAddress"],
      ["not tried", "vpc:TagResources"],
      ["not tried", "vpc:UnTagResources"],
      ["ok", "resources"],
      ["not tried", "EIP quota"],
      ["ok", "rates"],
      [""],
      ["15 ok, 0 warnings, 0 failed, 7 not tried"],
    ]);
  });

  it("sends nothing that changes anything", async () => {
    await doctor();
    expect([...new Set(simulator.log.map(({ action }) => action))].sort()).toEqual([
      "",
      "DescribeEipAddresses",
      "DescribeEipSegment",
      "GetCallerIdentity",
    ]);
  });

  it("names the account, where the credentials come from, and what is there", async () => {
    const { of } = await checks([], { ALICLOUD_PROFILE: "other" });
    expect(of("account")?.finding).toBe("1234567890123456, Account acs:ram::1234567890123456:root.");
    expect(of("credentials")?.finding).toBe(
      "Access key simu****y-id, from ALICLOUD_ACCESS_KEY. Set but not used: ALICLOUD_PROFILE.",
    );
    expect(of("region")?.finding).toBe("cn-hangzhou, from ALICLOUD_REGION.");
    expect(of("resources")?.finding).toBe("0 segments and 0 EIPs in cn-hangzhou.");
    expect(of("rates")?.finding).toBe("6 allocations and 60 releases in 60 s, by default.");
    expect(of("vpc endpoint")?.finding).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+ reached: connection \d+ ms, response \d+ ms\.$/,
    );
  });

  it("holds no secret, whatever fails", async () => {
    const secrets = { ALICLOUD_SECRET_KEY: "wrong-secret-value", ALICLOUD_SECURITY_TOKEN: "sts-token-value" };
    const outputs = [await doctor(), await doctor(["--json"]), await doctor([], secrets)];
    for (const { out, err } of outputs) {
      for (const { ALICLOUD_SECRET_KEY = "", ALICLOUD_ACCESS_KEY = "" } of [simulator.environment]) {
        expect(out + err).not.toContain(ALICLOUD_SECRET_KEY);
        expect(out + err).not.toContain(ALICLOUD_ACCESS_KEY);
      }
      expect(out + err).not.toMatch(/wrong-secret-value|sts-token-value/);
    }
  });
});

describe("doctor reads the settings of the provider", () => {
  const secretKey = { value: "simulator-access-key-secret", secret: true };

  it("with a stack's configuration before the environment", async () => {
    installPulumi({
      config: {
        "alicloud:region": { value: "cn-beijing", secret: false },
        "alicloud:accessKey": { value: "simulator-access-key-id", secret: false },
        "alicloud:secretKey": secretKey,
        "eipSegment:allocatePerMinute": { value: "12", secret: false },
      },
    });
    const { exitCode, of, all } = await checks(["--stack", "dev"]);
    expect(exitCode).toBe(0);
    expect(of("region")?.finding).toBe("cn-beijing, from alicloud:region.");
    expect(of("credentials")?.finding).toContain(
      "from alicloud:accessKey. Set but not used: ALICLOUD_ACCESS_KEY.",
    );
    expect(of("rates")?.finding).toBe(
      "12 allocations and 60 releases in 60 s, by eipSegment:allocatePerMinute.",
    );
    expect(JSON.stringify(all)).not.toContain(secretKey.value);
  });

  it("and says why a stack cannot be read", async () => {
    const { exitCode, of } = await checks(["--stack", "nope"]);
    expect(exitCode).toBe(1);
    expect(of("settings")).toMatchObject({
      status: "failed",
      finding: expect.stringContaining("no stack named 'nope' found") as string,
    });
    expect(of("cloud")?.status).toBe("not tried");
  });

  it("and names a malformed one", async () => {
    installPulumi({ config: { "alicloud:protocol": { value: "FTP", secret: false } } });
    const { exitCode, of } = await checks(["--stack", "dev"]);
    expect(exitCode).toBe(1);
    expect(of("settings")).toMatchObject({
      status: "failed",
      finding: "alicloud:protocol must be HTTPS or HTTP.",
    });
  });
});

describe("doctor ends with 1 and says what to do", () => {
  const failing = async (environment: NodeJS.ProcessEnv) => {
    const { exitCode, all } = await checks([], environment);
    expect(exitCode).toBe(1);
    return all.filter(({ status }) => status === "failed");
  };

  it("without a region", async () => {
    const [region] = await failing({ ALICLOUD_REGION: "" });
    expect(region).toMatchObject({ subject: "region", finding: "No region is set." });
    expect(region?.remedy).toContain("pulumi config set alicloud:region");
  });

  it("with half a pair of credentials", async () => {
    const found = await failing({ ALICLOUD_SECRET_KEY: "" });
    expect(found.map(({ subject }) => subject)).toEqual(["credentials"]);
    expect(found[0]?.finding).toContain("ALICLOUD_ACCESS_KEY is set without its secret");
  });

  it("with a wrong secret, once", async () => {
    const found = await failing({ ALICLOUD_SECRET_KEY: "wrong" });
    expect(found.map(({ subject }) => subject)).toEqual(["account"]);
    expect(found[0]?.finding).toContain("SignatureDoesNotMatch");
  });

  it("with a permission that is missing", async () => {
    simulator.configure({ accounts: denied(["DescribeEipAddresses"]) });
    const found = await failing({});
    expect(found.map(({ subject }) => subject)).toEqual(["vpc:DescribeEipAddresses"]);
    expect(found[0]?.finding).toContain("Grant the action vpc:DescribeEipAddresses");
  });

  it("with an endpoint that refuses connections", async () => {
    const found = await failing({ ALIBABA_CLOUD_ENDPOINT_VPC: "http://127.0.0.1:1" });
    expect(found[0]).toMatchObject({
      subject: "vpc endpoint",
      finding: "http://127.0.0.1:1 cannot be reached: the connection was refused.",
      remedy: expect.stringContaining("ALIBABA_CLOUD_ENDPOINT_VPC") as string,
    });
  });

  it("without the Pulumi CLI", async () => {
    const found = await failing({ PATH: "/nonexistent" });
    expect(found).toMatchObject([{ subject: "Pulumi CLI", finding: "`pulumi` is not on the PATH." }]);
  });

  it("with a Pulumi CLI that is too old", async () => {
    installPulumi({ version: "v3.100.1" });
    expect(await failing({})).toMatchObject([
      { subject: "Pulumi CLI", finding: "3.100.1. Supported: 3.216.0 and later 3.x." },
    ]);
  });
});

describe("doctor warns and ends with 0", () => {
  const warned = async (environment: NodeJS.ProcessEnv) => {
    const { exitCode, all } = await checks([], environment);
    expect(exitCode).toBe(0);
    return all.filter(({ status }) => status === "warning");
  };

  it("without STS, which the provider can do without", async () => {
    const found = await warned({ ALIBABA_CLOUD_ENDPOINT_STS: "http://127.0.0.1:1" });
    expect(found.map(({ subject }) => subject)).toEqual(["sts endpoint", "account"]);
  });

  it("when a permission cannot be judged because requests are throttled", async () => {
    simulator.addFault({ kind: "throttle", action: "DescribeEipSegment" });
    expect((await warned({})).map(({ subject }) => subject)).toEqual(["vpc:DescribeEipSegment"]);
  });
});
