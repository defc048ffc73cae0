/**
 * Text as a code span of GitHub's and GitLab's Markdown, fit for a table too: what a resource is called can neither
 * break the report nor mention anybody.
 */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("|", "\\|");
  const fences = [...line.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(0, ...fences) + 1);
  const padding = /^`|`$|^$/.test(line) ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** Text as it is, for a table or a paragraph, with what Markdown and HTML would take as markup made harmless. */
export const plainText = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_[\]<>|#~@]/g, "\\$&");
