// Prints the CLI that the set-up would use as JSON, without installing anything; the engine tests ask it once per worker.
import { SetupFailure, runMain } from "./failure.mjs";
import { environmentFor, findPulumiCli } from "./pulumi-find.mjs";

await runMain(async () => {
  const { cli, tried } = await findPulumiCli();
  if (cli === undefined) throw new SetupFailure(`Run \`npm run setup\` first: ${tried.join("; ")}.`);
  console.log(JSON.stringify({ command: cli.command, version: cli.version, path: environmentFor(cli).PATH }));
  return 0;
});
