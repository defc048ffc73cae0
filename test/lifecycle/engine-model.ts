import type { Verbs } from "../../provider/util/verbs";
import { type Checkpoint, checkpointOf, eipSegmentType } from "../../provider/resource/checkpoint";
import { checked, copy, errorsOf, isInitFailure, storedProvider } from "./support/engine-answers";

/** One resource of a modelled program. */
export interface Declaration {
  name: string;
  args: Record<string, unknown>;
  /** Earlier names of the resource. */
  aliases?: readonly string[];
  deleteBeforeReplace?: boolean;
  retainOnDelete?: boolean;
}

/** One resource in the modelled state. */
export interface Entry {
  urn: string;
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  /** Replaced, and still to be deleted. */
  waits: boolean;
  /** Failed to initialise. */
  failed: boolean;
  retain: boolean;
  tainted: boolean;
  /** Deleted before its replacement was made. */
  replaced: boolean;
}

/** How an `up` is run. */
export interface UpOptions {
  /** Names given to `--replace` or `--target-replace`. */
  replace?: readonly string[];
  /** Names given to `--target`: nothing is asked about any other resource. */
  target?: readonly string[];
  /** True where the program cannot read its stack. */
  unreadable?: boolean;
  /** Keys of the stack's configuration, as the program sees them. */
  settings?: readonly string[];
  /** Waited for before each change of the state is saved. */
  saving?: () => Promise<void>;
}

/** How a command ended. */
export interface Outcome {
  ok: boolean;
  errors: string[];
}

/** What a run does, or would do, with one resource. */
export interface Plan {
  step: "create" | "update" | "replace" | "same";
  /** Inputs because of which it is replaced. */
  replaces: readonly string[];
  old: Entry | undefined;
  inputs: Record<string, unknown>;
}

/**
 * The order in which the Pulumi engine calls a dynamic provider, and what it keeps of the answers, for the commands that the
 * tests of this folder are about. Recordings of the real engine check it; see test/engine/reliability/recordings.test.ts.
 */
export class EngineModel {
  entries: Entry[] = [];
  /** URNs of creations that were under way when a run was killed. */
  pending: string[] = [];
  /** URNs of updates and deletions that were under way when a run was killed: the next run warns of them and asks for a refresh. */
  readonly interrupted = new Set<string>();
  /** Ids that were dropped from the state without a deletion, because of retainOnDelete. */
  readonly retained = new Set<string>();

  constructor(
    readonly stack = "test",
    readonly project = "model",
  ) {}

  urnOf(name: string): string {
    return `urn:pulumi:${this.stack}::${this.project}::${eipSegmentType}::${name}`;
  }

  /** The entry of a resource that is not waiting for deletion. */
  entry(name: string): Entry | undefined {
    return this.entries.find(({ urn, waits }) => urn === this.urnOf(name) && !waits);
  }

  async up(program: readonly Declaration[], verbs: Verbs, options: UpOptions = {}): Promise<Outcome> {
    const registered = new Set<Entry>();
    const isTarget = (urn: string): boolean =>
      options.target?.some((name) => this.urnOf(name) === urn) ?? true;
    const asked = program.filter(({ name }) => isTarget(this.urnOf(name)));
    const errors = await errorsOf(
      asked.map(async (declaration) => {
        registered.add(await this.register(declaration, verbs, options));
      }),
    );
    // What is declared but no target keeps its record as it is, also under an earlier name.
    for (const declaration of program.filter((one) => !asked.includes(one))) {
      const entry = this.known(declaration);
      if (entry !== undefined) registered.add(entry);
    }
    if (errors.length === 0) {
      const rest = this.entries
        .filter((entry) => entry.waits || !registered.has(entry))
        .filter(({ urn }) => isTarget(urn));
      errors.push(...(await this.deleteAll(rest, verbs, options)));
    }
    return { ok: errors.length === 0, errors };
  }

  /** What `pulumi preview` shows of one resource, and what an `up` then does. */
  async preview(declaration: Declaration, verbs: Verbs, options: UpOptions = {}): Promise<Plan> {
    const { replace, settings = [], unreadable } = options;
    const old = this.known(declaration);
    const checkpoint = checkpointOf(unreadable === true ? undefined : this.stackOutputs());
    const news = this.newsOf(declaration, checkpoint, settings);
    let replaces: readonly string[] = [];
    if (old !== undefined && !old.tainted && replace?.includes(declaration.name) !== true) {
      const inputs = await checked(verbs, old.inputs, news);
      const diff = await verbs.diff(undefined, old.id, old.outputs, inputs);
      ({ replaces } = diff);
      // What was deleted before its replacement was made is replaced whatever diff says.
      if (replaces.length === 0 && !old.replaced) {
        return { step: diff.changes || old.failed ? "update" : "same", replaces, old, inputs };
      }
    }
    const inputs = await checked(verbs, {}, news);
    return { step: old === undefined ? "create" : "replace", replaces, old, inputs };
  }

  /** What a program sends to check; on a new stack where no checkpoint is given. */
  newsOf(
    { name, args }: Declaration,
    checkpoint: Checkpoint = { readable: true, held: [] },
    settings: readonly string[] = [],
  ): Record<string, unknown> {
    const urn = this.urnOf(name);
    return {
      ...args,
      ...storedProvider,
      __origin: { organization: "organization", urn, checkpoint, settings },
    };
  }

  async destroy(verbs: Verbs, options: UpOptions = {}): Promise<Outcome> {
    const errors = await this.deleteAll([...this.entries], verbs, options);
    return { ok: errors.length === 0, errors };
  }

