import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { repository } from "./support/consumer";

/** Calls a function of the release check, which is an ES module. */
function call(name: string, ...args: unknown[]): string[] {
  const module = pathToFileURL(join(repository, "scripts", "release", "problems.mjs")).href;
  const program = `import { ${name} } from ${JSON.stringify(module)};
    console.log(JSON.stringify(${name}(...${JSON.stringify(args)})));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
  });
  return JSON.parse(printed) as string[];
}

const filledIn = {
  homepage: "https://forge.example/owner/name#readme",
  repository: { type: "git", url: "git+https://forge.example/owner/name.git" },
  bugs: { url: "https://forge.example/owner/name/issues" },
  author: "Jane Doe <jane@example.com>",
};

describe("the owner's fields", () => {
  it("are all named while they are missing", () => {
    expect(call("missingOwnerFields", {}, "# * @OWNER\n")).toEqual([
      "homepage in package.json",
      "repository in package.json",
      "bugs in package.json",
      "author in package.json",
      "the owner of * in .github/CODEOWNERS",
    ]);
  });

  it("are named when they have a form that npm does not publish as it stands", () => {
    const wrong = { ...filledIn, repository: "owner/name", author: "<jane@example.com>" };
    expect(call("missingOwnerFields", wrong, "* @owner\n")).toEqual([
      "repository in package.json",
      "author in package.json",
    ]);
  });

  it("are complete as docs/releasing.md shows them", () => {
    expect(call("missingOwnerFields", filledIn, "# reviewers\n* @owner/team\n")).toEqual([]);
    expect(call("missingOwnerFields", { ...filledIn, author: { name: "Jane Doe" } }, "* @owner\n")).toEqual(
      [],
    );
  });
});

describe("the changelog", () => {
  const open = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Something\n";
  const released = "# Changelog\n\n## [Unreleased]\n\n## [1.0.0] - 2026-12-01\n\n### Added\n\n- Something\n";
  const notYet = { "README.md": "The package\nis not on\nnpm yet." };

  it("may be open, and pages may then say that the package is not on npm yet", () => {
    expect(call("pageProblems", "1.0.0", open, notYet)).toEqual([]);
  });

  it("needs a section for the version, or something under Unreleased", () => {
    expect(call("pageProblems", "1.0.1", released, {})).toEqual([
      "CHANGELOG.md has no section for 1.0.1, and nothing under [Unreleased].",
    ]);
  });

  it("and the pages must not contradict each other once the version is released", () => {
    expect(call("pageProblems", "1.0.0", released, { "README.md": "Install it." })).toEqual([]);
    expect(
      call("pageProblems", "1.0.0", released, { "README.md": "Until the first release, …" }),
    ).toHaveLength(1);
    expect(call("pageProblems", "1.0.0", released, notYet)).toEqual([
      "README.md says that the package is not on npm yet, and CHANGELOG.md that 1.0.0 is released.",
    ]);
  });
});
