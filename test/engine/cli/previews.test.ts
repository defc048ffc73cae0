import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { runCli } from "../../unit/cli/support/run-cli";
import { PopClient } from "../../simulator/support/pop-client";
import { createStack, repository, type Stack } from "../support";
import {
  baseProgram,
  type Preparation,
  previewScenarios,
  type PreviewScenario,
} from "./support/preview-scenarios";
import { scrub } from "./support/scrub";

/** Set to record all previews anew; see record-previews.mjs. */
const recording = process.env.RECORD_PREVIEWS === "true";

/** The preview that every run of the tests compares with the engine. */
const always = "mask-changed-in-steps";

const scenarios = previewScenarios.filter(({ name }) => recording || name === always);
const fixture = (name: string): string => join(repository, "test", "fixtures", "previews", `${name}.json`);

let stack: Stack;

beforeAll(async () => {
  stack = await createStack({ project: "shop", name: "dev", program: baseProgram });
  await stack.setConfig("alicloud:region", "cn-hangzhou");
});

const preparations: Record<Preparation, () => Promise<void>> = {
  nothing: () => Promise.resolve(),
  "base is up": async () => {
    stack.writeProgram(baseProgram);
    await stack.up();
  },
  "the ingress segment vanishes": async () => {
    stack.simulator.vanish((await stack.resource("ingress")).id ?? "");
  },
  "a replacement cannot release the old one": async () => {
    const egress = (await stack.resource("egress")).id;
    const address = stack.simulator.addresses().find(({ segmentId }) => segmentId === egress);
    const client = new PopClient({ endpoint: stack.simulator.endpoint });
    await client.call("AssociateEipAddress", {
      RegionId: "cn-hangzhou",
      AllocationId: address?.allocationId,
      InstanceId: "i-bp1webserver",
    });
    await stack.up({ expectFailure: true });
  },
  "a replacement ends between deletion and creation": async () => {
    const code = "QuotaExceeded.Eip";
    stack.simulator.addFault({ kind: "error", action: "AllocateEipSegmentAddress", code });
    await stack.up({ expectFailure: true });
  },
};

const prepared = new Set<string>();

async function preview({
  before = "base is up",
  program,
  command = ["preview"],
  fails,
}: PreviewScenario): Promise<unknown> {
  if (before !== "nothing") await prepare("base is up");
  stack.writeProgram(program ?? baseProgram);
  await prepare(before);
  const { stdout } = await stack.pulumi([...command, "--json"], { expectFailure: fails ?? false });
  return scrub(JSON.parse(stdout));
}

async function prepare(before: Preparation): Promise<void> {
  if (prepared.has(before)) return;
  prepared.add(before);
  await preparations[before]();
}

/** What the report says of a preview, in both its forms: other details of a preview may change with the provider. */
async function reports(input: string): Promise<string[]> {
  const ended = [
    await runCli(["report", "--no-check"], { input }),
    await runCli(["report", "--no-check", "--json"], { input }),
  ];
  return ended.map(({ out, err }) => out + err);
}

it.each(scenarios)("the preview $name gives the report of its recording", async (scenario) => {
  const shown = JSON.stringify(await preview(scenario));
  if (recording) writeFileSync(fixture(scenario.name), shown);
  expect(await reports(shown)).toEqual(await reports(readFileSync(fixture(scenario.name), "utf8")));
});
