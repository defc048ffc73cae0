import type { LogEntry } from "../../../simulator";
import { type Declaration, EngineModel } from "../engine-model";
import { type Change, type History, type Interruption, passingFaults } from "./history";
import { type CommandEnd, region, World } from "./world";

/** Runs of one program in a row after which it must have succeeded, with everything done that the errors say. */
const patience = 8;

/** Plays a history in a world, does what errors ask for, and watches that nothing is lost. */
export class Life {
  private program = new Map<string, Declaration>([
    ["x", { name: "x", args: { eipMask: 28 } }],
    ["y", { name: "y", args: { eipMask: 28 } }],
  ]);
  private toReplace = new Set<string>();
  /** Segments that somebody else made, and those the user let go of by hand. */
  private readonly foreign = new Set<string>();
  private readonly letGo = new Set<string>();
  private readonly inUse = new Map<string, string>();
  private salts = 0;
  /** Releases that were asked for although an address was in use. */
  private readonly violations: string[] = [];
  private settled = true;
  /** Whether anything happened after which no run can find a segment again, so that only `eip-segment orphans` names it. */
  private excused = false;

  constructor(
    readonly world: World,
    private readonly history: History,
  ) {
    world.engine = new EngineModel();
    world.config = {};
    world.printed.length = 0;
    world.onCall = (entry) => {
      this.watchRelease(entry);
    };
    const { tokenMemoryMs, lagMs, allocateMs, releaseMs, replayAfterRelease } = history.cloud;
    world.cloud.reset();
    world.cloud.configure({
      ...{ tokenMemoryMs, replayAfterRelease },
      progression: { kind: "time", allocateMs, releaseMs },
      visibilityLag: lagMs === 0 ? { kind: "none" } : { kind: "time", ms: lagMs },
    });
  }

  async play(): Promise<void> {
    for (const { changes, interruptions, settles } of this.history.episodes) {
      for (const change of changes) {
        this.excused ||= !this.settled && this.mayHideWhatWasBought(change);
        await this.change(change);
      }
      for (const interruption of interruptions) await this.interrupted(interruption);
      if (settles !== false) await this.settle();
    }
    await this.settle();
  }

  private get declarations(): Declaration[] {
    return [...this.program.values()];
  }

  private async interrupted({
    kill,
    killAtSave,
    unreadable,
    refreshed,
    delivered,
    pauseMs,
  }: Interruption): Promise<void> {
    const { world } = this;
    this.settled = false;
    this.setFaults();
    const end = await this.run({
      ...(kill === undefined ? {} : { kill }),
      ...(killAtSave === undefined ? {} : { killAtSave }),
      ...(unreadable === undefined ? {} : { unreadable }),
    });
    world.cloud.clearFaults();
    if (end.ok) this.checkAfterSuccess();
    if (delivered === true) await world.deliver();
    if (refreshed === true) await world.refresh();
    world.clock.advance(pauseMs);
  }

  private setFaults(): void {
    const { faults, seed } = this.history.cloud;
    passingFaults.forEach((fault, index) => {
      const probability = faults / passingFaults.length;
      if (faults > 0) this.world.cloud.addFault({ ...fault, action: "*", probability, seed: seed + index });
    });
  }

  private async run(options: Parameters<World["up"]>[1] = {}): Promise<CommandEnd> {
    const end = await this.world.up(this.declarations, { ...options, replace: [...this.toReplace] });
    if (end.ok) this.toReplace = new Set();
    return end;
  }

  /** Runs the program until it succeeds, doing what each error says. */
  private async settle(): Promise<void> {
    await this.world.deliver();
    const errors: string[] = [];
    for (let tries = 0; tries < patience; tries++) {
      const end = await this.run();
      if (end.ok) {
        this.settled = true;
        this.checkAfterSuccess();
        await this.checkUnchanged();
        return;
      }
      errors.push(...end.errors);
      for (const error of end.errors) await this.remedy(error);
    }
    throw new Error(`No success in ${patience} runs:\n${errors.join("\n")}`);
  }

