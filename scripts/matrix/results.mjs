import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { repository } from "../setup/paths.mjs";

const page = join(repository, "docs", "matrix.md");
const [begin, end] = ["<!-- matrix: begin -->", "<!-- matrix: end -->"];

/** Puts the results between the marks of docs/matrix.md. */
export function writeResults({ cells, types, engineTests }) {
  const text = readFileSync(page, "utf8");
  const before = text.slice(0, text.indexOf(begin) + begin.length);
  const after = text.slice(text.indexOf(end));
  const day = new Date().toISOString().slice(0, 10);
  const lines = [
    `Run on ${day}, ${process.platform} ${process.arch}.`,
    "",
    ...table(
      ["Node.js", "`@pulumi/pulumi`", "Pulumi CLI", "Result"],
      cells.map(({ node, sdk, cli, tests }) => [node, sdk, cli, tests]),
    ),
    "",
    "Each combination runs these tests of `test/engine`:",
    "",
    ...Object.entries(engineTests).map(([name, shows]) => `- \`${name}\`: ${shows}`),
    "",
    ...table(
      ["TypeScript", "A program with both entries"],
      types.map(({ compiler, passed, problems }) => [compiler, passed ? "compiles" : problems.join("; ")]),
    ),
  ];
  writeFileSync(page, `${before}\n\n${lines.join("\n")}\n\n${after}`);
}

/** Rows of a table whose columns are as wide as Prettier makes them. */
function table(head, rows) {
  const widths = head.map((cell, column) =>
    Math.max(...[head, ...rows].map((row) => row[column].length), 3, cell.length),
  );
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}
