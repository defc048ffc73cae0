import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { repository } from "./support/consumer";

jest.setTimeout(120_000);

/** Markdown files of a folder by their names. */
const pagesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );

it("the pages of the API are what `npm run docs:api` makes of the docstrings", () => {
  const fresh = mkdtempSync(join(tmpdir(), "eip-segment-api-"));
  try {
    const typedoc = join(repository, "node_modules", "typedoc", "bin", "typedoc");
    const options = ["--options", join(repository, "typedoc.config.mjs"), "--out", fresh];
    execFileSync(process.execPath, [typedoc, ...options], { cwd: repository, stdio: "pipe" });
    expect(pagesIn(join(repository, "docs", "api"))).toEqual(pagesIn(fresh));
  } finally {
    rmSync(fresh, { recursive: true });
  }
});
