// Everything that can be said quickly about a release: npm run release:check
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { CommandFailure, runCommand } from "./setup/run-command.mjs";
import { ensureEverything } from "./setup/everything.mjs";
import { SetupFailure, runMain } from "./setup/failure.mjs";
import { repository } from "./setup/paths.mjs";
import { environmentFor } from "./setup/pulumi-find.mjs";
import { withProgress } from "./setup/progress.mjs";

/** What is run, and what it shows. */
const steps = [
  ["format, lint, copies and types", ["npm", "run", "check"]],
  ["licences, install scripts, a reason for each dependency", ["npm", "run", "licences"]],
  ["a build from nothing", ["npm", "run", "build"]],
  [
    "the tarball: content, size, types, layouts, pages, stored provider",
    ["npx", "jest", "--selectProjects", "package", "--maxWorkers=2"],
  ],
  [
    "states of released versions, and secrets",
    [
      "npx",
      "jest",
      "--selectProjects",
      "engine",
      "--maxWorkers=2",
      "--testPathPatterns",
      "(state-fixtures|secrets)",
    ],
  ],
];

await runMain(async () => {
  const cli = await ensureEverything();
  const failed = [];
  for (const [title, [command, ...args]] of steps) {
    try {
      await withProgress(title, () =>
        runCommand(command, args, { cwd: repository, env: environmentFor(cli) }),
      );
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      failed.push(`${title}: ${error.report}`);
    }
  }
  failed.push(...changelogProblems());
  if (failed.length > 0) throw new SetupFailure(failed.join("\n\n"));
  console.log("Ready to publish, as far as this can tell. Left to do by hand: docs/releasing.md.");
  return 0;
});

/** A release has a section of its own in the changelog; the version of a work in progress has none yet. */
function changelogProblems() {
  const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  const changelog = readFileSync(join(repository, "CHANGELOG.md"), "utf8");
  const isReleased = changelog.includes(`\n## ${version} `);
  const isOpen = /\n## Unreleased\n+- /.test(changelog);
  return isReleased || isOpen
    ? []
    : [`CHANGELOG.md says nothing of ${version}, and has nothing under Unreleased.`];
}
