import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { countPoints } from "../../lifecycle/support/measure";
import { createStack, type RunningCommand, segmentProgram, type Stack } from "../support";
import { treeOf } from "../support/process-tree";

const isLong = process.env.RELIABILITY_LONG !== undefined;

const commandLine = (pid: number): string => {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, "utf8").replaceAll("\0", " ") : "";
};

/** The process that runs the verbs, below the CLI and a shell script. */
function providerOf({ pid = 0 }: RunningCommand): number {
  const found = treeOf(pid).find((one) => /^\S*node \S*dynamic-provider/.test(commandLine(one)));
  if (found === undefined) throw new Error("There is no provider process.");
  return found;
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

describe("a run that is stopped while it waits for its segment", () => {
  let stack: Stack;
  let running: RunningCommand;
  let provider: number;

  beforeEach(async () => {
    stack = await createStack({
      program: segmentProgram({ args: { eipMask: 28 } }),
      simulator: { progression: { kind: "time", allocateMs: 6000, releaseMs: 0 } },
    });
    running = stack.start(["up", "--yes", "--skip-preview"]);
    const hold = stack.simulator.hold({ action: "AllocateEipSegmentAddress", point: "after" });
    await running.until(hold.reached);
    provider = providerOf(running);
    hold.release();
    await sleep(500);
  });

  afterEach(async () => {
    signal(provider, "SIGKILL");
    await stack.dispose();
  });

  const liveIds = (): string[] => stack.simulator.segments().map(({ id }) => id);

  /** The next run ends with the segment that was bought, and with nothing left to do. */
  async function expectTakenUp(bought: readonly string[]): Promise<void> {
    const { outputs } = await stack.up();
    expect(liveIds()).toEqual(bought);
    expect(outputs.segment).toMatchObject({ id: bought[0] });
    expect((await stack.previewSteps()).filter(({ op }) => op !== "same")).toEqual([]);
    countPoints(1);
  }

  const whenLong = isLong ? it : it.skip;

  whenLong("by one Ctrl-C ends in order, with the segment in the state (only with --long)", async () => {
    running.interrupt();
    const { exitCode } = await running.exit;
    expect(exitCode).not.toBe(0);
    expect((await stack.resource("segment")).id).toBe(liveIds()[0]);
    await expectTakenUp(liveIds());
  });

  it("by two Ctrl-Cs leaves the segment to the next run, which takes it up", async () => {
    const bought = liveIds();
    running.interrupt();
    await sleep(300);
    running.interrupt();
    await running.exit;
    expect(liveIds()).toEqual(bought);
    await expectTakenUp(bought);
  });

  whenLong(
    "by the end of its provider process alone is taken up by the next run (only with --long)",
    async () => {
      const bought = liveIds();
      signal(provider, "SIGKILL");
      expect((await running.exit).exitCode).not.toBe(0);
      await expectTakenUp(bought);
    },
  );

  it("by the end of the CLI alone is taken up by the next run, while the provider process goes on", async () => {
    const bought = liveIds();
    signal(running.pid ?? 0, "SIGKILL");
    await running.exit;
    expect(signal(provider, 0)).toBe(true);
    await stack.pulumi(["cancel", "--yes"]);
    await expectTakenUp(bought);
  });
});
