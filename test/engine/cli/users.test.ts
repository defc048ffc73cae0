import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { createStack, repository, segmentProgram, type Stack } from "../support";

describe("users test their programs without an account", () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await createStack({ program: segmentProgram({ name: "egress", args: { eipMask: 28 } }) });
  });

  /** Runs the command line in the stack's project, without the environment of the stack's own simulator. */
  function eipSegment(...argv: string[]) {
    const { project: cwd, environment } = stack.workspace;
    const others = Object.entries(environment).filter(([name]) => !(name in stack.simulator.environment));
    const env = Object.fromEntries(others);
    const main = join(repository, "dist", "cli", "main.js");
    return spawnSync(process.execPath, [main, ...argv], { cwd, env, encoding: "utf8" });
  }

  it("on the real engine, inside eip-segment simulate with a seed", () => {
    const program = segmentProgram({ name: "egress", args: { eipMask: 27, regionId: "cn-beijing" } });
    stack.writeProgram(program);
    writeFileSync(
      join(stack.workspace.project, "seed.json"),
      JSON.stringify({ settings: { quota: 64 }, segments: [{ eipMask: 28 }] }),
    );
    const { status, stdout } = eipSegment(
      ...["simulate", "--allocate-ms", "200", "--seed", "seed.json", "--"],
      ...[
        "sh",
        "-c",
        `pulumi up --yes --skip-preview > up.log && node '${join(repository, "dist", "cli", "main.js")}' list --all-regions`,
      ],
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      segments: [
        { regionId: "cn-beijing", addressesTotal: 32, owners: [expect.stringMatching(/^eipseg-/)] },
        { regionId: "cn-hangzhou", addressesTotal: 16, owners: [] },
      ],
    });
  });
});
