// Makes docs/pulumi-up.svg from what the real engine prints for the README's example against the simulator: npm run picture
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

import { drawTerminal } from "./picture/draw-terminal.mjs";
import { ensureEverything } from "./setup/everything.mjs";
import { runMain } from "./setup/failure.mjs";
import { repository } from "./setup/paths.mjs";
import { runCommand } from "./setup/run-command.mjs";
import { startSimulator } from "./workspace/built-simulator.mjs";
import { isolatedWorkspace } from "./workspace/isolated-workspace.mjs";

await runMain(async () => {
  const cli = await ensureEverything();
  const simulator = await startSimulator({
    progression: { kind: "time", allocateMs: 3000, releaseMs: 1000 },
  });
  const workspace = isolatedWorkspace(cli, simulator.environment);
  const pulumi = (...args) =>
    runCommand(cli.command, [...args, "--non-interactive", "--color=always"], {
      cwd: workspace.project,
      env: workspace.environment,
    });
  try {
    writeProject(workspace.project);
    await pulumi("stack", "init", "dev");
    const printed = await pulumi("up", "--yes", "--skip-preview");
    writeFileSync(
      join(repository, "docs", "pulumi-up.svg"),
      drawTerminal("pulumi up", withoutTicks(printed)),
    );
  } finally {
    await simulator.stop();
    workspace.remove();
  }
  return 0;
});

/** A project whose program is the one in the README. */
function writeProject(folder) {
  const readme = readFileSync(join(repository, "README.md"), "utf8");
  const [, program] = /^## Example\n+```ts\n(.*?)^```$/ms.exec(readme);
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, "index.ts"), program);
  writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "shop", main: "index.ts" }));
}

/** Without a terminal of its own, the engine prints a line of dots for the time that passes. */
function withoutTicks(printed) {
  return printed
    .split("\n")
    .filter((line) => !/updating\W*$/.test(stripVTControlCharacters(line)))
    .join("\n");
}
