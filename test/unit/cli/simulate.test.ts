import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runCli } from "./support/run-cli";
import { environmentOf, whileUp } from "./support/simulate-cli";

const folder = mkdtempSync(join(tmpdir(), "eip-segment-simulate-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function seedFile(seed: unknown): string {
  const file = join(folder, "seed.json");
  writeFileSync(file, typeof seed === "string" ? seed : JSON.stringify(seed));
  return file;
}

describe("simulate", () => {
  it("prints the environment, answers until it is interrupted, and is gone then", async () => {
    const { answer, exitCode, out } = await whileUp([], (environment) => runCli(["list"], { environment }));
    expect(exitCode).toBe(0);
    expect(answer).toMatchObject({ exitCode: 0, err: "" });
    expect(JSON.parse(answer?.out ?? "")).toMatchObject({ segments: [] });
    const { ALIBABA_CLOUD_ENDPOINT_VPC: endpoint = "" } = environmentOf(out);
    await expect(fetch(endpoint)).rejects.toThrow("fetch failed");
  });

  it("holds what the seed says, attached addresses and tags included", async () => {
    const seed = seedFile({
      settings: { quota: 100 },
      segments: [
        { eipMask: 28, bandwidth: 10, attach: [{ instanceId: "i-web1" }] },
        { eipMask: 27, regionId: "cn-beijing", tags: { "pulumi-eip-segment": "somebody" } },
      ],
    });
    const { answer, out } = await whileUp(["--seed", seed], (environment) =>
      runCli(["list", "--all-regions"], { environment }),
    );
    expect(JSON.parse(answer?.out ?? "")).toMatchObject({
      segments: [
        {
          regionId: "cn-beijing",
          status: "Allocated",
          addressesTotal: 32,
          addressesUsed: 0,
          owners: ["somebody"],
        },
        { regionId: "cn-hangzhou", status: "Allocated", addressesTotal: 16, addressesUsed: 1, owners: [] },
      ],
    });
    expect(out).toMatch(/^# eipsg-\w+ 203\.0\.113\.0\/28 cn-hangzhou$/m);
  });

  it("takes the seed of the documentation", async () => {
    const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "command-line.md"), "utf8");
    const seed = seedFile(/^```json\n([^]*?)^```$/m.exec(page)?.[1] ?? "");
    const { answer } = await whileUp(["--seed", seed], (environment) =>
      runCli(["list", "--all-regions"], { environment }),
    );
    expect(JSON.parse(answer?.out ?? "")).toMatchObject({
      segments: [{ addressesTotal: 32 }, { addressesUsed: 1 }],
    });
  });

  it("counts the faults from after the seed on", async () => {
    const fault = '{"kind":"error","action":"DescribeEipSegment","code":"Forbidden.RAM","status":403}';
    const seed = seedFile({ segments: [{ eipMask: 28 }] });
    const { answer } = await whileUp(["--seed", seed, "--fault", fault], (environment) =>
      runCli(["list"], { environment }),
    );
    expect(answer?.err).toContain("Forbidden.RAM");
  });

  it("tells each request on the error output with --log", async () => {
    const ask = (environment: Record<string, string>) => runCli(["list"], { environment });
    expect((await whileUp(["--log"], ask)).err).toMatch(
      /^\S+ {2}#1 {2}DescribeEipSegment {2}cn-hangzhou {2}200 \d+ ms {2}.*\n$/,
    );
    expect((await whileUp([], ask)).err).toBe("");
  });

  it("takes variables back that lead to a real account, and keeps all others", async () => {
    const real = { ALICLOUD_SECURITY_TOKEN: "t", ALIBABA_CLOUD_ROLE_ARN: "r", PATH: process.env.PATH };
    const { out } = await runCli(["simulate"], { environment: real });
    expect(out).toMatch(/^unset ALICLOUD_SECURITY_TOKEN ALIBABA_CLOUD_ROLE_ARN\nexport /);
    const script = "process.exit(Object.keys(process.env).some((name) => /TOKEN|ROLE/.test(name)) ? 1 : 6)";
    const around = ["simulate", "--", process.execPath, "-e", script];
    expect(await runCli(around, { environment: { ...real, OTHER: "kept" } })).toMatchObject({ exitCode: 6 });
    const other = [...around.slice(0, 4), "process.exit(process.env.OTHER === 'kept' ? 6 : 1)"];
    expect((await runCli(other, { environment: { ...real, OTHER: "kept" } })).exitCode).toBe(6);
  });

  it("says in one line that a port cannot be used", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    expect(await runCli(["simulate", "--port", String(port)])).toMatchObject({
      exitCode: 1,
      err: `eip-segment: Port ${port} cannot be used: something listens there already. Give another --port, or none.\n`,
    });
    server.close();
    expect((await runCli(["simulate", "--port", "70000"])).err).toContain("ports end at 65535");
  });

  it("refuses a region that is none", async () => {
    const { exitCode, err } = await runCli(["simulate", "--region", "hangzhou"]);
    expect(exitCode).toBe(2);
    expect(err).toContain("The simulator has no such region.");
  });

  it.each([
    ["an unknown answer", ["--answer", "token-memory=short"], "Valid: none, seconds, forever."],
    ["a fault that is none", ["--fault", '{"kind":"tired"}'], "The simulator refuses"],
    ["a fault that is no JSON", ["--fault", "tired"], "The body is not JSON."],
  ])("refuses %s in one line", async (_, argv, reason) => {
    const { exitCode, err, out } = await runCli(["simulate", ...argv]);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(err).toMatch(/^eip-segment: .*\n$/);
    expect(err).toContain(reason);
  });

  it.each([
    ["no JSON", "{", "it is not JSON."],
    ["an unknown key", { segment: [] }, 'Unrecognized key: "segment"'],
    ["a setting that is none", { settings: { quotas: 1 } }, "The simulator refuses"],
    [
      "an instance that is none",
      { segments: [{ eipMask: 28, attach: [{ instanceId: "web" }] }] },
      "web of the seed",
    ],
    ["a segment beyond the quota", { segments: [{ eipMask: 24 }] }, "QuotaExceeded.Eip"],
  ])("refuses a seed with %s in one line", async (_, seed, reason) => {
    const { exitCode, err } = await runCli(["simulate", "--seed", seedFile(seed)]);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^eip-segment: .*\n$/);
    expect(err).toContain(reason);
  });
});

