import {
  type LogEntry,
  type SegmentView,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "../../../simulator";
import { type Declaration, EngineModel, type Outcome, type UpOptions } from "../engine-model";
import { VirtualClock } from "../../support/virtual-clock";
import {
  atTime,
  type Kill,
  ProcessKilled,
  type ProcessOptions,
  ProviderProcess,
  wire,
} from "./provider-process";

export const region = "cn-hangzhou";

/** Time of the model in ms after which a command is killed: no timeout of a test is as long, and it would never end. */
const endlessMs = 3 * 3_600_000;

/** How one command of a world is run. */
export interface CommandOptions extends Omit<UpOptions, "saving"> {
  kill?: Kill;
  /** Kills the process before its n-th change of the state is saved. */
  killAtSave?: number;
  /** Settings on top of the stack's configuration. */
  config?: Record<string, string>;
}

/** How a command ended, and what its provider process printed. */
export interface CommandEnd extends Outcome {
  killed: boolean;
  tookMs: number;
  lines: string[];
}

/** A cloud, one stack, and time: every command runs in a provider process of its own. */
export class World {
  readonly clock = new VirtualClock();
  /** Ids that the machine has seen released. */
  readonly releasedSegments = new Set<string>();
  /** Stack configuration. */
  config: Record<string, string> = {};
  engine = new EngineModel();
  /** Called with each call of the API once it is answered. */
  onCall: (entry: LogEntry) => void = () => undefined;
  /** Called when a command has ended. */
  onEnd: (end: CommandEnd) => void = () => undefined;
  /** All that provider processes printed or failed with. */
  readonly printed: string[] = [];
  private readonly onTheWay: (() => Promise<unknown>)[] = [];
  private running: Simulator | undefined;
  private endIfEndless: () => void = () => undefined;

  /** A world whose cloud has neither quota nor rates in the way. */
  static async start(options: SimulatorOptions = {}): Promise<World> {
    const world = new World();
    const free = { quota: 100_000, rateLimits: false, frequentPurchaseGuard: false };
    world.running = await startSimulator({
      ...{ ...free, ...options, now: world.clock.now },
      onRequest: (entry) => {
        world.endIfEndless();
        world.onCall(entry);
      },
    });
    return world;
  }

  get cloud(): Simulator {
    if (this.running === undefined) throw new Error("The cloud is not running.");
    return this.running;
  }

  async stop(): Promise<void> {
    await this.running?.stop();
  }

  up(program: readonly Declaration[], options: CommandOptions = {}): Promise<CommandEnd> {
    return this.command(options, (process, saving) =>
      this.engine.up(program, process.verbs, { ...options, saving }),
    );
  }

  refresh(options: CommandOptions = {}): Promise<CommandEnd> {
    return this.command(options, (process) => this.engine.refresh(process.verbs));
  }

  destroy(options: CommandOptions = {}): Promise<CommandEnd> {
    return this.command(options, (process, saving) => this.engine.destroy(process.verbs, { saving }));
  }

  /** An `up` that must succeed. */
  async upWell(program: readonly Declaration[], options: CommandOptions = {}): Promise<CommandEnd> {
    const end = await this.up(program, options);
    if (!end.ok) throw new Error(`up failed: ${end.errors.join("\n")}${end.killed ? "(killed)" : ""}`);
    return end;
  }

  /** Lets requests arrive that were on their way when their process was killed. */
  async deliver(): Promise<void> {
    await Promise.all(this.onTheWay.splice(0).map((send) => send()));
  }

  /** Ids of the live segments, oldest first; those being released are left out. */
  live(): string[] {
    return this.segments().map(({ id }) => id);
  }

  segments(): SegmentView[] {
    return this.cloud.segments().filter(({ status }) => status !== "Releasing");
  }

  /** A call by somebody else, with the stack's own keys. */
  async call(action: string, parameters: Record<string, string>): Promise<Record<string, unknown>> {
    const { ALICLOUD_ACCESS_KEY = "", ALICLOUD_SECRET_KEY = "" } = this.cloud.environment;
    const request = {
      endpoint: { url: this.cloud.endpoint, changedBy: "" },
      ...{ version: "2016-04-28", action, parameters: { RegionId: region, ...parameters } },
    };
    const credentials = { accessKeyId: ALICLOUD_ACCESS_KEY, accessKeySecret: ALICLOUD_SECRET_KEY };
    const answer = await wire.send(atTime(this.clock.now(), request), credentials);
    if (answer.kind !== "success") throw new Error(`${action}: ${JSON.stringify(answer)}`);
    return answer.body as Record<string, unknown>;
  }

  /** Somebody associates the first address of a segment with an instance. */
  async use(segmentId: string): Promise<string> {
    const eip = this.cloud.segments().find(({ id }) => id === segmentId)?.addresses[0];
    const AllocationId = eip?.allocationId ?? "";
    await this.call("AssociateEipAddress", {
      AllocationId,
      InstanceId: "i-bp1user",
      InstanceType: "EcsInstance",
    });
    return AllocationId;
  }

  /** Somebody tags the addresses of a segment. */
  async tag(segmentId: string, tags: Readonly<Record<string, string>>): Promise<void> {
    const entries = Object.entries(tags).flatMap(([key, value], index): [string, string][] => [
      [`Tag.${index + 1}.Key`, key],
      [`Tag.${index + 1}.Value`, value],
    ]);
    const { addresses = [] } = this.cloud.segments().find(({ id }) => id === segmentId) ?? {};
    const eips = addresses.map(
      ({ allocationId }, index) => [`ResourceId.${index + 1}`, allocationId] as const,
    );
    await this.call("TagResources", { ResourceType: "EIP", ...Object.fromEntries([...entries, ...eips]) });
  }

  /** Somebody takes the ownership tag off the addresses of a segment. */
  async untag(segmentId: string): Promise<void> {
    const { addresses = [] } = this.cloud.segments().find(({ id }) => id === segmentId) ?? {};
    const eips = addresses.map(
      ({ allocationId }, index) => [`ResourceId.${index + 1}`, allocationId] as const,
    );
    const tag = { ResourceType: "EIP", "TagKey.1": "pulumi-eip-segment" };
    await this.call("UnTagResources", { ...tag, ...Object.fromEntries(eips) });
  }

  /** Refuses every call of an action from now on. */
  refuse(action: string, code = "Forbidden.RAM"): void {
    this.cloud.addFault({ kind: "error", code, action, probability: 1 });
  }

  /** Does something once, as soon as a call of an action is answered. */
  after(action: string, happening: () => void): void {
    this.onCall = (entry) => {
      if (entry.action === action) {
        this.onCall = () => undefined;
        happening();
      }
    };
  }

  /** Somebody allocates a segment that is none of the stack's. */
  async stranger(parameters: Record<string, string> = {}): Promise<string> {
    const answer = await this.call("AllocateEipSegmentAddress", { EipMask: "28", ...parameters });
    return String(answer.EipSegmentInstanceId);
  }

  /** A provider process of its own, for tests that call verbs directly. */
  process(options: CommandOptions = {}): ProviderProcess {
    const { kill } = options;
    const process: ProcessOptions = {
      ...{
        simulator: this.cloud,
        releasedSegments: this.releasedSegments,
        clock: this.clock,
        config: { ...this.config, ...options.config },
        kill,
      },
      late: (send) => this.onTheWay.push(send),
    };
    return new ProviderProcess(process);
  }

  private async command(
    options: CommandOptions,
    run: (process: ProviderProcess, saving: () => Promise<void>) => Promise<Outcome>,
  ): Promise<CommandEnd> {
    const process = this.process(options);
    const startedAt = this.clock.now();
    this.endIfEndless = () => {
      if (this.clock.now() - startedAt > endlessMs) process.kill();
    };
    let saves = 0;
    const saving = (): Promise<void> => {
      saves += 1;
      if (saves === options.killAtSave) process.kill();
      return process.isDead ? process.killed : Promise.resolve();
    };
    let outcome: Outcome & { killed: boolean };
    try {
      outcome = { ...(await Promise.race([run(process, saving), process.killed])), killed: false };
    } catch (error) {
      if (!(error instanceof ProcessKilled)) throw error;
      outcome = { ok: false, errors: [], killed: true };
    }
    await this.clock.quiet();
    this.printed.push(...process.lines, ...outcome.errors);
    const end = { ...outcome, lines: process.lines, tookMs: this.clock.now() - startedAt };
    this.onEnd(end);
    return end;
  }
}

/** Declares a segment with the smallest mask, or what is given. */
export const segment = (
  name = "x",
  args: Record<string, unknown> = {},
  options: Omit<Declaration, "name" | "args"> = {},
): Declaration => ({
  name,
  args: { eipMask: 28, ...args },
  ...options,
});
