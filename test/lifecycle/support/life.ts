import type { Answer } from "../../../simulator/questions";
import { EngineModel } from "../engine-model";
import { forgetting, hiding, mayNeverSucceed, stopping } from "./answer-exemptions";
import { giveAnswers, strangersIn } from "./answer-stories";
import { commandFaults, touchedFaults } from "./command-faults";
import { EditedProgram } from "./edited-program";
import { passingFaults } from "./faults";
import type { Change, History, Interruption } from "./history";
import { Surroundings } from "./surroundings";
import { resourceFaults, stackFaults } from "./verdict";
import type { CommandEnd, CommandOptions, World } from "./world";

/** How long a new segment may stay unlisted without being asked for anew. */
const graceMs = 20_000;

/** Runs of one program in a row after which it must have succeeded, with everything done that the errors say. */
const patience = 8;

/** The same where no run succeeds: most of them take their whole timeout, and the second one only goes on with the first. */
const patienceIfStopped = 2;

/** Verbs that a run may call one after the other: a deletion, a creation, and a deletion. */
const verbsInARow = 3;

/** Keys of another account of the same cloud. */
export const otherAccount = {
  accountId: "2000000000000002",
  accessKeyId: "other",
  accessKeySecret: "other-secret",
};

const otherKeys = {
  "alicloud:accessKey": otherAccount.accessKeyId,
  "alicloud:secretKey": otherAccount.accessKeySecret,
};

/** Plays a history in a world, does what errors ask for, and watches that nothing is lost. */
export class Life {
  private readonly program = new EditedProgram();
  private readonly surroundings: Surroundings;
  /** Whether the last run of the program succeeded. */
  private settled = true;
  /** Whether a run was interrupted and its resource then taken away: only `eip-segment orphans` names what it bought. */
  private hidden = false;
  /** Whether tags were edited after a run was interrupted: those that it had set are nobody's then. */
  private strayTags = false;
  /** What interrupted runs have left behind without a record. */
  private survivors = new Set<string>();
  /** Segments that were live without a record after some run that failed or was killed. */
  private readonly left = new Set<string>();

  /** @param steady - Whether the history is one in which nothing at all may be lost. */
  constructor(
    private readonly world: World,
    private readonly history: History,
    private readonly steady: boolean,
  ) {
    world.engine = new EngineModel();
    world.config = {};
    world.printed.length = 0;
    world.cloud.reset();
    const { lagMs, allocateMs, releaseMs } = history.cloud;
    world.cloud.configure({
      answers: {},
      progression: { kind: "time", allocateMs, releaseMs },
      visibilityLag: lagMs === 0 ? { kind: "none" } : { kind: "time", ms: lagMs },
    });
    this.surroundings = new Surroundings(
      ...([world, this.program, !steady, this.hasAny(["eip-filter=nothing"])] as const),
    );
    world.onEnd = (end) => {
      if (!end.ok) this.recordLeft();
      if (this.answers.length === 0) return;
      const touched = touchedFaults(world, this.surroundings.bystanders);
      this.surroundings.violations.push(...commandFaults(end, verbsInARow), ...touched);
    };
  }

  async play(): Promise<void> {
    const { world } = this;
    const { tokenMemory, refusesReplayAfterRelease } = this.history.cloud;
    if (this.answers.length > 0) this.surroundings.bystanders = await strangersIn(world);
    giveAnswers(world, {
      ...(tokenMemory === undefined ? {} : { "token-memory": tokenMemory }),
      ...(refusesReplayAfterRelease ? { "token-after-release": "refused" } : {}),
      ...Object.fromEntries(this.answers.map((answer) => answer.split("=") as [string, string])),
    });
    for (const { changes, interruptions, settles } of this.history.episodes) {
      for (const change of changes) {
        this.hidden ||= !this.settled && this.hides(change);
        this.strayTags ||= !this.settled && change.kind === "tags";
        await this.change(change);
      }
      await this.confirmInterrupted();
      for (const interruption of interruptions) await this.interrupt(interruption);
      if (settles !== false) await this.settle();
    }
    await this.settle();
  }

  /** The refresh that the engine's warning of interrupted operations asks for, where the program may not repeat them. */
  private async confirmInterrupted(): Promise<void> {
    const { engine } = this.world;
    if (engine.interrupted.size > 0) await this.world.refresh();
    engine.interrupted.clear();
  }

  private get answers(): readonly Answer[] {
    return this.history.answers ?? [];
  }

  private hasAny(answers: readonly Answer[]): boolean {
    return this.answers.some((answer) => answers.includes(answer));
  }

  private async change(change: Change): Promise<void> {
    const { program, surroundings, world } = this;
    switch (change.kind) {
      case "refresh":
        await world.refresh();
        break;
      case "destroy":
        await world.destroy();
        break;
      case "stranger":
        await surroundings.addStranger();
        break;
      case "taint": {
        const entry = world.engine.entry(program.nameOf(change.name));
        if (entry !== undefined) entry.tainted = true;
        break;
      }
      case "forget":
        surroundings.forget(program.nameOf(change.name));
        break;
      case "vanish":
        await surroundings.lose(program.nameOf(change.name));
        break;
      case "use":
        await surroundings.use(program.nameOf(change.name));
        break;
      case "adopt":
        surroundings.adopt(change.name);
        break;
      case "move":
        await surroundings.move(change.name);
        break;
      case "handOver":
        if (this.settled) surroundings.handOver(change.name);
        break;
      case "otherKeys":
        await surroundings.useOtherKeys(otherKeys);
        break;
      case "reuse":
        if (this.settled) program.apply(change);
        break;
      default:
        program.apply(change);
    }
  }

