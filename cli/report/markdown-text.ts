import { isWord } from "./input-changes";

/** Text as a code span of GitHub's and GitLab's Markdown: what a resource is called can neither break the report nor mention anybody. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const fence = "`".repeat(Math.max(0, ...runsOfBackticks(line)) + 1);
  const padding = /^`|`$|^$/.test(line) ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** A value of an input: as code, or in words when there is nothing to show. */
export const valueText = (value: string): string => (isWord(value) ? value : codeSpan(value));

/**
 * Text as it is, for a table or a paragraph, with what Markdown and HTML would take as markup made harmless. GitHub and GitLab look
 * for mentions and references once Markdown is gone, so that only something invisible behind the sign keeps them off.
 *
 * Source: https://docs.github.com/en/get-started/writing-on-github (mentions, references), https://spec.commonmark.org (escapes).
 */
export const plainText = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replaceAll("&", "&amp;")
    .replace(/[\\`*_[\]<>~]/g, "\\$&")
    .replace(/[@#!$%]/g, "$&&#8203;");

/** A row of a table. Only here a pipe means something, in code spans too. */
export const tableRow = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

/** Text of several lines as a block of code. */
export function codeBlock(text: string): string {
  const fence = "`".repeat(Math.max(2, ...runsOfBackticks(text)) + 1);
  return [`${fence}text`, text.trim(), fence].join("\n");
}

const runsOfBackticks = (text: string): number[] => [...text.matchAll(/`+/g)].map(([run]) => run.length);
