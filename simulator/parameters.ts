import { invalidParameter, missingParameter } from "./api-error";

/** Typed reading of the parameters of one operation. */
export class Parameters {
  constructor(private readonly values: Readonly<Record<string, string>>) {}

  /** The text as sent, or undefined when absent; an empty text counts as sent. */
  text(name: string): string | undefined {
    return this.values[name];
  }

  /** The text, or undefined when absent or empty. */
  filled(name: string): string | undefined {
    return this.values[name] === "" ? undefined : this.values[name];
  }

  /**
   * @throws `Missing{Name}` when absent or empty.
   */
  required(name: string): string {
    const value = this.filled(name);
    if (value === undefined) throw missingParameter(name);
    return value;
  }

  /**
   * A whole number.
   *
   * @throws `InvalidParameter` when it is no whole number or out of range.
   */
  integer(name: string, fallback: number, minimum: number, maximum: number): number {
    const text = this.filled(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < minimum || value > maximum) throw invalidParameter(name);
    return value;
  }

  /**
   * A boolean, false when absent.
   *
   * @throws `InvalidParameter` when it is neither true nor false.
   */
  flag(name: string): boolean {
    const text = this.filled(name)?.toLowerCase() ?? "false";
    if (text !== "true" && text !== "false") throw invalidParameter(name);
    return text === "true";
  }

  /** Values of `Name.1`, `Name.2`, … in the order of their numbers. */
  list(name: string): string[] {
    return this.numbered(new RegExp(`^${name}\\.(\\d+)$`)).map(([, value]) => value);
  }

  /** Keys and values of `Name.1.Key`, `Name.1.Value`, … in the order of their numbers. */
  keyValues(name: string): { key: string | undefined; value: string | undefined }[] {
    const numbers = this.numbered(new RegExp(`^${name}\\.(\\d+)\\.(?:Key|Value)$`)).map(([number]) => number);
    return [...new Set(numbers)].map((number) => ({
      key: this.values[`${name}.${number}.Key`],
      value: this.values[`${name}.${number}.Value`],
    }));
  }

  private numbered(pattern: RegExp): [number, string][] {
    return Object.entries(this.values)
      .flatMap(([name, value]): [number, string][] => {
        const number = pattern.exec(name)?.[1];
        return number === undefined ? [] : [[Number(number), value]];
      })
      .sort(([left], [right]) => left - right);
  }
}
