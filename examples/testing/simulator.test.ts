import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { startSimulator, type Simulator } from "pulumi-alicloud-eip-segment/simulator";

let simulator: Simulator;
let state: string;

beforeEach(async () => {
  simulator = await startSimulator();
  state = mkdtempSync(join(tmpdir(), "egress-test-"));
});

afterEach(async () => {
  await simulator.stop();
  rmSync(state, { recursive: true });
});

test("the program allocates a segment, and destroy releases it", async () => {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "test", workDir: __dirname },
    {
      envVars: {
        ...simulator.environment,
        PULUMI_BACKEND_URL: pathToFileURL(state).href,
        PULUMI_CONFIG_PASSPHRASE: "test",
      },
    },
  );
  const { outputs } = await stack.up();
  expect(simulator.segments()).toMatchObject([{ status: "Allocated", mask: 28 }]);
  expect(outputs.allowList.value).toHaveLength(16);

  await stack.destroy({ remove: true });
  expect(simulator.segments()).toEqual([]);
}, 120_000);
