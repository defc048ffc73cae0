import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { createStack, plainProgram, repository } from "../support";

const main = join(repository, "dist", "cli", "main.js");

it("doctor reads the configuration of a real stack, with its secrets, in under 3 s", async () => {
  const stack = await createStack({
    program: plainProgram({}),
    env: { ALICLOUD_SECRET_KEY: "not-the-secret", ALICLOUD_REGION: "cn-shanghai" },
  });
  const { ALICLOUD_ACCESS_KEY: accessKeyId = "", ALICLOUD_SECRET_KEY: accessKeySecret = "" } =
    stack.simulator.environment;
  await stack.setConfig("alicloud:region", "cn-beijing");
  await stack.setConfig("alicloud:accessKey", accessKeyId);
  await stack.pulumi(["config", "set", "--secret", "alicloud:secretKey", accessKeySecret]);
  await stack.setConfig(
    "alicloud:endpoints",
    JSON.stringify({ vpc: stack.simulator.endpoint, sts: stack.simulator.endpoint }),
  );
  const startedAt = performance.now();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [main, "doctor", "--stack", stack.name, "--json"],
    { cwd: stack.workspace.project, env: stack.workspace.environment },
  );
  const elapsedMs = performance.now() - startedAt;
  const { checks } = JSON.parse(stdout) as { checks: { subject: string; status: string; finding: string }[] };
  expect(checks.filter(({ status: one }) => one !== "ok" && one !== "not tried")).toEqual([]);
  expect(checks.find(({ subject }) => subject === "region")?.finding).toBe(
    "cn-beijing, from alicloud:region.",
  );
  expect(stdout).not.toContain(accessKeySecret);
  expect(elapsedMs).toBeLessThan(3_000);
});