describe("simulate around a command", () => {
  it("gives it the environment and ends with its exit code", async () => {
    const file = join(folder, "environment");
    const script = `require("fs").writeFileSync(${JSON.stringify(file)}, process.env.ALIBABA_CLOUD_ENDPOINT_VPC); process.exit(7)`;
    const { exitCode, out } = await runCli(["simulate", "--", process.execPath, "-e", script]);
    expect({ exitCode, out }).toEqual({ exitCode: 7, out: "" });
    expect(readFileSync(file, "utf8")).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it("leaves options after -- to the command", async () => {
    const script = `process.exit(process.argv.slice(1).join(" ") === "--quota many --fail-on-loss" ? 5 : 1)`;
    const argv = ["simulate", "--", process.execPath, "-e", script];
    argv.push("--", "--quota", "many", "--fail-on-loss");
    expect((await runCli(argv)).exitCode).toBe(5);
  });

  it("leaves options after the command to it without -- too", async () => {
    const argv = ["simulate", "--quota", "32", process.execPath, "-e", "process.exit(process.argv.length)"];
    expect((await runCli([...argv, "--", "--yes", "--quota", "many"])).exitCode).toBe(4);
  });

  it("says when there is no such command", async () => {
    expect(await runCli(["simulate", "--", "no-such-command"])).toMatchObject({
      exitCode: 1,
      err: "eip-segment: no-such-command cannot be run: there is no such command.\n",
    });
  });

  // Windows has exit codes only.
  (process.platform === "win32" ? it.skip : it)(
    "ends as shells do when a signal ended the command",
    async () => {
      const argv = ["simulate", "--", process.execPath, "-e", "process.kill(process.pid, 'SIGKILL')"];
      expect((await runCli(argv)).exitCode).toBe(137);
    },
  );
});
