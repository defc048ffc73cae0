import { isUnknown } from "../../provider/inputs/preview-unknown";
import { secretMark } from "../json-values";
import type { InputChange } from "./segment-change";

/** Inputs that the provider computes itself: they say nothing to a reader. */
const computed: ReadonlySet<string> = new Set(["clientToken"]);

/** Inputs that differ between two states, in the order of their names. */
export function inputChanges(
  olds: Record<string, unknown> | undefined,
  news: Record<string, unknown> | undefined,
): InputChange[] {
  if (olds === undefined || news === undefined) {
    return [];
  }
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
  return names
    .filter((name) => !name.startsWith("__") && !computed.has(name))
    .map((input) => ({ input, from: shown(olds[input]), to: shown(news[input]) }))
    .filter(({ from, to }) => from !== to || from === words.secret);
}

const words = { absent: "not set", unknown: "known only during the update", secret: "secret" };

/** Whether a text of {@link shown} stands for a value that cannot be shown. */
export const isWord = (text: string): boolean => Object.values(words).includes(text);

/** A value of an input, in words for a table. */
export function shown(value: unknown): string {
  if (value === undefined) return words.absent;
  if (value === secretMark) return words.secret;
  if (typeof value === "string" && !isUnknown(value)) return value;
  return isUnknown(value) ? words.unknown : JSON.stringify(value);
}
