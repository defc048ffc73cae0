// Runs what the pages show of programs that `npm test` does not have, against the simulator: npm run clients
// Conftest is built with Go when there is none on the PATH; aliyun and terraform are run when they are there.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

import { findProgram } from "./clients/find-program.mjs";
import { recipes } from "./clients/recipes.mjs";
import { ensurePackage } from "./setup/everything.mjs";
import { runMain } from "./setup/failure.mjs";
import { repository } from "./setup/paths.mjs";
import { homeEnvironment } from "./setup/platform.mjs";
import { withProgress } from "./setup/progress.mjs";
import { CommandFailure, runCommand } from "./setup/run-command.mjs";

const simulate = [join(repository, "dist", "cli", "main.js"), "simulate", "--"];

await runMain(async () => {
  await ensurePackage();
  let failed = 0;
  for (const recipe of recipes) {
    const { program, version, shows } = recipe;
    const { path, reason } = await findProgram(recipe);
    if (path === undefined) {
      console.log(`not run  ${program}: ${reason}`);
      continue;
    }
    try {
      const found = (await runCommand(path, version)).trim().split("\n")[0];
      await withProgress(program, () => run(recipe, dirname(path)));
      console.log(`passed   ${program} (${found}): ${shows}`);
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      failed += 1;
      console.log(`failed   ${program}: ${error.report}`);
    }
  }
  return failed === 0 ? 0 : 1;
});

/** Runs the shell lines of a recipe in a folder and a home of their own, where the package is installed. */
async function run({ files, script }, programs) {
  const root = mkdtempSync(join(tmpdir(), "eip-segment-client-"));
  try {
    symlinkSync(join(repository, "node_modules"), join(root, "node_modules"), "junction");
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), content);
    }
    const PATH = [programs, dirname(process.execPath), process.env.PATH].join(delimiter);
    const env = { ...process.env, ...homeEnvironment(root), PATH };
    await runCommand(process.execPath, [...simulate, "sh", "-euc", script], { cwd: root, env });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
