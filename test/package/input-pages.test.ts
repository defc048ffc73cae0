import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inputNames, rowOf } from "../../provider/inputs/input-table";
import type { ChangeEffect, InputName } from "../../provider/inputs/input-table";
import { repository } from "./support/consumer";

const textOf = (page: string): string => readFileSync(join(repository, page), "utf8");

/** Cells of the first table of a section, by row. */
const tableOf = (page: string, heading: string): string[][] => {
  const table = /\n\|[^]*?\n\n/.exec(textOf(page).split(`\n## ${heading}\n`)[1] ?? "")?.[0] ?? "";
  const lines = table.trim().split("\n").slice(2);
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split(" | ")
      .map((cell) => cell.trim()),
  );
};

const namesIn = (cell = ""): string[] => [...cell.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);

const inWords = (value: unknown): string =>
  typeof value === "string" ? `\`${value}\`` : JSON.stringify(value);

/** Inputs that a program sets as arguments. */
const inputs = inputNames.filter((name) => name !== "customTimeouts");

const effects: Record<ChangeEffect, RegExp> = {
  replace: /^replaces$/,
  update: /every EIP$/,
  record: /^nothing$/,
  none: /error$/,
};

describe("the table of inputs in README.md", () => {
  const rows = tableOf("README.md", "Inputs");

  it("has a row for each input", () => {
    expect(rows.map(([name]) => namesIn(name)[0])).toEqual(inputs);
  });

  it.each(rows)("%s", (name, _values, byDefault, change) => {
    const row = rowOf(namesIn(name)[0] as InputName);
    expect(change).toMatch(effects[row.change]);
    if (row.default !== undefined) expect(byDefault).toBe(inWords(row.default));
  });
});

it("docs/inputs-and-outputs.md has what removing each input does", () => {
  const removed = tableOf("docs/inputs-and-outputs.md", "Removed inputs").flatMap(([names]) =>
    namesIn(names),
  );
  expect(removed.sort()).toEqual(inputs.filter((name) => !rowOf(name).isRequired).sort());
});

it.each(["README.md", "docs/api/provider.md"])("%s names the inputs whose change replaces", (page) => {
  const [, named] = /A change of (`[^]*?) \**replaces/.exec(textOf(page)) ?? [];
  expect(namesIn(named)).toEqual(inputs.filter((name) => rowOf(name).change === "replace"));
});
