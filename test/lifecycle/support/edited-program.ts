import type { Declaration } from "../engine-model";
import type { Change } from "./history";

/** A change of the program's text, or of how it is run next. */
export type ProgramChange = Exclude<
  Change,
  | { kind: "taint" | "forget" | "vanish" | "use" | "adopt" | "handOver" | "move" }
  | { kind: "refresh" | "destroy" | "stranger" | "otherKeys" }
>;

/** A program with two resources that a history calls `x` and `y`, whatever their names are by now. */
export class EditedProgram {
  /** Names to be given to `--replace` until a run succeeds. */
  readonly toReplace = new Set<string>();
  private readonly resources = new Map<string, Declaration>([
    ["x", { name: "x", args: { eipMask: 28 } }],
    ["y", { name: "y", args: { eipMask: 28 } }],
  ]);

  get declarations(): Declaration[] {
    return [...this.resources.values()];
  }

  /** The present name of a resource, also of one that is not declared. */
  nameOf(letter: string): string {
    return this.resources.get(letter)?.name ?? letter;
  }

  isDeclared(letter: string): boolean {
    return this.resources.has(letter);
  }

  apply(change: ProgramChange): void {
    const letter = change.name;
    switch (change.kind) {
      case "mask":
        this.write(letter, { eipMask: change.mask });
        break;
      case "bandwidth":
        this.write(letter, { bandwidth: change.bandwidth });
        break;
      case "tags":
        this.write(letter, { tags: change.tags });
        break;
      case "order":
        this.option(letter, { deleteBeforeReplace: change.deleteBeforeReplace });
        break;
      case "retain":
        this.option(letter, { retainOnDelete: true });
        break;
      case "presence":
        if (!this.resources.delete(letter)) this.declare(letter, {});
        break;
      case "rename": {
        const { name, aliases = [] } = this.resources.get(letter) ?? { name: letter };
        this.option(letter, { name: `${name}'`, aliases: [...aliases, name] });
        break;
      }
      case "reuse":
        this.reuseOldName(letter);
        break;
      case "replace":
        this.toReplace.add(this.nameOf(letter));
    }
  }

  /** Declares a resource that is named by its letter, unless another one has that name. */
  declare(letter: string, args: Record<string, unknown>): void {
    if (!this.isTaken(letter)) this.resources.set(letter, { name: letter, args: { eipMask: 28, ...args } });
  }

  /** Puts another resource in the place of one, which adopts its segment as it is. */
  handOver(letter: string, args: Record<string, unknown>): void {
    const name = `${this.nameOf(letter)}"`;
    this.resources.set(letter, { name, args });
  }

  /** Declares another resource with the name that one had before. */
  private reuseOldName(letter: string): void {
    const oldName = this.resources.get(letter)?.aliases?.at(-1);
    if (oldName !== undefined && !this.isTaken(oldName)) {
      this.option(letter, { aliases: [] });
      this.resources.set(`another ${oldName}`, { name: oldName, args: { eipMask: 28 } });
    }
  }

  private isTaken(name: string): boolean {
    return this.declarations.some((declaration) => declaration.name === name);
  }

  /** Gives the resource that adopts a segment other inputs. */
  writeAdopted(segmentId: string, args: Record<string, unknown>): void {
    for (const [letter, resource] of this.resources) {
      if (resource.args.adopt === segmentId) this.write(letter, args);
    }
  }

  /** Takes every `adopt` out again. */
  dropAdoptions(): void {
    for (const [letter, { args }] of this.resources) {
      const kept = Object.entries(args).filter(([name]) => name !== "adopt");
      this.option(letter, { args: Object.fromEntries(kept) });
    }
  }

  private write(letter: string, args: Record<string, unknown>): void {
    this.option(letter, { args: { ...this.resources.get(letter)?.args, ...args } });
  }

  private option(letter: string, options: Partial<Declaration>): void {
    const declaration = this.resources.get(letter);
    if (declaration !== undefined) this.resources.set(letter, { ...declaration, ...options });
  }
}
