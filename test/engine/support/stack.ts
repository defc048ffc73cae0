import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import {
  type HoldSelection,
  startSimulator,
  type Simulator,
  type SimulatorOptions,
} from "../../../simulator";
import type { Deployment, EngineEvent, PreviewStep, ResourceState } from "./engine-types";
import { pulumiCli } from "./pulumi-cli";
import { RunningCommand, type CommandExit } from "./running-command";
import { Workspace } from "./workspace";

export interface StackOptions {
  /** Text of the program. */
  program: string;
  /** File it goes into; `index.ts` is slower, because Pulumi compiles it at each run. Default `index.js`. */
  file?: "index.js" | "index.ts";
  /** Stack configuration, for example `{ "alicloud:region": "cn-hangzhou" }`; values are plain text. */
  config?: Record<string, string>;
  /** Environment variables on top of the simulator's. */
  env?: Record<string, string>;
  /** A running simulator to share, which the stack does not stop, or how to start one of its own. */
  simulator?: Simulator | SimulatorOptions;
  /** Default `engine-test`. */
  project?: string;
  /** Default `test`. */
  name?: string;
}

export interface CommandOptions {
  /** Further arguments, for example `["--replace", urn]`. */
  args?: readonly string[];
  /** With true, the promise rejects when the command succeeds; otherwise when it fails. */
  expectFailure?: boolean;
}

export interface CommandResult extends CommandExit {
  /** The engine's events, in order. */
  events: EngineEvent[];
  /** The stack's outputs after an `up`, secrets masked; empty for other commands. */
  outputs: Record<string, unknown>;
}

/** Creates a stack in a temporary workspace, with a simulator behind it. */
export async function createStack(options: StackOptions): Promise<Stack> {
  const shared = isSimulator(options.simulator) ? options.simulator : undefined;
  const simulator =
    shared ?? (await startSimulator({ rateLimits: false, quota: 1000, ...options.simulator }));
  const stack = new Stack(options, simulator, shared === undefined);
  stacks.add(stack);
  await stack.pulumi(["stack", "init", stack.name]);
  return stack;
}

/** Disposes of every stack that a test left behind. */
export async function disposeStacks(): Promise<void> {
  await Promise.all([...stacks].map((stack) => stack.dispose()));
}

const stacks = new Set<Stack>();

/** One stack of one project; its methods run the real Pulumi CLI. */
export class Stack {
  readonly name: string;
  readonly project: string;
  readonly workspace: Workspace;
  private readonly file: string;
  private readonly running = new Set<RunningCommand>();

  /** Use {@link createStack}. */
  constructor(
    options: StackOptions,
    readonly simulator: Simulator,
    private readonly ownsSimulator: boolean,
  ) {
    this.name = options.name ?? "test";
    this.project = options.project ?? "engine-test";
    this.file = options.file ?? "index.js";
    this.workspace = new Workspace(this.project, { ...simulator.environment, ...options.env });
    const typescript = this.file === "index.ts";
    const runtime = { name: "nodejs", options: { typescript } };
    // JSON is valid YAML.
    this.workspace.write("Pulumi.yaml", JSON.stringify({ name: this.project, runtime, main: "." }));
    this.workspace.write(`Pulumi.${this.name}.yaml`, JSON.stringify({ config: options.config ?? {} }));
    this.writeProgram(options.program);
  }

  /** Replaces the program's text; the next command runs the new one. */
  writeProgram(text: string): void {
    this.workspace.write(this.file, text);
  }

  async setConfig(key: string, value: string): Promise<void> {
    await this.pulumi(["config", "set", "--", key, value]);
  }

  async up(options: CommandOptions = {}): Promise<CommandResult> {
    return await this.update(["up", "--yes", "--skip-preview"], options);
  }

  async preview(options: CommandOptions = {}): Promise<CommandResult> {
    return await this.update(["preview"], options);
  }

  /** The steps of `pulumi preview --json`. */
  async previewSteps(options: CommandOptions = {}): Promise<PreviewStep[]> {
    const { stdout } = await this.pulumi(["preview", "--json", ...(options.args ?? [])], options);
    return (JSON.parse(stdout) as { steps?: PreviewStep[] }).steps ?? [];
  }

  async refresh(options: CommandOptions = {}): Promise<CommandResult> {
    return await this.update(["refresh", "--yes", "--skip-preview"], options);
  }

