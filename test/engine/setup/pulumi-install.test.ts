import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { repository } from "../support";

jest.setTimeout(60_000);

const script = pathToFileURL(join(repository, "scripts", "setup", "pulumi-cli.mjs")).href;

/** Compiles three packages of which one was cached; with `SLOW` it never gets past the first. */
const go = `#!/bin/sh
case "$1 $2" in
"env GOVERSION") echo go1.99.0 ;;
"env -json") echo '{}' ;;
list*) printf 'go: downloading example.com/a v1.0.0\\n' >&2; printf 'example.com/a\\n\\nexample.com/b\\n' ;;
build*)
  echo example.com/a >&2
  [ -z "$SLOW" ] || sleep 60
  echo example.com/b >&2
  while [ "$1" != -o ]; do shift; done
  printf '#!/bin/sh\\necho v3.230.0\\n' > "$2"
  chmod +x "$2"
  ;;
esac
`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "eip-segment-install-"));
  mkdirSync(join(root, "path"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function installGo(): void {
  writeFileSync(join(root, "path", "go"), go);
  chmodSync(join(root, "path", "go"), 0o755);
}

interface End {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Looks for a CLI on a machine whose downloads fail; `interruptAt` is a text on stderr that is answered with SIGINT. */
async function setUp(variables: Record<string, string> = {}, interruptAt?: string): Promise<End> {
  const program = `globalThis.fetch = () => Promise.reject(new Error("no network"));
    const { ensurePulumiCli } = await import(${JSON.stringify(script)});
    const { runMain } = await import(${JSON.stringify(script.replace("pulumi-cli", "failure"))});
    await runMain(async () => { console.log((await ensurePulumiCli()).command); });`;
  const env = { PATH: `${join(root, "path")}:/bin:/usr/bin`, PULUMI_HOME: join(root, "home"), ...variables };
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { env });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<End>((resolve) => {
    child.on("close", (code) => {
      resolve({ code, stdout, stderr });
    });
  });
  if (interruptAt !== undefined) {
    while (!stderr.includes(interruptAt)) await sleep(20);
    await sleep(500);
    child.kill("SIGINT");
  }
  return await ended;
}

const installed = (): string => join(root, "home", "versions", "3.230.0", "bin", "pulumi");

it("names the next of the four ways when a download fails, and builds", async () => {
  installGo();
  const { code, stdout, stderr } = await setUp();
  expect(stderr).toMatch(
    /No Pulumi CLI on the PATH or in the cache \(.+\)\.\nTrying source 3 of 4: the official download\.\n/,
  );
  expect(stderr).toMatch(/That failed \(download: .+no network\)\)\.\nTrying source 4 of 4: a build with Go/);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${installed()}\n` });
});

it("lists all four ways when none leads to a CLI, and what to install", async () => {
  const { code, stderr } = await setUp();
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /Tried, in this order:\n {2}- PATH: .+\n {2}- cache: .+\n {2}- download: .+\n {2}- build with Go: `go` was not found/,
  );
  expect(stderr).toContain("`pulumi version` works");
});

it("ends on Ctrl-C without leaving anything behind that a second start would take for a CLI", async () => {
  installGo();
  const { code, stderr } = await setUp({ SLOW: "1" }, "Building pulumi ...");
  expect(code).toBe(130);
  expect(stderr).toContain("Interrupted. Run the same command again: it reuses what is complete.");
  expect(await setUp()).toMatchObject({ code: 0, stdout: `${installed()}\n` });
});
