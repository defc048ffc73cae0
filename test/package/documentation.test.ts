import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { repository } from "./support/consumer";

jest.setTimeout(60_000);

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "simulator/README.md",
  ...readdirSync(join(repository, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

const textOf = (page: string): string => readFileSync(join(repository, page), "utf8");

/** TypeScript blocks of a page, each with the line it starts on. */
function blocksOf(page: string): { name: string; text: string }[] {
  const text = textOf(page);
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(({ 1: block = "", index }) => ({
    name: `${page} line ${text.slice(0, index).split("\n").length + 1}`,
    text: block,
  }));
}

/** What the compiler says of programs that stand in the repository's root without being there. */
function problemsOf(blocks: readonly { text: string }[]): string[][] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ["node"],
  };
  const files = new Map(
    blocks.map(({ text }, index) => [join(repository, `documented-${index}.mts`), `export {};\n${text}`]),
  );
  const host = ts.createCompilerHost(options);
  host.fileExists = (path) => files.has(path) || ts.sys.fileExists(path);
  host.readFile = (path) => files.get(path) ?? ts.sys.readFile(path);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((path) => {
    const file = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  });
}

it("the README stays short enough to be read", () => {
  expect(textOf("README.md").split("\n").length).toBeLessThan(170);
});

describe("the TypeScript in the pages", () => {
  const blocks = pages.flatMap(blocksOf);

  it("is there", () => {
    expect(blocks.map(({ name }) => name.split(" ")[0])).toContain("README.md");
  });

  it("compiles as it stands", () => {
    const problems = problemsOf(blocks);
    expect(blocks.map(({ name }, index) => ({ name, problems: problems[index] }))).toEqual(
      blocks.map(({ name }) => ({ name, problems: [] })),
    );
  });

  it("would be found wrong if it were", () => {
    const text = `import { EipSegment } from "pulumi-alicloud-eip-segment";\nnew EipSegment("x", {});`;
    expect(problemsOf([{ text }])).toEqual([[expect.stringContaining("eipMask")]]);
  });
});

/** Names that a link may give after `#`: headings as GitHub names them, and anchors written out. */
function anchorsOf(page: string): string[] {
  const text = textOf(page).replace(/^```.*?^```$/gms, "");
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(({ 1: heading = "" }) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(({ 1: id = "" }) => id)];
}

it.each(pages)("%s links to nothing that is missing", (page) => {
  const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)];
  const missing = links.filter(({ 1: target = "", 2: anchor }) => {
    const path = target === "" ? join(repository, page) : join(repository, page, "..", target);
    const isThere = ts.sys.fileExists(path) || ts.sys.directoryExists(path);
    return !isThere || (anchor !== undefined && !anchorsOf(relative(repository, path)).includes(anchor));
  });
  expect(missing.map(([link]) => link)).toEqual([]);
});
