import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { discouragedIn } from "../support/discouraged-words";
import { repository } from "./support/consumer";

const markdownIn = (folder: string): string[] =>
  readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((name) => name.endsWith(".md") && !name.includes("node_modules"));

const generated = /^docs\/(api\/|errors\.md|unverified\.md)/;
const docs = markdownIn("docs").filter((page) => !generated.test(page));
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "simulator/README.md",
  ...docs,
  ...markdownIn("examples"),
];

const textOf = (page: string): string =>
  readFileSync(join(repository, page), "utf8").replace(/^ *```.*?^ *```$/gms, "");

/** Prose of a page: without code, targets of links, and the messages that it quotes. */
const proseOf = (text: string): string =>
  text.replace(/^>.*$/gm, "").replace(/`[^`]*`|"[^"\n]*"|\]\([^)]*\)/g, "…");

it.each(pages)("%s uses the field's words", (page) => {
  expect(discouragedIn(proseOf(textOf(page)))).toEqual([]);
});

it("distinguishes prose from quotes and code", () => {
  expect(discouragedIn(proseOf('It is gone. `gone` "gone" [it](gone)\n> gone'))).toHaveLength(1);
});

const mostWordsOfCell = 12;

it.each(["README.md", ...docs.filter((page) => page !== "docs/matrix.md")])(
  "%s has no table cell that is too long",
  (page) => {
    const cells = [...textOf(page).matchAll(/^ *\|(.*)\|$/gm)].flatMap(({ 1: row = "" }) =>
      row.split(/(?<!\\)\|/),
    );
    expect(cells.filter((cell) => cell.trim().split(/\s+/).length > mostWordsOfCell)).toEqual([]);
  },
);
