// `eip-segment simulate` of this clone, with a line per request; it needs no Pulumi CLI. npm run simulator -- --help
import { join } from "node:path";

import { ensurePackage } from "./setup/everything.mjs";
import { runMain } from "./setup/failure.mjs";
import { repository } from "./setup/paths.mjs";
import { runForeground } from "./setup/run-foreground.mjs";

await runMain(async () => {
  await ensurePackage();
  const main = join(repository, "dist", "cli", "main.js");
  return await runForeground(process.execPath, [main, "simulate", "--log", ...process.argv.slice(2)]);
});
