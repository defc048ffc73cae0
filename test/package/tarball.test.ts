import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { Consumer, repository } from "./support/consumer";

jest.setTimeout(120_000);

const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as Record<
  string,
  unknown
>;

/** Every text in a JSON value. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe("the tarball", () => {
  let consumer: Consumer;

  beforeAll(() => {
    consumer = new Consumer();
  });

  afterAll(() => {
    consumer.remove();
  });

  it("holds the compiled sources, their declarations, the pages and the examples, and nothing else", () => {
    const others = consumer.files.filter((file) => !/^dist\/.+\.(js|d\.ts)$/.test(file));
    const pages =
      /^((docs|simulator)\/.+\.(md|svg)|[A-Z]+\.md|LICENSE|package\.json|examples\/README\.md|schemas\/\w+\.v1\.json)$/;
    const examples = /^examples\/[^/]+\/([^/]+\.(md|ts|yml|mjs)|Pulumi\.yaml|package\.json|tsconfig\.json)$/;
    expect(others.filter((file) => !pages.test(file) && !examples.test(file))).toEqual([]);
  });

  it("holds what its pages link to, so that the links work after an installation too", () => {
    const pages = consumer.files.filter((file) => file.endsWith(".md"));
    expect(pages).toEqual(expect.arrayContaining(["README.md", "docs/recovery.md", "simulator/README.md"]));
    const targets = pages.flatMap((page) =>
      [...readFileSync(join(repository, page), "utf8").matchAll(/\]\((?!https?:)([^)#]+)/g)].map(
        ({ 1: target = "" }) => ({ page, target: posix.join(posix.dirname(page), target) }),
      ),
    );
    const isPacked = (path: string): boolean =>
      consumer.files.some((file) => file === path || file.startsWith(`${path}/`));
    expect(targets.filter(({ target }) => !isPacked(target))).toEqual([]);
  });

  it("holds no code whose source is gone", () => {
    const compiled = consumer.files.flatMap((file) => /^dist\/(.+?)(?:\.d\.ts|\.js)$/.exec(file)?.[1] ?? []);
    expect(compiled.filter((file) => !existsSync(join(repository, `${file}.ts`)))).toEqual([]);
  });

  it("holds every file that package.json points at", () => {
    const { main, types, exports, bin, typesVersions } = manifest;
    const named = textsIn({ main, types, exports, bin, typesVersions }).map((file) =>
      file.replace(/^\.\//, ""),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((file) => !consumer.files.includes(file))).toEqual([]);
  });

  it("passes publint without a warning", () => {
    const publint = join(repository, "node_modules", "publint", "src", "cli.js");
    expect(consumer.run(process.execPath, publint, "run", consumer.tarball, "--strict")).toContain(
      "All good!",
    );
  });

  it("takes less than 500 KB when it is unpacked", () => {
    expect(consumer.unpackedSize).toBeLessThan(500 * 1024);
  });

  it("holds the declarations that programs can reach, and those only", () => {
    const declared = consumer.files.filter((file) => file.endsWith(".d.ts"));
    expect(declared).toContain("dist/provider/index.d.ts");
    expect(declared).toContain("dist/simulator/index.d.ts");
    expect(
      declared.filter((file) => !/^dist\/(provider\/(index|resource\/)|simulator\/)/.test(file)),
    ).toEqual([]);
  });

  it("resolves to its types wherever a compiler looks for them", () => {
    const attw = join(repository, "node_modules", "@arethetypeswrong", "cli", "dist", "index.js");
    // The handlers are loaded by name from the stored provider and have no types on purpose.
    const options = ["--exclude-entrypoints", "./internal/handlers", "--format", "ascii"];
    expect(consumer.run(process.execPath, attw, consumer.tarball, ...options)).toContain("No problems found");
  });

  it("names no path of the machine it was packed on", () => {
    const listed = consumer.run("tar", "-xOzf", consumer.tarball);
    expect(listed).not.toContain(repository);
  });
});
