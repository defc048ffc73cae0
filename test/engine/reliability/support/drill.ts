import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { HoldSelection } from "../../../../simulator";
import { createStack, segmentProgram, type Stack } from "../../support";

/** Where a run is killed: around the effect of a call, or when the state is saved for the n-th time. */
export type KillPoint = HoldSelection | { save: number };

/** One command whose process tree is killed, and what must hold once it was run again. */
export interface DrilledCommand {
  name: string;
  /** Brings the stack to where the command starts. */
  prepare: (drill: Drill) => Promise<void>;
  /** Arguments of the command that is killed and run again. */
  command: "up" | "destroy";
}

const inputs = { eipMask: 28, bandwidth: 5, tags: { round: "0" } };

/** One stack whose runs are killed again and again. */
export class Drill {
  /** Inputs of the declared segment, and its resource options. */
  args: Record<string, unknown> = inputs;
  options = "{}";
  private round = 0;

  private constructor(readonly stack: Stack) {}

  /** @param slowMs - How long segments take to come and to go, in ms. */
  static async create(slowMs = 300): Promise<Drill> {
    const stack = await createStack({
      program: segmentProgram({ args: inputs }),
      config: { "eipSegment:replayGraceSeconds": "1", "eipSegment:allocatePerMinute": "1000" },
      simulator: { progression: { kind: "time", allocateMs: slowMs, releaseMs: slowMs } },
    });
    return new Drill(stack);
  }

  /** Ids of the segments that are paid for. */
  live(): string[] {
    return this.stack.simulator.segments().map(({ id }) => id);
  }

  /** Ids of the segments in the state, those that wait for deletion included. */
  async recorded(): Promise<string[]> {
    const { resources = [] } = (await this.stack.export()).deployment;
    return resources.flatMap(({ id, type }) =>
      type.endsWith(":EipSegment") && id !== undefined ? [id] : [],
    );
  }

  /** Changes what the program declares, differently each time. */
  edit(change: "mask" | "inPlace"): void {
    this.round += 1;
    const mask = this.args.eipMask === 28 ? 27 : 28;
    const inPlace = {
      bandwidth: 5 + this.round,
      tags: { [`round${this.round}`]: "is this" },
      resourceGroupId: `rg-${this.round}`,
    };
    this.args = { ...this.args, ...(change === "mask" ? { eipMask: mask } : inPlace) };
    this.write();
  }

  write(): void {
    this.stack.writeProgram(segmentProgram({ args: this.args, options: this.options }));
  }

  /** Kills a command with everything it started, and runs it again. */
  async killAndRepeat(command: "up" | "destroy", point: KillPoint): Promise<void> {
    const known = await this.recorded();
    await this.kill(command, point);
    const survivors = this.live().filter((id) => !known.includes(id));
    await this.stack[command]();
    await this.verify(command, survivors);
  }

  /** Kills a command at one point after the other, each time a little further on, before it may end. */
  async killInARow(command: "up" | "destroy", points: readonly KillPoint[]): Promise<void> {
    const known = await this.recorded();
    let survivors: string[] = [];
    for (const point of points) {
      await this.kill(command, point);
      const made = this.live().filter((id) => !known.includes(id));
      // What one run has bought is what every later run goes on with.
      if (survivors.length > 0)
        expect([describePoint(point), made]).toEqual([describePoint(point), survivors]);
      survivors = made;
    }
    await this.stack[command]();
    await this.verify(command, survivors);
  }

  /** One live segment that is in the state, nothing else, and nothing left to do; after a destroy, nothing at all. */
  async verify(command: "up" | "destroy", survivors: readonly string[] = []): Promise<void> {
    const live = this.live();
    expect({ live, recorded: await this.recorded() }).toEqual({ live, recorded: live });
    expect(live).toHaveLength(command === "up" ? 1 : 0);
    if (command === "destroy") return;
    if (survivors.length > 0) expect(live).toEqual(survivors);
    const [segment] = this.stack.simulator.segments();
    expect(segment?.mask).toBe(this.args.eipMask);
    for (const { bandwidth, tags } of segment?.addresses ?? []) {
      expect({ bandwidth, tags }).toEqual({
        bandwidth: this.args.bandwidth,
        tags: { ...(this.args.tags as object), "pulumi-eip-segment": expect.any(String) as string },
      });
    }
    const steps = await this.stack.previewSteps();
    expect(steps.filter(({ op }) => op !== "same")).toEqual([]);
  }

  private async kill(command: "up" | "destroy", point: KillPoint): Promise<void> {
    if ("save" in point) await this.stack.killWhen(command, this.saved(point.save));
    else await this.stack.killAtCall(command, point);
  }

