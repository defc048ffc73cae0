// Runs all tests, or those that the arguments select: npm test -- --selectProjects unit
import { join } from "node:path";

import { ensureEverything } from "./setup/everything.mjs";
import { runMain } from "./setup/failure.mjs";
import { repository } from "./setup/paths.mjs";
import { environmentFor } from "./setup/pulumi-find.mjs";
import { runForeground } from "./setup/run-foreground.mjs";

await runMain(async () => {
  const cli = await ensureEverything();
  const jest = join(repository, "node_modules", "jest", "bin", "jest.js");
  return await runForeground(process.execPath, [jest, ...workers(), ...process.argv.slice(2)], {
    cwd: repository,
    env: environmentFor(cli),
  });
});

/** Each engine test runs several processes of its own, so more than two at a time only slow each other down. */
function workers() {
  const chosen = process.argv.some((argument) => /^(--maxWorkers|-w|--runInBand|-i)(=|$)/.test(argument));
  return chosen ? [] : ["--maxWorkers=2"];
}
