import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allocateCodes } from "../../provider/client/error-codes/allocate";
import { codeFamilies, commonCodes } from "../../provider/client/error-codes/common";
import { codeTables } from "../../provider/client/error-catalogue";
import type { CatalogueRow } from "../../provider/client/types";
import { eipCodes } from "../../provider/client/error-codes/eip-changes";
import { releaseCodes } from "../../provider/client/error-codes/release";
import { repository } from "./support/consumer";

const page = join(repository, "docs", "errors.md");

/** What a code asks for, in the words of the page. */
const classes: Record<CatalogueRow["class"], string> = {
  retry: "repeats",
  later: "waits and repeats",
  busy: "waits and repeats",
  service: "repeats once",
  user: "stops",
  absent: "counts as released",
  mismatch: "tries the next token",
  failedReplay: "tries the next token",
  exists: "uses the segment it names",
};

const sections: Record<string, readonly CatalogueRow[]> = {
  "Allocating a segment": allocateCodes,
  "Releasing a segment": releaseCodes,
  "Changing an EIP": eipCodes,
  "Any call": commonCodes,
  "Families of codes": codeFamilies,
};

/** Rows of the table of a section, cell by cell. */
const expected = (rows: readonly CatalogueRow[]): string[][] =>
  rows.map(({ codes, class: errorClass, says, remedy }) => [
    codes.map((code) => `\`${code}\``).join(" "),
    // A segment that is gone is what a release wants; an EIP that is gone cannot be changed.
    rows === eipCodes && errorClass === "absent" ? classes.user : classes[errorClass],
    says.replace("{message}", "…"),
    remedy
      .replace(/(the action )?\{permission\}/, "the action that the message names")
      .replace(/acs:[^)]+/, "`$&`"),
  ]);

function written(title: string): string[][] {
  const text = readFileSync(page, "utf8");
  const section = text.split(`\n## ${title}\n`)[1]?.split("\n## ")[0] ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split(" | ")
        .map((cell) => cell.replace(/^\|?\s*|\s*\|?$/g, "")),
    );
}

if (process.env.WRITE_ERRORS_PAGE === "1") {
  const [introduction = ""] = readFileSync(page, "utf8").split("\n## Allocating a segment");
  const tables = Object.entries(sections).map(([title, rows]) => {
    const lines = [
      ["Code", "The provider", "Cause", "What to do"],
      ["---", "---", "---", "---"],
      ...expected(rows),
    ];
    return `## ${title}\n\n${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
  });
  writeFileSync(page, `${introduction.trimEnd()}\n\n${tables.join("\n")}`);
}

it.each(Object.entries(sections))("the page of errors says what the catalogue says: %s", (title, rows) => {
  expect(written(title)).toEqual(expected(rows));
});

it("every table of codes has a section", () => {
  const rows = new Set(Object.values(sections).flat());
  expect(
    Object.values(codeTables)
      .flat()
      .filter((row) => !rows.has(row)),
  ).toEqual([]);
});
