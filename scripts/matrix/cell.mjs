import { delimiter, dirname, join } from "node:path";

import { probe } from "./probe.mjs";
import { repository } from "../setup/paths.mjs";
import { withProgress } from "../setup/progress.mjs";
import { CommandFailure, runCommand } from "../setup/run-command.mjs";
import { environmentFor } from "../setup/pulumi-find.mjs";

/** Stories of test/engine that each combination plays, with what they show. */
export const engineTests = {
  "main-job": "up, unchanged up, preview of a replacement, refresh, destroy",
  "state-fixtures": "states of released versions load, are finished, updated, refreshed and destroyed",
  adopt: "existing segments are adopted",
  failures: "a refused request leaves the allocated segment in the state, and the next up continues",
};

/**
 * Plays the stories under one Node.js with one SDK and one CLI.
 *
 * @returns {Promise<{node: string, sdk: string, cli: string, passed: boolean, tests: string}>}
 */
export async function tryCell({ node, sdk, cli, modules }) {
  const jest = join(repository, "node_modules", "jest", "bin", "jest.js");
  const pattern = `test/engine/(${Object.keys(engineTests).join("|")})\\.test`;
  const env = { ...environmentFor(cli), ENGINE_TEST_MODULES: modules };
  // The first `node` on the PATH runs the programs and the providers.
  env.PATH = [dirname(node.command), ...cli.folders, env.PATH].join(delimiter);
  await probe({ node, sdk, cli, modules, path: env.PATH });
  const label = `Node.js ${node.version}, @pulumi/pulumi ${sdk}, Pulumi CLI ${cli.version}`;
  const names = { node: node.version, sdk, cli: cli.version };
  try {
    const args = [
      jest,
      "--selectProjects",
      "engine",
      "--maxWorkers=2",
      "--json",
      "--testPathPatterns",
      pattern,
    ];
    const printed = await withProgress(label, () => runCommand(node.command, args, { cwd: repository, env }));
    const { numPassedTests } = JSON.parse(printed.slice(printed.indexOf('{"')));
    return { ...names, passed: true, tests: `${numPassedTests} tests passed` };
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    process.stderr.write(`${label} failed:\n${error.lines.join("\n").slice(0, 8000)}\n`);
    return { ...names, passed: false, tests: "failed" };
  }
}
