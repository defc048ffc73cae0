import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { repository } from "../support";

const MODULE = pathToFileURL(join(repository, "scripts", "setup", "lock.mjs")).href;

let root: string;
let lock: string;
let log: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "eip-segment-lock-"));
  lock = join(root, "lock");
  log = join(root, "log");
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

interface Holder {
  child: ChildProcess;
  ended: Promise<string>;
}

/** A process that takes the lock, notes in the log that it entered and left, and holds it for a while in between. */
function holder(name: string, holdMs: number): Holder {
  const program = `
    import { appendFileSync } from "node:fs";
    import { withLock } from ${JSON.stringify(MODULE)};
    const note = (text) => appendFileSync(${JSON.stringify(log)}, text + "\\n");
    await withLock(${JSON.stringify(lock)}, "the test", async () => {
      note("enter ${name}");
      await new Promise((resolve) => setTimeout(resolve, ${holdMs}));
      note("leave ${name}");
    });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  children.push(child);
  let stderr = "";
  child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
  return {
    child,
    ended: new Promise((resolve) =>
      child.on("close", () => {
        resolve(stderr);
      }),
    ),
  };
}

async function entered(name: string): Promise<void> {
  while (!existsSync(log) || !notes().includes(`enter ${name}`)) await sleep(20);
}

function notes(): string[] {
  return readFileSync(log, "utf8").trim().split("\n");
}

it("lets one process in at a time, and the others wait and name the owner", async () => {
  const first = holder("first", 1500);
  await entered("first");
  const waiting = await holder("second", 10).ended;
  expect(notes()).toEqual(["enter first", "leave first", "enter second", "leave second"]);
  expect(waiting).toContain(`Waiting for process ${first.child.pid ?? 0} (the test)`);
  expect(existsSync(lock)).toBe(false);
});

it("is taken over from a process that was killed", async () => {
  const first = holder("first", 600_000);
  await entered("first");
  first.child.kill("SIGKILL");
  await first.ended;
  expect(existsSync(lock)).toBe(true);
  await holder("second", 10).ended;
  expect(notes()).toEqual(["enter first", "enter second", "leave second"]);
});

it("is taken over by exactly one of several waiting processes at a time", async () => {
  writeFileSync(lock, JSON.stringify({ pid: deadPid(), host: hostname() }));
  const names = ["a", "b", "c", "d"];
  await Promise.all(names.map((name) => holder(name, 200).ended));
  const seen = notes();
  expect(seen).toHaveLength(8);
  for (let index = 0; index < 8; index += 2) {
    expect(seen[index + 1]).toBe(seen[index]?.replace("enter", "leave"));
  }
});

it("is taken over from another machine only after 30 s of silence", async () => {
  writeFileSync(lock, JSON.stringify({ pid: deadPid(), host: "another-machine" }));
  const waiting = holder("here", 10);
  await sleep(1500);
  expect(existsSync(log)).toBe(false);
  const silence = new Date(Date.now() - 31_000);
  utimesSync(lock, silence, silence);
  await waiting.ended;
  expect(notes()).toEqual(["enter here", "leave here"]);
});

/** Above the largest process id of Linux and macOS. */
function deadPid(): number {
  return 2 ** 22 + 1;
}
