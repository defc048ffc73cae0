import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { SetupFailure } from "../setup/failure.mjs";
import { runCommand } from "../setup/run-command.mjs";
import { isolatedWorkspace } from "../workspace/isolated-workspace.mjs";

/** A program that says what runs it, and what runs its dynamic provider. */
const program = `const pulumi = require("@pulumi/pulumi");
const provider = { async create() { return { id: "probe", outs: { node: process.version } }; } };
class Probe extends pulumi.dynamic.Resource {}
exports.program = process.version;
exports.provider = new Probe(provider, "probe", { node: undefined }).node;
exports.sdk = require("@pulumi/pulumi/package.json").version;
`;

/** Makes sure that a combination is what it claims to be. @throws {SetupFailure} when something else runs */
export async function probe({ node, sdk, cli, modules, path }) {
  const workspace = isolatedWorkspace(cli, { PATH: path });
  const pulumi = (...args) =>
    runCommand(cli.command, [...args, "--non-interactive"], {
      cwd: workspace.project,
      env: workspace.environment,
    });
  try {
    symlinkSync(modules, join(workspace.project, "node_modules"), "junction");
    const runtime = { name: "nodejs", options: { typescript: false } };
    writeFileSync(join(workspace.project, "Pulumi.yaml"), JSON.stringify({ name: "probe", runtime }));
    writeFileSync(join(workspace.project, "package.json"), JSON.stringify({ name: "probe" }));
    writeFileSync(join(workspace.project, "index.js"), program);
    await pulumi("stack", "init", "probe");
    await pulumi("up", "--yes", "--skip-preview");
    const said = JSON.parse(await pulumi("stack", "output", "--json"));
    const expected = { program: `v${node.version}`, provider: `v${node.version}`, sdk };
    for (const [what, version] of Object.entries(expected)) {
      if (said[what] !== version) throw new SetupFailure(`The ${what} is ${said[what]}, and not ${version}.`);
    }
  } finally {
    workspace.remove();
  }
}
