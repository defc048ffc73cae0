import type { LogEntry, SegmentView } from "../../../simulator";
import type { Entry } from "../engine-model";
import type { EditedProgram } from "./edited-program";
import type { World } from "./world";

/** Longer than the cloud of any history takes to release a segment. */
const releaseMs = 10_000;

/** What others do to the cloud, and what the user does beside running Pulumi. */
export class Surroundings {
  /** Releases that were asked for although an address was in use. */
  readonly violations: string[] = [];
  /** Whether the user gave the stack a new salt: what an interrupted run bought is then for `eip-segment orphans`. */
  salted = false;
  /** Segments that another stack's state has by now. */
  readonly moved = new Set<string>();
  /** Segments that the user released because an error named them. */
  readonly releasedByHand = new Set<string>();
  /** Segments of others that nobody may touch, as they were at first. */
  bystanders: readonly SegmentView[] = [];
  private readonly foreign = new Set<string>();
  private readonly forgotten = new Set<string>();
  private readonly inUse = new Map<string, string>();
  private salts = 0;

  constructor(
    private readonly world: World,
    private readonly program: EditedProgram,
    /** Whether the program may give up an adoption that was interrupted. */
    private readonly allowsGivingUp: boolean,
    /**
     * Whether the cloud lists no EIPs, so that nothing shows a use: only the cloud can refuse a release then, and the user ends the
     * use of a segment that an error names.
     */
    private readonly hidesUse: boolean,
  ) {
    world.onCall = (entry) => {
      this.watchRelease(entry);
    };
  }

  /** Whether nobody expects the stack to have a segment: a stranger made it, or the user let go of it. */
  isFree(segmentId: string): boolean {
    const { retained } = this.world.engine;
    const isBystander = this.bystanders.some(({ id }) => id === segmentId);
    return (
      isBystander || [this.foreign, this.forgotten, this.moved, retained].some((ids) => ids.has(segmentId))
    );
  }

  async addStranger(): Promise<void> {
    this.foreign.add(await this.world.stranger());
  }

  /** `pulumi state delete`. */
  forget(name: string): void {
    const { engine } = this.world;
    for (const { id, urn } of engine.entries) if (urn === engine.urnOf(name)) this.forgotten.add(id);
    engine.forget(name);
  }

  /** The cloud loses a segment, and a refresh finds out. */
  async lose(name: string): Promise<void> {
    const id = this.world.engine.entry(name)?.id ?? "";
    if (this.world.live().includes(id) && !this.inUse.has(id)) {
      this.world.cloud.vanish(id);
      await this.world.refresh();
    }
  }

  async use(name: string): Promise<void> {
    const id = this.world.engine.entry(name)?.id ?? "";
    const segment = this.world.segments().find((one) => one.id === id);
    if (segment?.status === "Allocated" && !this.inUse.has(id)) this.inUse.set(id, await this.world.use(id));
  }

  /** `pulumi state move` of a segment in use to another stack, and out of the program. */
  async move(letter: string): Promise<void> {
    const { engine } = this.world;
    const name = this.program.nameOf(letter);
    const id = engine.entry(name)?.id ?? "";
    await this.use(name);
    if (this.inUse.has(id) && engine.entries.filter((entry) => entry.id === id).length === 1) {
      this.moved.add(id);
      engine.entries = engine.entries.filter((entry) => entry.id !== id);
      if (this.program.isDeclared(letter)) this.program.apply({ kind: "presence", name: letter });
    }
  }

  /** Has another resource adopt a segment, and removes its resource from the program. */
  handOver(letter: string): void {
    const { outputs } = this.world.engine.entry(this.program.nameOf(letter)) ?? {};
    if (outputs?.status === "Allocated" && this.program.isDeclared(letter)) {
      const { __segmentId: adopt, eipMask, bandwidth, tags } = outputs;
      this.program.handOver(letter, { adopt, eipMask, bandwidth, ...(tags === undefined ? {} : { tags }) });
    }
  }

  /** Runs what could forget or release something with the keys of another account. */
  async useOtherKeys(config: Record<string, string>): Promise<void> {
    const { world } = this;
    // The engine drops what is retained on deletion without asking anybody.
    const kept = (): Entry[] => world.engine.entries.filter(({ retain }) => !retain);
    const look = (): unknown => [world.live(), kept().map(({ id }) => id)];
    const before = JSON.stringify(look());
    await world.refresh({ config });
    await world.destroy({ config });
    if (JSON.stringify(look()) !== before) this.violations.push("Another account's keys changed something.");
  }

