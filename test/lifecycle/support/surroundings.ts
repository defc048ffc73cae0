import type { LogEntry } from "../../../simulator";
import type { EditedProgram } from "./edited-program";
import type { World } from "./world";

/** What others do to the cloud, and what the user does beside running Pulumi. */
export class Surroundings {
  /** Releases that were asked for although an address was in use. */
  readonly violations: string[] = [];
  /** Whether the user gave the stack a new salt: what an interrupted run bought is then for `eip-segment orphans`. */
  salted = false;
  private readonly foreign = new Set<string>();
  private readonly forgotten = new Set<string>();
  private readonly inUse = new Map<string, string>();
  private salts = 0;

  constructor(
    private readonly world: World,
    private readonly program: EditedProgram,
  ) {
    world.onCall = (entry) => {
      this.watchRelease(entry);
    };
  }

  /** Whether nobody expects the stack to have a segment: a stranger made it, or the user let go of it. */
  isFree(segmentId: string): boolean {
    return [this.foreign, this.forgotten, this.world.engine.retained].some((ids) => ids.has(segmentId));
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

  /** Declares a resource that adopts some segment which nobody has. */
  adopt(letter: string): void {
    const segment = this.world.segments().find(({ id }) => this.isFree(id));
    if (segment !== undefined && !this.program.isDeclared(letter)) {
      this.program.declare(letter, { adopt: segment.id, eipMask: segment.mask });
    }
  }

  /** Does what an error of a run asks for. */
  async remedy(error: string): Promise<void> {
    const { config } = this.world;
    if (error.includes("`pulumi refresh`")) {
      await this.world.refresh();
    } else if (error.includes("may belong to it, or to someone else")) {
      await this.sortOut(idsIn(error.replace(/Write adopt.*/, "")));
    } else if (error.includes("cannot be released")) {
      for (const id of idsIn(error)) await this.endUse(id);
    } else if (error.includes("eipSegment:tokenSalt")) {
      this.salts += 1;
      this.salted = true;
      config["eipSegment:tokenSalt"] = `salt ${this.salts}`;
    } else if (error.startsWith("adopt")) {
      this.program.dropAdoptions();
    }
  }

  /** Releases what is the stack's own, and has the provider ignore what is not. */
  private async sortOut(ids: readonly string[]): Promise<void> {
    const { config } = this.world;
    const ignored = ids.filter((id) => this.isFree(id));
    const own = ids.filter((id) => !ignored.includes(id) && this.world.live().includes(id));
    for (const id of own) await this.world.call("ReleaseEipSegmentAddress", { SegmentInstanceId: id });
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

  private watchRelease({ action, parameters }: LogEntry): void {
    const id = parameters.SegmentInstanceId ?? "";
    if (action === "ReleaseEipSegmentAddress" && this.inUse.has(id)) {
      this.violations.push(`A release was asked for ${id}, which is in use.`);
    }
  }
}

const idsIn = (text: string): string[] => [...new Set(text.match(/eipsg-[a-z0-9]+/g) ?? [])];