  async destroy(options: CommandOptions = {}): Promise<CommandResult> {
    return await this.update(["destroy", "--yes", "--skip-preview"], options);
  }

  /** The stack's outputs as the CLI reports them, secrets in clear. */
  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = await this.pulumi(["stack", "output", "--json", "--show-secrets"]);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /** The stack's state with its secrets in clear: their ciphertext differs each time the state is saved. */
  async export(): Promise<Deployment> {
    const { stdout } = await this.pulumi(["stack", "export", "--show-secrets"]);
    return JSON.parse(stdout) as Deployment;
  }

  async import(deployment: Deployment): Promise<void> {
    this.workspace.write("import.json", JSON.stringify(deployment));
    await this.pulumi(["stack", "import", "--file", "import.json"]);
  }

  /** The recorded resource with this logical name. @throws when there is not exactly one */
  async resource(name: string): Promise<ResourceState> {
    const { deployment } = await this.export();
    const found = (deployment.resources ?? []).filter(({ urn }) => urn.endsWith(`::${name}`));
    const [resource] = found;
    if (resource === undefined || found.length > 1) {
      throw new Error(`The stack holds ${found.length} resources named ${name}.`);
    }
    return resource;
  }

  async urnOf(name: string): Promise<string> {
    return (await this.resource(name)).urn;
  }

  /** Starts a Pulumi command without waiting for it. */
  start(args: readonly string[]): RunningCommand {
    const running = new RunningCommand(pulumiCli().command, ["--non-interactive", "--color=never", ...args], {
      cwd: this.workspace.project,
      env: this.workspace.environment,
    });
    this.running.add(running);
    return running;
  }

  /** Kills a command with everything it started once something has happened, and removes the lock that it leaves behind. */
  async killWhen(command: "up" | "destroy", happening: Promise<unknown>): Promise<void> {
    const running = this.start([command, "--yes", "--skip-preview"]);
    await running.until(happening);
    running.kill();
    await running.exit;
    await this.pulumi(["cancel", "--yes"]);
  }

  /** The same at a point of a call: the call is cut, and what it did stays done. */
  async killAtCall(command: "up" | "destroy", point: HoldSelection): Promise<void> {
    const hold = this.simulator.hold(point);
    await this.killWhen(command, hold.reached);
    hold.discard();
  }

  /** Runs any Pulumi command to its end. */
  async pulumi(
    args: readonly string[],
    { expectFailure = false }: CommandOptions = {},
  ): Promise<CommandExit> {
    const running = this.start(args);
    const exit = await running.exit;
    this.running.delete(running);
    if ((exit.exitCode !== 0) !== expectFailure) {
      const expected = expectFailure ? "a failure" : "success";
      throw new Error(
        `Exit code ${exit.exitCode ?? "none"} where ${expected} was expected:\n${running.transcript()}`,
      );
    }
    return exit;
  }

  /** Kills what still runs, stops the stack's own simulator and removes the workspace. */
  async dispose(): Promise<void> {
    if (!stacks.delete(this)) return;
    for (const running of this.running) running.kill();
    await Promise.all([...this.running].map((running) => running.exit));
    if (this.ownsSimulator) await this.simulator.stop();
    this.workspace.remove();
  }

  private async update(command: readonly string[], options: CommandOptions): Promise<CommandResult> {
    const log = join(this.workspace.root, "events.json");
    rmSync(log, { force: true });
    const exit = await this.pulumi([...command, ...(options.args ?? []), "--event-log", log], options);
    const events = existsSync(log) ? parseEvents(readFileSync(log, "utf8")) : [];
    return { ...exit, events, outputs: command[0] === "up" ? stackOutputs(events) : {} };
  }
}

function isSimulator(value: StackOptions["simulator"]): value is Simulator {
  return value !== undefined && "endpoint" in value;
}

function parseEvents(log: string): EngineEvent[] {
  return log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EngineEvent);
}

function stackOutputs(events: readonly EngineEvent[]): Record<string, unknown> {
  const ofStack = events
    .map(({ resOutputsEvent }) => resOutputsEvent?.metadata)
    .filter((metadata) => metadata?.type === "pulumi:pulumi:Stack");
  return ofStack.at(-1)?.new?.outputs ?? {};
}