  private async remedy(error: string): Promise<void> {
    const { world } = this;
    if (error.includes("`pulumi refresh`")) {
      await world.refresh();
    } else if (error.includes("may belong to it, or to someone else")) {
      await this.dealWith(idsIn(error.replace(/Write adopt.*/, "")));
    } else if (error.includes("cannot be released")) {
      for (const id of idsIn(error)) await this.unuse(id);
    } else if (/eipSegment:tokenSalt/.test(error)) {
      this.salts += 1;
      this.excused = true;
      world.config["eipSegment:tokenSalt"] = `salt ${this.salts}`;
    } else if (error.startsWith("adopt")) {
      for (const [name, { args, ...rest }] of this.program) {
        const { adopt: _adopt, ...others } = args;
        this.program.set(name, { ...rest, args: others });
      }
    }
  }

  /** Releases what is the stack's own, and tells the provider to ignore what is not. */
  private async dealWith(ids: readonly string[]): Promise<void> {
    const { world } = this;
    const ignored = ids.filter((id) => this.foreign.has(id) || this.letGo.has(id));
    for (const id of ids.filter((one) => !ignored.includes(one))) {
      await world.call("ReleaseEipSegmentAddress", { SegmentInstanceId: id });
    }
    const key = "eipSegment:ignoreUnclaimed";
    world.config[key] = [world.config[key] ?? [], ...ignored].flat().join(",");
  }

  private async change(change: Change): Promise<void> {
    const { world } = this;
    switch (change.kind) {
      case "mask":
        return this.edit(change.name, { eipMask: change.mask });
      case "bandwidth":
        return this.edit(change.name, { bandwidth: change.bandwidth });
      case "tags":
        return this.edit(change.name, { tags: change.tags });
      case "order":
        return this.option(change.name, { deleteBeforeReplace: change.deleteBeforeReplace });
      case "retain":
        return this.option(change.name, { retainOnDelete: true });
      case "replace":
        this.toReplace.add(this.nameNow(change.name));
        return;
      case "stranger":
        this.foreign.add(await world.stranger());
        return;
      case "refresh":
        await world.refresh();
        return;
      case "destroy":
        this.noteRetained();
        await world.destroy();
        return;
      default:
        return this.changeResource(change.kind, change.name);
    }
  }

  private async changeResource(
    kind: "presence" | "rename" | "taint" | "forget" | "vanish" | "use" | "adopt",
    base: string,
  ): Promise<void> {
    const { world } = this;
    const name = this.nameNow(base);
    const entry = world.engine.entry(name);
    const declaration = this.program.get(base);
    switch (kind) {
      case "presence":
        if (declaration === undefined) this.program.set(base, { name, args: { eipMask: 28 } });
        else {
          if (declaration.retainOnDelete === true) this.noteRetained(name);
          this.program.delete(base);
        }
        return;
      case "rename":
        if (declaration !== undefined) {
          const aliases = [...(declaration.aliases ?? []), declaration.name];
          this.program.set(base, { ...declaration, name: `${name}'`, aliases });
        }
        return;
      case "taint":
        if (entry !== undefined) entry.tainted = true;
        return;
      case "forget":
        for (const { urn, id } of world.engine.entries)
          if (urn === world.engine.urnOf(name)) this.letGo.add(id);
        world.engine.forget(name);
        return;
      case "vanish":
        if (entry !== undefined && world.live().includes(entry.id) && !this.inUse.has(entry.id)) {
          world.cloud.vanish(entry.id);
          await world.refresh();
        }
        return;
      case "use":
        if (entry !== undefined) await this.use(entry.id);
        return;
      case "adopt": {
        const free = [...this.letGo, ...this.foreign].find((id) => world.live().includes(id));
        if (free !== undefined && declaration === undefined) {
          this.program.set(base, { name, args: { eipMask: this.maskOf(free), adopt: free } });
        }
      }
    }
  }

  /** Both resources keep their names through renamings under the letters that the history uses. */
  private nameNow(base: string): string {
    return this.program.get(base)?.name ?? base;
  }

  private edit(base: string, args: Record<string, unknown>): void {
    const declaration = this.program.get(base);
    if (declaration !== undefined)
      this.program.set(base, { ...declaration, args: { ...declaration.args, ...args } });
  }

  private option(base: string, options: Partial<Declaration>): void {
    const declaration = this.program.get(base);
    if (declaration !== undefined) this.program.set(base, { ...declaration, ...options });
  }

  private maskOf(segmentId: string): number {
    return this.world.segments().find(({ id }) => id === segmentId)?.mask ?? 28;
  }

