// Runs the Pulumi CLI that the set-up found: npm run pulumi -- version
import { ensureEverything } from "./setup/everything.mjs";
import { runMain } from "./setup/failure.mjs";
import { environmentFor } from "./setup/pulumi-find.mjs";
import { runForeground } from "./setup/run-foreground.mjs";

await runMain(async () => {
  const cli = await ensureEverything();
  return await runForeground(cli.command, process.argv.slice(2), { env: environmentFor(cli) });
});
