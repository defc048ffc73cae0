// Starts the simulator on its own; it needs no Pulumi CLI. npm run simulator -- --help
import { join } from "node:path";

import { ensurePackage } from "./setup/everything.mjs";
import { runMain } from "./setup/failure.mjs";
import { repository } from "./setup/paths.mjs";
import { runForeground } from "./setup/run-foreground.mjs";

await runMain(async () => {
  await ensurePackage();
  const main = join(repository, "dist", "simulator", "main.js");
  return await runForeground(process.execPath, [main, ...process.argv.slice(2)]);
});
