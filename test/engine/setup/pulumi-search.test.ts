import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { repository } from "../support";

const SCRIPT = join(repository, "scripts", "setup", "locate-pulumi.mjs");
const COMPLETE = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "eip-segment-setup-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Puts stand-ins that answer `version` into a folder. */
function install(folder: string, version: string, files: readonly string[] = COMPLETE): void {
  mkdirSync(join(root, folder), { recursive: true });
  for (const file of files) {
    writeFileSync(join(root, folder, file), `#!/bin/sh\necho v${version}\n`);
    chmodSync(join(root, folder, file), 0o755);
  }
}

const cached = (version: string): string => join("home", "versions", version, "bin");

interface Answer {
  command: string;
  version: string;
  path: string;
}

/** Searches with only the folder `path` and the system's shell on the PATH, and `home` as Pulumi's home. */
async function search(): Promise<Answer | string> {
  const env = { PATH: `${join(root, "path")}:/bin`, PULUMI_HOME: join(root, "home") };
  return await new Promise((resolve) => {
    execFile(process.execPath, [SCRIPT], { env }, (error, stdout, stderr) => {
      resolve(error === null ? (JSON.parse(stdout) as Answer) : stderr);
    });
  });
}

it("takes a recent Pulumi from the PATH before one in the cache", async () => {
  install("path", "3.216.0");
  install(cached("3.300.0"), "3.300.0");
  expect(await search()).toMatchObject({ command: join(root, "path", "pulumi"), version: "3.216.0" });
});

it("takes the newest of the cache by number, not by spelling, when the one on the PATH is too old", async () => {
  install("path", "3.215.9");
  install(cached("3.216.1"), "3.216.1");
  install(cached("3.1000.0"), "3.1000.0");
  const command = join(root, cached("3.1000.0"), "pulumi");
  expect(await search()).toMatchObject({ command, version: "3.1000.0" });
});

it("puts the folder of a cached CLI and that of the running Node.js before the PATH", async () => {
  install(cached("3.230.0"), "3.230.0");
  const { path } = (await search()) as Answer;
  expect(path.split(":")).toEqual([
    join(root, cached("3.230.0")),
    dirname(process.execPath),
    join(root, "path"),
    "/bin",
  ]);
});

it("adds the SDK's folder for a CLI on the PATH that lacks the script for dynamic providers", async () => {
  install("path", "3.230.0", ["pulumi", "pulumi-language-nodejs"]);
  const { path } = (await search()) as Answer;
  expect(path.split(":")[0]).toBe(join(repository, "node_modules", "@pulumi", "pulumi"));
});

it("passes over a folder that an interrupted installation left incomplete", async () => {
  install(cached("3.231.0"), "3.231.0", COMPLETE.slice(1));
  install(cached("3.230.0"), "3.230.0");
  expect(await search()).toMatchObject({ version: "3.230.0" });
});

it("passes over another major version", async () => {
  install("path", "4.0.0");
  expect(await search()).toContain("is version 4.0.0, and 3.216.0 or a later 3.x is needed");
});

it("says of each place why it did not do", async () => {
  install("path", "3.230.0", ["pulumi"]);
  install(cached("3.100.0"), "3.100.0");
  const answer = await search();
  expect(answer).toContain("Run `npm run setup` first");
  expect(answer).toContain(`PATH: ${join(root, "path", "pulumi")} has no \`pulumi-language-nodejs\``);
  expect(answer).toContain("cache:");
  expect(answer).toContain("is version 3.100.0");
});
