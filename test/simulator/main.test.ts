import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

import { PopClient } from "./support/pop-client";

jest.setTimeout(60_000);

const root = resolve(__dirname, "../..");
let built = "";

/** Compiles the simulator alone, as the build does. */
beforeAll(() => {
  built = mkdtempSync(join(tmpdir(), "eip-segment-simulator-"));
  symlinkSync(join(root, "node_modules"), join(built, "node_modules"));
  writeFileSync(
    join(built, "tsconfig.json"),
    JSON.stringify({
      extends: join(root, "tsconfig.build.json"),
      compilerOptions: { rootDir: root, outDir: built, typeRoots: [join(root, "node_modules/@types")] },
      include: [join(root, "simulator")],
    }),
  );
  execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", built]);
}, 120_000);
afterAll(() => {
  rmSync(built, { recursive: true });
});

const run = (...options: string[]): ChildProcess =>
  spawn(process.execPath, [join(built, "simulator/main.js"), ...options], { stdio: "pipe" });

const textOf = async (child: ChildProcess): Promise<{ code: unknown; stdout: string; stderr: string }> => {
  const text = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (text.stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [unknown];
  return { code, ...text };
};

test.each(["SIGINT", "SIGTERM"] as const)(
  "the executable prints its environment, then a line per request, and ends cleanly on %s",
  async (signal) => {
    const child = run("--allocate-ms", "60000", "--quota", "16", "--region", "cn-beijing");
    if (child.stdout === null) throw new Error("No output.");
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const nextLine = async (): Promise<string> => String((await lines.next()).value);
    const environment = [];
    for (let index = 0; index < 5; index += 1) environment.push(await nextLine());
    const endpoint = environment[3]?.split("=")[1] ?? "";
    expect(environment).toEqual([
      "export ALICLOUD_ACCESS_KEY=simulator-access-key-id",
      "export ALICLOUD_SECRET_KEY=simulator-access-key-secret",
      "export ALICLOUD_REGION=cn-beijing",
      expect.stringMatching(/^export ALIBABA_CLOUD_ENDPOINT_VPC=http:\/\/127\.0\.0\.1:\d+$/),
      `export ALIBABA_CLOUD_ENDPOINT_STS=${endpoint}`,
    ]);
    const client = new PopClient({ endpoint });
    const parameters = { RegionId: "cn-beijing", EipMask: "28" };
    await client.call("AllocateEipSegmentAddress", parameters);
    expect(await nextLine()).toMatch(/ {2}#1 {2}AllocateEipSegmentAddress {2}cn-beijing {2}200 /);
    const { EipSegments } = await client.call("DescribeEipSegment", { RegionId: "cn-beijing" });
    expect(EipSegments.EipSegment[0]).toMatchObject({ Status: "Allocating" });
    expect((await client.refusal("AllocateEipSegmentAddress", parameters)).code).toBe("QuotaExceeded.Eip");
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
  },
);

test("wrong options are refused and name the option", async () => {
  expect(await textOf(run("--qouta", "5"))).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("--qouta") as unknown,
  });
  expect((await textOf(run("--quota", "many"))).stderr).toBe("--quota must be a whole number.\n");
  expect((await textOf(run("--reserved", "2"))).stderr).toBe("--reserved must be 0, 1, 3 or 4.\n");
});

test("--help names every option", async () => {
  const { code, stdout } = await textOf(run("--help"));
  expect(code).toBe(0);
  for (const option of ["port", "region", "allocate-ms", "release-ms", "associate-ms", "quota"]) {
    expect(stdout).toContain(`--${option} `);
  }
});

test("the types that users see do not depend on zod", () => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(/from "([^"]+)"/g)) {
      expect(name).not.toBe("zod");
      if (name.startsWith(".")) visit(join(file, "..", `${name}.d.ts`));
    }
  };
  visit(join(built, "simulator/index.d.ts"));
  expect(seen.size).toBeGreaterThan(5);
});
