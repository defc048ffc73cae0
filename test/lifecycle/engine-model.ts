import type { Verbs } from "../../provider/util/verbs";
import { checkpointOf, eipSegmentType } from "../../provider/resource/checkpoint";

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
  /** Waited for before each change of the state is saved. */
  saving?: () => Promise<void>;
}

/** How a command ended. */
export interface Outcome {
  ok: boolean;
  errors: string[];
}

interface InitFailure {
  id: string;
  properties: Record<string, unknown>;
  reasons: string[];
}

const provider = { __provider: "serialized provider" };

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
    const checkpoint = checkpointOf(options.unreadable === true ? undefined : this.stackOutputs());
    const registered = new Set<Entry>();
    const isTarget = (urn: string): boolean =>
      options.target?.some((name) => this.urnOf(name) === urn) ?? true;
    const asked = program.filter(({ name }) => isTarget(this.urnOf(name)));
    const ends = await Promise.allSettled(
      asked.map((declaration) => this.register(declaration, verbs, options, checkpoint, registered)),
    );
    const errors = ends.flatMap((end) => (end.status === "rejected" ? [messageOf(end.reason)] : []));
    // What is declared but no target keeps its record as it is, also under an earlier name.
    for (const { name, aliases } of program.filter((declaration) => !asked.includes(declaration))) {
      const entry = this.known(name, aliases);
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

  async destroy(verbs: Verbs, options: UpOptions = {}): Promise<Outcome> {
    const errors = await this.deleteAll([...this.entries], verbs, options);
    return { ok: errors.length === 0, errors };
  }

  async refresh(verbs: Verbs): Promise<Outcome> {
    const ends = await Promise.allSettled(
      // What was deleted before its replacement was made is not looked at.
      this.entries
        .filter(({ replaced }) => !replaced)
        .map(async (entry) => {
          const answer = await verbs.read(undefined, entry.id, entry.outputs);
          if (answer.id === undefined || answer.id === "") {
            this.entries = this.entries.filter((other) => other !== entry);
            return;
          }
          entry.outputs = copy({ ...answer.props, ...provider });
          entry.inputs = copy({ ...(answer.inputs ?? entry.inputs), ...provider });
          entry.failed = false;
          await verbs.diff(undefined, entry.id, entry.outputs, entry.inputs);
        }),
    );
    const errors = ends.flatMap((end) => (end.status === "rejected" ? [messageOf(end.reason)] : []));
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

  private async register(
    declaration: Declaration,
    verbs: Verbs,
    options: UpOptions,
    checkpoint: unknown,
    registered: Set<Entry>,
  ): Promise<void> {
    const { name, args, aliases, deleteBeforeReplace, retainOnDelete = false } = declaration;
    const urn = this.urnOf(name);
    const news = { ...args, ...provider, __origin: { organization: "organization", urn, checkpoint } };
    const old = this.known(name, aliases);
    const again = old === undefined || old.tainted || options.replace?.includes(name) === true;
    if (old !== undefined) registered.add(old);
    if (!again) {
      const inputs = await checked(verbs, old.inputs, news);
      const { changes, replaces } = await verbs.diff(undefined, old.id, old.outputs, inputs);
      // What was deleted before its replacement was made is replaced whatever diff says.
      if (replaces.length === 0 && !old.replaced) {
        old.urn = urn;
        old.retain = retainOnDelete;
        if (changes || old.failed) await this.update(old, verbs, inputs, options);
        else old.inputs = copy(inputs);
        return;
      }
    }
    const inputs = await checked(verbs, {}, news);
    const deleted = old !== undefined && deleteBeforeReplace === true && !old.replaced;
    if (deleted) {
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
    registered.add(made.entry);
    if (made.error !== undefined) throw made.error;
  }

  /** The entry that a declaration goes on with, under its name or an earlier one. */
  private known(name: string, aliases: readonly string[] = []): Entry | undefined {
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
      made = { ...entry, id, outputs: copy({ ...outs, ...provider }) };
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
      outputs = { ...outs, ...provider };
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
    const ends = await Promise.allSettled(
      entries.map(async (entry) => {
        if (!entry.replaced) await this.delete(entry, verbs);
        await saving?.();
        this.interrupted.delete(entry.urn);
        this.entries = this.entries.filter((other) => other !== entry);
      }),
    );
    return ends.flatMap((end) => (end.status === "rejected" ? [messageOf(end.reason)] : []));
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

async function checked(
  verbs: Verbs,
  olds: Record<string, unknown>,
  news: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { inputs, failures } = await verbs.check(undefined, copy(olds), copy(news));
  if (failures.length > 0) {
    throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
  }
  return { ...inputs, ...provider };
}

/** The state is JSON: nothing else survives in it. */
const copy = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function isInitFailure(error: unknown): error is Error & InitFailure {
  return error instanceof Error && "id" in error && "properties" in error && "reasons" in error;
}
