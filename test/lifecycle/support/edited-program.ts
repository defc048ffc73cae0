import type { Declaration } from "../engine-model";
import type { Change } from "./history";

/** A change of the program's text, or of how it is run next. */
export type ProgramChange = Exclude<
  Change,
  { kind: "taint" | "forget" | "vanish" | "use" | "adopt" } | { kind: "refresh" | "destroy" | "stranger" }
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
      case "replace":
        this.toReplace.add(this.nameOf(letter));
    }
  }

  declare(letter: string, args: Record<string, unknown>): void {
    this.resources.set(letter, { name: letter, args: { eipMask: 28, ...args } });
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
