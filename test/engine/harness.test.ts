import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { createStack, plainProgram, type Stack } from "./support";

const ENDING = "::plain";

/** A `create` that tells the test that it runs, by a file with its process id, and takes some seconds. */
const slowCreate = (marker: string): string =>
  `require("fs").writeFileSync(${JSON.stringify(marker)}, String(process.pid));
   await new Promise((resolve) => setTimeout(resolve, 4000));
   require("fs").writeFileSync(${JSON.stringify(`${marker}-done`)}, "");
   return { id: "slow-1", outs: inputs };`;

async function appearance(path: string): Promise<void> {
  while (!existsSync(path)) await sleep(50);
}

describe("a program with one empty dynamic provider", () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await createStack({
      program: plainProgram({ size: 1 }),
      config: { "alicloud:region": "cn-hangzhou" },
    });
  });

  afterAll(async () => {
    await stack.dispose();
  });

  it("comes up, and its outputs and configuration are seen", async () => {
    const result = await stack.up();
    expect(result.outputs).toEqual({ id: "plain-1", region: "cn-hangzhou" });
    expect(await stack.outputs()).toEqual(result.outputs);
    expect((await stack.resource("plain")).inputs).toMatchObject({ size: 1 });
  });

  it("is unchanged on a second run", async () => {
    const { events } = await stack.up();
    expect(events.flatMap(({ summaryEvent }) => summaryEvent ?? [])).toMatchObject([
      { resourceChanges: { same: 2 } },
    ]);
  });

  it("shows a changed program as a step of the preview", async () => {
    stack.writeProgram(plainProgram({ size: 2 }));
    const steps = await stack.previewSteps();
    expect(steps.filter(({ urn }) => urn.endsWith(ENDING)).map(({ op }) => op)).toEqual(["update"]);
  });

  it("takes a changed configuration value", async () => {
    await stack.setConfig("alicloud:region", "cn-beijing");
    expect((await stack.up()).outputs).toMatchObject({ region: "cn-beijing" });
  });

  it("is empty after destroy", async () => {
    await stack.destroy();
    expect((await stack.export()).deployment.resources ?? []).toEqual([]);
  });
});

describe("a failing provider", () => {
  it("is reported to a test that expects the failure, and fails one that does not", async () => {
    const stack = await createStack({ program: plainProgram({}, `throw new Error("no such luck");`) });
    const { exitCode, stdout, events } = await stack.up({ expectFailure: true });
    expect(exitCode).toBe(1);
    expect(stdout).toContain("no such luck");
    expect(events.map(({ resOpFailedEvent }) => resOpFailedEvent?.metadata.op)).toContain("create");
    await expect(stack.up()).rejects.toThrow(/where success was expected:[^]*no such luck/);
    await expect(stack.preview({ expectFailure: true })).rejects.toThrow("where a failure was expected");
  });
});

describe("a run that does not end by itself", () => {
  let stack: Stack;
  let marker: string;

  beforeEach(async () => {
    stack = await createStack({ program: plainProgram() });
    marker = join(stack.workspace.root, "creating");
    stack.writeProgram(plainProgram({ size: 1 }, slowCreate(marker)));
  });

  afterEach(async () => {
    await stack.dispose();
  });

  it("can be killed with all its plugins, which leaves a pending creation in the state", async () => {
    const running = stack.start(["up", "--yes", "--skip-preview"]);
    await running.until(appearance(marker));
    running.kill();
    expect(await running.exit).toMatchObject({ exitCode: null, signal: "SIGKILL" });
    await sleep(5000);
    expect(existsSync(`${marker}-done`)).toBe(false);
    const { deployment } = await stack.export();
    expect(deployment.pending_operations).toMatchObject([
      { type: "creating", resource: { urn: expect.stringContaining(ENDING) as string, inputs: { size: 1 } } },
    ]);
  });

  it("can be interrupted as with Ctrl-C, which lets the engine end the run in order", async () => {
    const running = stack.start(["up", "--yes", "--skip-preview"]);
    await running.until(appearance(marker));
    running.interrupt();
    expect((await running.exit).exitCode).toBe(1);
    expect(existsSync(`${marker}-done`)).toBe(true);
    expect(await stack.resource("plain")).toMatchObject({ id: "slow-1" });
  });

  it("fails the test at once when it ends before the awaited moment", async () => {
    stack.writeProgram(`process.stderr.write("broken program"); process.exit(3);`);
    const running = stack.start(["up", "--yes", "--skip-preview"]);
    const never = new Promise<void>(() => undefined);
    await expect(running.until(never)).rejects.toThrow("broken program");
  });
});
