// Everything that can be said quickly about a release: npm run release:check
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { missingOwnerFields, pageProblems } from "./release/problems.mjs";
import { CommandFailure, runCommand } from "./setup/run-command.mjs";
import { ensureEverything } from "./setup/everything.mjs";
import { SetupFailure, runMain } from "./setup/failure.mjs";
import { repository } from "./setup/paths.mjs";
import { npmCommand } from "./setup/platform.mjs";
import { environmentFor } from "./setup/pulumi-find.mjs";
import { withProgress } from "./setup/progress.mjs";

const script = (name) => npmCommand(["run", name]);

// Not by `npx --no jest`, which takes the options for its own.
const jest = (...args) => [
  process.execPath,
  [join(repository, "node_modules", "jest", "bin", "jest.js"), "--maxWorkers=2", ...args],
];

/** What is run, and what it shows. */
const steps = [
  ["format, lint, copies and types", script("check")],
  ["licences, install scripts, a reason for each dependency", script("licences")],
  ["software bill of materials", script("sbom")],
  ["a build from nothing", script("build")],
  ["the tarball: content, size, types, layouts, pages, stored provider", jest("--selectProjects", "package")],
  [
    "states of released versions, and secrets",
    jest("--selectProjects", "engine", "--testPathPatterns", "(state-fixtures|secrets)"),
  ],
];

/** Pages that say that the package is not on npm yet, until it is. */
const pages = [
  ...["README.md", "examples/README.md", "simulator/README.md"],
  ...["docs/command-line.md", "docs/simulator-clients.md"],
];

await runMain(async () => {
  const cli = await ensureEverything();
  const failed = [];
  for (const [title, [command, args]] of steps) {
    try {
      await withProgress(title, () =>
        runCommand(command, args, { cwd: repository, env: environmentFor(cli) }),
      );
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      failed.push(`${title}: ${error.report}`);
    }
  }
  const manifest = JSON.parse(read("package.json"));
  const texts = Object.fromEntries(pages.map((page) => [page, read(page)]));
  failed.push(...pageProblems(manifest.version, read("CHANGELOG.md"), texts));
  const missing = missingOwnerFields(manifest, read(".github/CODEOWNERS"));
  if (failed.length === 0 && missing.length > 0)
    console.log("Everything but the fields of the owner is ready.");
  if (missing.length > 0) {
    failed.push(
      `Only the owner can fill these in; docs/releasing.md says with what:\n${missing.map((place) => `  - ${place}`).join("\n")}`,
    );
  }
  if (failed.length > 0) throw new SetupFailure(failed.join("\n\n"));
  console.log("Ready to publish. The remaining steps are in docs/releasing.md.");
  return 0;
});

function read(path) {
  return readFileSync(join(repository, path), "utf8");
}