  /** Resolves at the n-th change of the stack's state file. */
  private async saved(count: number): Promise<void> {
    const { name, project, workspace } = this.stack;
    const file = join(workspace.root, "state", ".pulumi", "stacks", project, `${name}.json`);
    const read = (): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
    let last = read();
    for (let changes = 0; changes < count;) {
      await sleep(1);
      const now = read();
      if (now !== last && now !== "") {
        changes += 1;
        last = now;
      }
    }
  }
}

/** Does a destroyed stack's cloud forget its tokens, so that the next creation is a first one? Yes. */
async function startOver(drill: Drill): Promise<void> {
  if ((await drill.recorded()).length > 0) await drill.stack.destroy();
  drill.stack.simulator.reset();
  drill.write();
}

async function bringUp(drill: Drill): Promise<void> {
  drill.write();
  if ((await drill.recorded()).length === 0) await drill.stack.up();
}

/** Brings a segment up and has its program ask for another mask, which replaces it as `options` say. */
async function editMask(drill: Drill, options: string): Promise<void> {
  drill.options = options;
  await bringUp(drill);
  drill.edit("mask");
}

/** The commands that are killed. */
export const commands: Record<string, DrilledCommand> = {
  create: { name: "a creation", command: "up", prepare: startOver },
  replace: {
    name: "a replacement",
    command: "up",
    prepare: (drill) => editMask(drill, "{}"),
  },
  replaceDeletingFirst: {
    name: "a replacement that deletes first",
    command: "up",
    prepare: (drill) => editMask(drill, "{ deleteBeforeReplace: true }"),
  },
  update: {
    name: "an update",
    command: "up",
    prepare: async (drill) => {
      await bringUp(drill);
      drill.edit("inPlace");
    },
  },
  destroy: { name: "a destroy", command: "destroy", prepare: bringUp },
};

const around = (action: string, match?: Record<string, string>): KillPoint[] =>
  (["before", "after"] as const).map((point) =>
    match === undefined ? { action, point } : { action, match, point },
  );

const listing = { PageNumber: "1" };

/** Every point of every command, the most telling ones first. */
export const killPoints: Record<string, KillPoint[]> = {
  create: [
    ...around("AllocateEipSegmentAddress").reverse(),
    ...around("TagResources").reverse(),
    { save: 2 },
    { save: 3 },
    ...around("DescribeEipSegment", listing),
    ...around("DescribeEipAddresses"),
    ...around("GetCallerIdentity"),
  ],
  replace: [
    ...around("AllocateEipSegmentAddress").reverse(),
    ...around("ReleaseEipSegmentAddress").reverse(),
    ...around("TagResources"),
    { save: 1 },
    { save: 2 },
    { save: 3 },
    ...around("DescribeEipAddresses"),
  ],
  replaceDeletingFirst: [
    ...around("ReleaseEipSegmentAddress").reverse(),
    ...around("AllocateEipSegmentAddress").reverse(),
    ...around("TagResources"),
    { save: 2 },
    { save: 3 },
  ],
  update: [
    ...around("ModifyEipAddressAttribute").reverse(),
    ...around("TagResources"),
    ...around("UnTagResources"),
    ...around("MoveResourceGroup"),
    { save: 2 },
  ],
  destroy: [
    ...around("ReleaseEipSegmentAddress").reverse(),
    ...around("DescribeEipAddresses"),
    ...around("DescribeEipSegment"),
    { save: 2 },
  ],
};

/** Points of each command that can be reached one after the other, in the order in which a run comes to them. */
export const killRows: Record<string, KillPoint[]> = {
  create: [
    ...around("DescribeEipSegment", listing),
    ...around("AllocateEipSegmentAddress"),
    ...around("DescribeEipAddresses"),
    ...around("TagResources"),
  ],
  replace: [
    ...around("AllocateEipSegmentAddress"),
    ...around("DescribeEipAddresses"),
    ...around("TagResources"),
    { action: "ReleaseEipSegmentAddress", point: "after" },
  ],
  update: [
    ...around("ModifyEipAddressAttribute"),
    { action: "UnTagResources", point: "before" },
    { action: "TagResources", point: "before" },
  ],
  destroy: [...around("DescribeEipAddresses"), ...around("ReleaseEipSegmentAddress")],
};

export const describePoint = (point: KillPoint): string =>
  "save" in point
    ? `save ${point.save} of the state`
    : `${point.point} ${point.action}${point.match === undefined ? "" : " of the list"}`;