  private noteRetained(name?: string): void {
    const { engine } = this.world;
    for (const { id, retain, urn } of engine.entries) {
      if ((retain && name === undefined) || urn === (name === undefined ? undefined : engine.urnOf(name)))
        this.letGo.add(id);
    }
  }

  private async use(segmentId: string): Promise<void> {
    const { world } = this;
    const segment = world.segments().find(({ id, status }) => id === segmentId && status === "Allocated");
    if (segment !== undefined && !this.inUse.has(segmentId))
      this.inUse.set(segmentId, await world.use(segmentId));
  }

  private async unuse(segmentId: string): Promise<void> {
    const AllocationId = this.inUse.get(segmentId);
    if (AllocationId === undefined) return;
    this.inUse.delete(segmentId);
    await this.world.call("UnassociateEipAddress", { AllocationId });
  }

  private watchRelease({ action, parameters }: LogEntry): void {
    const id = parameters.SegmentInstanceId ?? "";
    if (action === "ReleaseEipSegmentAddress" && this.inUse.has(id)) {
      this.violations.push(`A release was asked for ${id}, which is in use.`);
    }
  }

  private checkAfterSuccess(): void {
    const { engine } = this.world;
    const live = new Map(this.world.segments().map((segment) => [segment.id, segment]));
    const recorded = engine.entries.map(({ id }) => id);
    const fail = (what: string): never => {
      throw new Error(
        `${what}\nlive: ${[...live.keys()].join(" ")}\nstate: ${JSON.stringify(engine.entries.map(({ urn, id, waits }) => [urn, id, waits]))}\nprinted:\n${this.world.printed.join("\n")}`,
      );
    };
    if (this.violations.length > 0) fail(this.violations.join(" "));
    if (new Set(recorded).size < recorded.length) fail("A segment has two records.");
    if (recorded.length !== this.program.size)
      fail(`${recorded.length} records for ${this.program.size} resources.`);
    for (const { name, args } of this.declarations) {
      const entry = engine.entry(name);
      const segment = live.get(entry?.id ?? "");
      if (entry === undefined || segment === undefined) return fail(`${name} has no live segment.`);
      if (segment.regionId !== region || segment.mask !== args.eipMask)
        fail(`${name} has a segment of other settings.`);
      const wanted = {
        ...(args.tags as Record<string, string> | undefined),
        "pulumi-eip-segment": entry.outputs.__ownerToken,
      };
      for (const { bandwidth, tags } of segment.addresses) {
        const isRight = bandwidth === (args.bandwidth ?? 5) && sameTags(tags, wanted);
        if (!isRight)
          fail(`${name} has an address with ${bandwidth} Mbit/s and tags ${JSON.stringify(tags)}.`);
      }
    }
    const text = this.world.printed.join("\n");
    const unknown = [...live.keys()].filter(
      (id) => !recorded.includes(id) && !this.foreign.has(id) && !this.letGo.has(id) && !text.includes(id),
    );
    if (unknown.length > 0 && !this.mayLose()) fail(`Paid for and forgotten: ${unknown.join(" ")}.`);
  }

  /** A second run of the same program changes nothing and asks the cloud nothing. */
  private async checkUnchanged(): Promise<void> {
    const calls = this.world.cloud.log.length;
    const { ok, errors } = await this.run();
    const made = this.world.cloud.log.slice(calls).map(({ action }) => action);
    if (!ok || made.length > 0)
      throw new Error(`The next run is not empty: ${[...errors, ...made].join(", ")}`);
  }

  /** A run that was interrupted is not taken up by a program that no longer asks for what it asked for. */
  private mayHideWhatWasBought(change: Change): boolean {
    switch (change.kind) {
      case "presence":
      case "rename":
      case "forget":
      case "vanish":
      case "destroy":
      case "adopt":
        return true;
      case "mask":
        return this.world.engine.entry(this.nameNow(change.name))?.inputs.eipMask === change.mask;
      default:
        return false;
    }
  }

  private mayLose(): boolean {
    return this.excused || this.history.cloud.tokenMemoryMs < Infinity;
  }
}

const idsIn = (text: string): string[] => [...new Set(text.match(/eipsg-[a-z0-9]+/g) ?? [])];

function sameTags(actual: Readonly<Record<string, string>>, wanted: Record<string, unknown>): boolean {
  const names = Object.keys(actual);
  return names.length === Object.keys(wanted).length && names.every((name) => actual[name] === wanted[name]);
}