  /** Declares a resource that adopts some segment which nobody has. */
  adopt(letter: string): void {
    const untouchable = [...this.moved, ...this.bystanders.map(({ id }) => id)];
    const segment = this.world.segments().find(({ id }) => this.isFree(id) && !untouchable.includes(id));
    if (segment !== undefined && !this.program.isDeclared(letter)) {
      this.program.declare(letter, { adopt: segment.id, eipMask: segment.mask });
    }
  }

  /** Does what an error of a run asks for. */
  async remedy(error: string): Promise<void> {
    const { config } = this.world;
    if (error.includes("`pulumi refresh`")) {
      if (error.includes("Wait until it no longer exists")) this.world.clock.advance(releaseMs);
      await this.world.refresh();
    } else if (error.includes("may come from it, or belong to someone else")) {
      await this.sortOut(idsIn(error.replace(/Set adopt.*/, "")));
    } else if (error.includes("was not released, because addresses are in use")) {
      for (const id of idsIn(error)) await this.endUse(id);
    } else if (error.includes("not released. Run the same command again")) {
      // The replacement exists: with the option again, the run would make another one.
      this.program.toReplace.clear();
    } else if (error.includes("or remove the tag pulumi-eip-segment")) {
      for (const id of idsIn(error)) if (this.allowsGivingUp && !this.isFree(id)) await this.world.untag(id);
    } else if (error.includes("eipSegment:tokenSalt")) {
      this.salts += 1;
      this.salted = true;
      config["eipSegment:tokenSalt"] = `salt ${this.salts}`;
    } else if (error.includes("cannot be adopted as declared")) {
      this.writeAsItIs(idsIn(error)[0] ?? "", error.includes("tags are {}"));
    } else if (error.startsWith("adopt")) {
      this.program.dropAdoptions();
    }
  }

  /** Writes into the program what an adopted segment has, as far as the error does not tell otherwise, or gives the adoption up where its addresses differ. */
  private writeAsItIs(segmentId: string, hasNoTags: boolean): void {
    const { addresses = [], mask: eipMask } = this.world.segments().find(({ id }) => id === segmentId) ?? {};
    const [bandwidth, ...others] = new Set(addresses.map((address) => address.bandwidth));
    const [tags, ...otherTags] = new Set(addresses.map((address) => JSON.stringify(userTags(address.tags))));
    if (bandwidth === undefined || tags === undefined || others.length + otherTags.length > 0) {
      this.program.dropAdoptions();
    } else {
      this.program.writeAdopted(segmentId, {
        eipMask,
        bandwidth,
        tags: hasNoTags ? {} : (JSON.parse(tags) as object),
      });
    }
  }

  /** Releases what is the stack's own, and has the provider ignore what is not. */
  private async sortOut(ids: readonly string[]): Promise<void> {
    const { config } = this.world;
    const ignored = ids.filter((id) => this.isFree(id));
    const own = ids.filter((id) => !ignored.includes(id) && this.world.live().includes(id));
    for (const id of own) {
      this.releasedByHand.add(id);
      if (this.hidesUse) await this.endUse(id);
      await this.world.call("ReleaseEipSegmentAddress", { SegmentInstanceId: id });
    }
    const key = "eipSegment:ignoreUnclaimed";
    config[key] = [config[key] ?? [], ...ignored].flat().join(",");
  }

  private async endUse(segmentId: string): Promise<void> {
    const AllocationId = this.inUse.get(segmentId);
    if (AllocationId !== undefined) {
      this.inUse.delete(segmentId);
      await this.world.call("UnassociateEipAddress", { AllocationId });
    }
  }

  private watchRelease({ action, parameters, status }: LogEntry): void {
    const id = parameters.SegmentInstanceId ?? "";
    const isRefused = this.hidesUse && status !== 200;
    if (action === "ReleaseEipSegmentAddress" && this.inUse.has(id) && !isRefused) {
      this.violations.push(`A release was asked for ${id}, which is in use.`);
    }
  }
}

const idsIn = (text: string): string[] => [...new Set(text.match(/eipsg-[a-z0-9]+/g) ?? [])];

const userTags = (tags: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => key !== "pulumi-eip-segment"));