  private async interrupt(interruption: Interruption): Promise<void> {
    const { delivered, refreshed, pauseMs, refused, target, ...options } = interruption;
    const { world } = this;
    this.settled = false;
    this.setFaults();
    if (refused !== undefined) world.refuse(refused, "InvalidParameter");
    const end = await this.run(
      target === undefined ? options : { ...options, target: [this.targetOf(target)] },
    );
    world.cloud.clearFaults();
    if (end.ok && target === undefined) this.judge();
    if (delivered === true) await this.deliver();
    if (refreshed === true) await world.refresh();
    for (const id of this.unrecorded()) this.survivors.add(id);
    for (const { id } of world.engine.entries) this.survivors.delete(id);
    world.clock.advance(pauseMs);
  }

  /** Lets late requests arrive: what they allocate is left by a killed run. */
  private async deliver(): Promise<void> {
    await this.world.deliver();
    this.recordLeft();
  }

  private recordLeft(): void {
    for (const id of this.unrecorded()) this.left.add(id);
  }

  private unrecorded(): string[] {
    const recorded = this.world.engine.entries.map(({ id }) => id);
    return this.world.live().filter((id) => !recorded.includes(id));
  }

  /** Name of a resource, or the one that its record has where it is no longer declared. */
  private targetOf(letter: string): string {
    const { program, world } = this;
    const names = world.engine.entries.map(({ urn }) => urn.split("::").at(-1) ?? "");
    return program.isDeclared(letter) ? program.nameOf(letter) : (names[0] ?? letter);
  }

  private setFaults(): void {
    const { faults, seed } = this.history.cloud;
    for (const fault of passingFaults(faults, seed)) this.world.cloud.addFault(fault);
  }

  private async run(options: CommandOptions = {}): Promise<CommandEnd> {
    const { declarations, toReplace } = this.program;
    const end = await this.world.up(declarations, { ...options, replace: [...toReplace] });
    if (end.ok) for (const name of options.target ?? [...toReplace]) toReplace.delete(name);
    return end;
  }

  /** Runs the program until it succeeds, doing what each error says. */
  private async settle(): Promise<void> {
    await this.deliver();
    const errors: string[] = [];
    const most = this.hasAny(stopping) ? patienceIfStopped : patience;
    for (let tries = 0; tries < most; tries++) {
      const end = await this.run();
      if (end.ok) {
        this.settled = true;
        this.judge();
        await this.confirmUnchanged();
        return;
      }
      errors.push(...end.errors);
      for (const error of end.errors) await this.surroundings.remedy(error);
    }
    this.judgeStack();
    if (!mayNeverSucceed(this.answers))
      throw new Error(`No success in ${patience} runs:\n${errors.join("\n")}`);
  }

  /** Judges the stack after a run of the program has succeeded. */
  private judge(): void {
    const faults = resourceFaults(this.world, this.program.declarations, this.strayTags).filter(
      (fault) => !(this.hasAny(hiding) && fault.includes("has an address with")),
    );
    this.judgeStack(faults);
  }

  /** Judges what must hold after any run, and fails for that and for `faults`. */
  private judgeStack(faults: string[] = []): void {
    const { engine, printed } = this.world;
    const { lagMs, tokenMemory } = this.history.cloud;
    const mayForget = tokenMemory !== "forever" || lagMs > graceMs || this.hasAny(forgetting);
    const mayLose = mayForget || this.hidden || this.surroundings.salted;
    // A run that succeeds forgets nothing that it allocated itself.
    const beForgotten = (id: string): boolean => mayLose && this.left.has(id);
    faults.push(...stackFaults(this.world, this.surroundings, { beNamed: !this.steady, beForgotten }));
    if (this.steady) {
      const { releasedByHand } = this.surroundings;
      const lost = [...this.survivors].filter(
        (id) => !releasedByHand.has(id) && engine.entries.every((entry) => entry.id !== id),
      );
      if (lost.length > 0) faults.push(`${lost.join(" ")} survived an interrupted run and was not taken up.`);
    }
    this.survivors = new Set();
    if (faults.length > 0) {
      const state = engine.entries.map(({ urn, id, waits }) => `${urn} ${id}${waits ? " waits" : ""}`);
      throw new Error([...faults, "State:", ...state, "Printed:", ...printed].join("\n"));
    }
  }

  /** A second run of the same program changes nothing and asks the cloud nothing. */
  private async confirmUnchanged(): Promise<void> {
    const { log } = this.world.cloud;
    const calls = log.length;
    const { errors, ok } = await this.run();
    const made = log.slice(calls).map(({ action }) => action);
    if (!ok || made.length > 0)
      throw new Error(`The next run is not empty: ${[...errors, ...made].join(", ")}`);
  }

  /** Whether a change makes the program no longer ask for what an interrupted run asked for. */
  private hides(change: Change): boolean {
    switch (change.kind) {
      case "presence":
      case "rename":
      case "forget":
      case "vanish":
      case "destroy":
      case "adopt":
      case "move":
        return true;
      case "mask": {
        const entry = this.world.engine.entry(this.program.nameOf(change.name));
        return entry?.inputs.eipMask === change.mask;
      }
      default:
        return false;
    }
  }
}
