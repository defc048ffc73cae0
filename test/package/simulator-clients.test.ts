import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { parse } from "yaml";

import { Consumer, repository } from "./support/consumer";

jest.setTimeout(600_000);

const name = "pulumi-alicloud-eip-segment";
const hasGo = spawnSync("go", ["version"]).status === 0;

/** The port that the pages name; here a free one takes its place, because another program may have it. */
const namedPort = /\b4010\b/g;
let endpoint: string;
let port: string;

let consumer: Consumer;
const running: ChildProcess[] = [];

beforeAll(async () => {
  consumer = new Consumer();
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  port = String((server.address() as AddressInfo).port);
  endpoint = `http://127.0.0.1:${port}`;
  await new Promise((resolve) => server.close(resolve));
});
afterEach(() => {
  // Each runs as a group of its own, for a shell leaves its background jobs behind.
  for (const { pid } of running.splice(0)) if (pid !== undefined) kill(pid);
});
afterAll(() => {
  consumer.remove();
});

function kill(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

/** Blocks of one language below a heading of a page, where the registry's package is the tarball and the port a free one. */
function blocks(page: string, heading: string, language: string): string[] {
  const text = readFileSync(join(repository, page), "utf8");
  const section = text.split(/^#+ /m).find((part) => part.startsWith(heading)) ?? "";
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(
    ({ 1: block = "" }) =>
      block
        .replaceAll(new RegExp(`(npm install .*)${name}`, "g"), `$1${consumer.tarball}`)
        .replaceAll(namedPort, port),
  );
}

const clients = (heading: string, language: string): string =>
  blocks("docs/simulator-clients.md", heading, language)[0] ?? "";

const shell = (script: string): string => consumer.run("sh", "-euc", script);

async function untilHealthy(): Promise<void> {
  for (;;) {
    const reply = await fetch(`${endpoint}/_simulator/health`).catch(() => undefined);
    if (reply?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("the package without its peers, and a program with the vendor's SDK for TypeScript", () => {
  shell(clients("Use the simulator", "sh"));
  expect(consumer.has("node_modules/@pulumi/pulumi")).toBe(false);
  consumer.write("client.mjs", clients("SDK for TypeScript", "js"));
  expect(shell(clients("SDK for TypeScript", "sh"))).toMatch(/^eipsg-bp1\w{18}$/m);
});

// Compiling the SDK takes half a minute of processor time, and its modules come from the Go module proxy.
(hasGo ? test : test.skip)(
  `a program with the vendor's SDK for Go${hasGo ? "" : " (not run: there is no go on the PATH)"}`,
  () => {
    consumer.write("main.go", clients("SDK for Go", "go"));
    expect(shell(clients("SDK for Go", "sh"))).toMatch(/^eipsg-bp1\w{18}$/m);
  },
);

interface Service {
  readonly command: [string, ...string[]];
  readonly healthcheck: { readonly test: [string, string, ...string[]] };
  readonly environment: Record<string, string>;
}

test("the commands of the container files start, check, use and end the simulator", async () => {
  const lines = clients("Container", "dockerfile").split("\n");
  const value = (word: string): string =>
    lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? "";
  shell(value("RUN"));
  const [command = "", ...args] = JSON.parse(value("CMD")) as string[];
  const container = spawn(command, args, { cwd: consumer.folder, detached: true, stdio: "ignore" });
  running.push(container);
  await untilHealthy();
  const { services } = parse(clients("Container", "yaml")) as {
    services: Record<"simulator" | "app", Service>;
  };
  const [, ...check] = services.simulator.healthcheck.test;
  expect(consumer.run(...check)).toBe("");
  const { environment, command: app } = services.app;
  const local = Object.entries(environment).map(([key, text]) => [
    key,
    text.replace("//simulator:", "//127.0.0.1:"),
  ]);
  const env = { ...process.env, ...(Object.fromEntries(local) as Record<string, string>) };
  const [program, ...rest] = app;
  expect(execFileSync(program, rest, { env, encoding: "utf8" })).toBe("200\n");
  const list = ["--no", "eip-segment", "list"];
  expect(execFileSync("npx", list, { env, cwd: consumer.folder, encoding: "utf8" })).toContain(
    '"segments": []',
  );
  container.kill("SIGTERM");
  expect(await once(container, "exit")).toEqual([0, null]);
});

test("every command of the simulator's page works from an empty folder", async () => {
  const [start = "", ...others] = [
    ...blocks("simulator/README.md", "Start", "sh"),
    ...blocks("simulator/README.md", "Control path", "sh"),
  ];
  const simulator = spawn("sh", ["-euc", `${start}wait`], {
    cwd: consumer.folder,
    detached: true,
    stdio: "ignore",
  });
  running.push(simulator);
  await untilHealthy();
  expect(others.length).toBe(1);
  const curl = 'curl() { command curl --silent --show-error --fail-with-body "$@" && echo; }\n';
  const printed = shell(`ENDPOINT=${endpoint}\n${curl}${others.join("")}`);
  expect(printed).toContain('"version"');
  expect(printed).toContain('{"id":1,"reached":false}');
  expect(JSON.parse(readFileSync(join(consumer.folder, "snapshot.json"), "utf8"))).toMatchObject({
    segments: [{ cidrBlock: "203.0.113.0/28" }],
  });
});
