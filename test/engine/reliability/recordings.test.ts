import { join } from "node:path";

import type { Verbs } from "../../../provider/util/verbs";
import { type Declaration, EngineModel, type Outcome } from "../../lifecycle/engine-model";
import { createStack, type Stack } from "../support";
import { mark, recordingProgram, recordingVerbs, takeCalls, unmark } from "./support/recorded-provider";

jest.setTimeout(300_000);

/** One declaration; all inputs are in `args` because the recording provider sees nothing else. */
const declare = (
  name: string,
  args: Record<string, unknown> = {},
  options: Partial<Declaration> = {},
): Declaration => ({
  ...{ name, args: { name, kind: "a", size: 1, ...args } },
  ...options,
});

/** The real engine and the model of it, side by side. */
class Twins {
  readonly model = new EngineModel();
  private readonly verbs: Verbs;

  private constructor(
    readonly stack: Stack,
    readonly realLog: string,
    readonly modelLog: string,
  ) {
    this.verbs = recordingVerbs(modelLog);
  }

  static async create(): Promise<Twins> {
    const stack = await createStack({ program: "" });
    return new Twins(stack, join(stack.workspace.root, "real"), join(stack.workspace.root, "model"));
  }

  readonly urnOf = (name: string): string =>
    `urn:pulumi:${this.stack.name}::${this.stack.project}::pulumi-nodejs:dynamic:Resource::${name}`;

  async up(
    program: readonly Declaration[],
    options: { ok?: boolean; replace?: string[]; targetReplace?: string[]; target?: string[] } = {},
  ): Promise<void> {
    const { ok = true, replace = [], targetReplace = [], target } = options;
    this.stack.writeProgram(recordingProgram(this.realLog, program));
    const args = [
      ...replace.flatMap((name) => ["--replace", this.urnOf(name)]),
      ...targetReplace.flatMap((name) => ["--target-replace", this.urnOf(name)]),
      ...(target ?? []).flatMap((name) => ["--target", this.urnOf(name)]),
    ];
    await this.stack.up({ args, expectFailure: !ok });
    const limits = target === undefined ? {} : { target };
    const modelled = { replace: [...replace, ...targetReplace], ...limits };
    await this.compare(await this.model.up(program, this.verbs, modelled), ok);
  }

  async refresh(): Promise<void> {
    await this.stack.refresh();
    // Two records of one resource are refreshed side by side.
    await this.compare(await this.model.refresh(this.verbs), true, (calls) => calls.sort());
  }

  async destroy(): Promise<void> {
    await this.stack.destroy();
    await this.compare(await this.model.destroy(this.verbs), true);
  }

  async taint(name: string): Promise<void> {
    await this.stack.pulumi(["state", "taint", this.urnOf(name)]);
    const entry = this.model.entry(name);
    if (entry !== undefined) entry.tainted = true;
  }

  /** Marks a resource in both worlds. */
  mark(id: string, what: "gone" | "stuck"): void {
    for (const log of [this.realLog, this.modelLog]) mark(log, id, what);
  }

  unmark(id: string, what: "gone" | "stuck"): void {
    for (const log of [this.realLog, this.modelLog]) unmark(log, id, what);
  }

  private async compare(
    modelled: Outcome,
    ok: boolean,
    order = (calls: string[]): string[] => calls,
  ): Promise<void> {
    const [model, real] = [this.modelLog, this.realLog].map((log) =>
      Object.entries(takeCalls(log)).map(([name, calls]) => [name, order(calls)]),
    );
    expect(Object.fromEntries(model ?? [])).toEqual(Object.fromEntries(real ?? []));
    expect(modelled.ok).toBe(ok);
    const { resources = [] } = (await this.stack.export()).deployment;
    const recorded = resources.filter(({ type }) => type === "pulumi-nodejs:dynamic:Resource");
    const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";
    expect(this.model.entries.map(({ urn, id, waits }) => [nameOf(urn), id, waits]).sort()).toEqual(
      recorded.map(({ urn, id, delete: waits = false }) => [nameOf(urn), id, waits]).sort(),
    );
  }
}

describe("the model of the engine makes the calls that the real engine makes", () => {
  it("for resources that are new, unchanged, updated, replaced, renamed, tainted, removed and destroyed", async () => {
    const twins = await Twins.create();
    const dbr = { deleteBeforeReplace: true };
    await twins.up([
      ...["same", "updated", "replaced", "tainted", "forced", "old"].map((name) => declare(name)),
      declare("dbr", {}, dbr),
      declare("dbrForced", {}, dbr),
      declare("retained", {}, { retainOnDelete: true }),
      declare("removed"),
    ]);
    await twins.taint("tainted");
    const second = [
      ...["same", "tainted", "forced"].map((name) => declare(name)),
      declare("updated", { size: 2 }),
      declare("replaced", { kind: "b" }),
      declare("dbr", { kind: "b" }, dbr),
      declare("dbrForced", {}, dbr),
      declare("renamed", { name: "old" }, { aliases: ["old"] }),
    ];
    await twins.up(second, { replace: ["forced"], targetReplace: [] });
    await twins.up([...second, declare("old", { name: "old anew" })], { replace: ["dbrForced"] });
    await twins.refresh();
    await twins.destroy();
  });

  it("for runs that are limited to some resources, of which one is renamed and one removed", async () => {
    const twins = await Twins.create();
    await twins.up(["kept", "updated", "old", "removed"].map((name) => declare(name)));
    const second = [
      declare("kept", { size: 2 }),
      declare("updated", { size: 2 }),
      declare("renamed", { name: "old" }, { aliases: ["old"] }),
      declare("fresh"),
    ];
    await twins.up(second, { target: ["updated"] });
    await twins.up(second, { target: ["removed"] });
    await twins.up(second, { target: ["old"] });
    await twins.up(second, { target: ["renamed"] });
    await twins.up(second);
    await twins.destroy();
  });

  it("for a creation that fails half-way, a deletion that fails, and a replacement that is lost meanwhile", async () => {
    const twins = await Twins.create();
    const broken = [declare("x", { broken: true })];
    await twins.up(broken, { ok: false });
    await twins.up(broken, { ok: false });
    await twins.refresh();
    await twins.up([declare("x", { broken: true })]);
    await twins.up([declare("x", { kind: "b", broken: true })], { ok: false });
    twins.mark("x-1", "stuck");
    await twins.up([declare("x", { kind: "b" })], { ok: false });
    twins.mark("x-2", "gone");
    await twins.refresh();
    twins.unmark("x-1", "stuck");
    await twins.up([declare("x", { kind: "b" })]);
    await twins.destroy();
  });

  it("for a creation that is refused after the deletion of what it replaces", async () => {
    const twins = await Twins.create();
    const dbr = { deleteBeforeReplace: true };
    const refused = [declare("x", { kind: "b", refused: true }, dbr)];
    await twins.up([declare("x", {}, dbr)]);
    await twins.up(refused, { ok: false });
    await twins.refresh();
    await twins.up(refused, { ok: false });
    // The change that replaced it is taken back.
    await twins.up([declare("x", {}, dbr)]);
    await twins.up(refused, { ok: false });
    await twins.up([]);
    await twins.up([declare("x", {}, dbr)]);
    await twins.up(refused, { ok: false });
    await twins.destroy();
  });
});