  async refresh(verbs: Verbs): Promise<Outcome> {
    const errors = await errorsOf(
      // What was deleted before its replacement was made is not looked at.
      this.entries
        .filter(({ replaced }) => !replaced)
        .map(async (entry) => {
          const answer = await verbs.read(undefined, entry.id, entry.outputs);
          if (answer.id === undefined || answer.id === "") {
            this.entries = this.entries.filter((other) => other !== entry);
            return;
          }
          entry.outputs = copy({ ...answer.props, ...storedProvider });
          entry.inputs = copy({ ...(answer.inputs ?? entry.inputs), ...storedProvider });
          entry.failed = false;
          await verbs.diff(undefined, entry.id, entry.outputs, entry.inputs);
        }),
    );
    return { ok: errors.length === 0, errors };
  }

  /** `pulumi state delete`: also of what waits for deletion. */
  forget(name: string): void {
    this.entries = this.entries.filter(({ urn }) => urn !== this.urnOf(name));
  }

  /** What the engine answers to `pulumi:pulumi:readStackResourceOutputs`: all but what waits for deletion. */
  stackOutputs(): Record<string, unknown> {
    const shown = this.entries.filter(({ waits }) => !waits);
    const outputs = shown.map(({ urn, outputs }) => [urn, { type: eipSegmentType, outputs: copy(outputs) }]);
    return { name: this.stack, outputs: Object.fromEntries(outputs) };
  }

  private async register(declaration: Declaration, verbs: Verbs, options: UpOptions): Promise<Entry> {
    const { name, deleteBeforeReplace, retainOnDelete = false } = declaration;
    const urn = this.urnOf(name);
    const { step, old, inputs } = await this.preview(declaration, verbs, options);
    if (old !== undefined && (step === "update" || step === "same")) {
      old.urn = urn;
      old.retain = retainOnDelete;
      if (step === "update") await this.update(old, verbs, inputs, options);
      else old.inputs = copy(inputs);
      return old;
    }
    if (old !== undefined && deleteBeforeReplace === true && !old.replaced) {
      await this.delete(old, verbs);
      await options.saving?.();
      this.interrupted.delete(old.urn);
      old.replaced = true;
    }
    const made = await this.create(urn, verbs, inputs, options);
    made.entry.retain = retainOnDelete;
    if (old !== undefined) {
      old.waits = true;
      if (old.replaced) this.entries = this.entries.filter((entry) => entry !== old);
    }
    if (made.error !== undefined) throw made.error;
    return made.entry;
  }

  /** The entry that a declaration goes on with, under its name or an earlier one. */
  private known({ name, aliases = [] }: Declaration): Entry | undefined {
    return [name, ...aliases].map((one) => this.entry(one)).find((entry) => entry !== undefined);
  }

  private async create(
    urn: string,
    verbs: Verbs,
    inputs: Record<string, unknown>,
    { saving }: UpOptions,
  ): Promise<{ entry: Entry; error?: Error }> {
    this.pending.push(urn);
    const entry = {
      urn,
      inputs: copy(inputs),
      waits: false,
      failed: false,
      retain: false,
      tainted: false,
      replaced: false,
    };
    let made: Entry;
    let error: Error | undefined;
    try {
      const { id, outs } = await verbs.create(undefined, inputs);
      made = { ...entry, id, outputs: copy({ ...outs, ...storedProvider }) };
    } catch (thrown) {
      this.pending = this.pending.filter((other) => other !== urn);
      if (!isInitFailure(thrown)) throw thrown;
      error = thrown;
      made = { ...entry, id: thrown.id, outputs: copy(thrown.properties), failed: true };
    }
    await saving?.();
    this.pending = this.pending.filter((other) => other !== urn);
    this.entries.push(made);
    return error === undefined ? { entry: made } : { entry: made, error };
  }

  private async update(
    entry: Entry,
    verbs: Verbs,
    inputs: Record<string, unknown>,
    { saving }: UpOptions,
  ): Promise<void> {
    this.interrupted.add(entry.urn);
    let outputs: Record<string, unknown>;
    let error: Error | undefined;
    try {
      const { outs } = await verbs.update(undefined, entry.id, entry.outputs, inputs);
      outputs = { ...outs, ...storedProvider };
    } catch (thrown) {
      if (!isInitFailure(thrown)) {
        this.interrupted.delete(entry.urn);
        throw thrown;
      }
      error = thrown;
      outputs = thrown.properties;
    }
    // Outside of the attempt: a run that is killed here has not ended its update.
    await saving?.();
    this.interrupted.delete(entry.urn);
    Object.assign(entry, { outputs: copy(outputs), inputs: copy(inputs), failed: error !== undefined });
    if (error !== undefined) throw error;
  }

  private async deleteAll(entries: readonly Entry[], verbs: Verbs, { saving }: UpOptions): Promise<string[]> {
    return errorsOf(
      entries.map(async (entry) => {
        if (!entry.replaced) await this.delete(entry, verbs);
        await saving?.();
        this.interrupted.delete(entry.urn);
        this.entries = this.entries.filter((other) => other !== entry);
      }),
    );
  }

  private async delete({ urn, id, outputs, retain }: Entry, verbs: Verbs): Promise<void> {
    if (retain) {
      this.retained.add(id);
      return;
    }
    this.interrupted.add(urn);
    try {
      await verbs.delete(undefined, id, outputs);
    } catch (error) {
      this.interrupted.delete(urn);
      throw error;
    }
  }
}
