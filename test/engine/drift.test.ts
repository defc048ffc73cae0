import { createStack, messagesOf, segmentProgram, type CommandResult, type Stack } from "./support";
import { outside } from "./support/outside";

jest.setTimeout(240_000);

const args = { eipMask: 28, bandwidth: 50, resourceGroupId: "rg-edge", tags: { team: "edge" } };
const names = ["bandwidth", "tags", "resourceGroupId", "mixed", "associated", "released", "pool"];

let stack: Stack;
let ids: Record<string, string>;
let pool: string;
let previewed: Record<string, string>;
let refreshed: CommandResult;
let previewedAfter: Record<string, string>;

/** What a preview would do with each segment. */
async function stepsOf(options: readonly string[] = []): Promise<Record<string, string>> {
  const steps = await stack.previewSteps({ args: ["--show-sames", ...options] });
  return Object.fromEntries(steps.map(({ op, urn }) => [urn.split("::").at(-1) ?? "", op]));
}

const liveOf = (name: string) => stack.simulator.segments().find(({ id }) => id === ids[name]);
const eipsOf = (name: string): string[] =>
  liveOf(name)?.addresses.map(({ allocationId }) => allocationId) ?? [];

async function change(): Promise<void> {
  const call = outside(stack.simulator);
  for (const AllocationId of eipsOf("bandwidth")) {
    await call("ModifyEipAddressAttribute", { AllocationId, Bandwidth: "80" });
  }
  await call("TagResources", {
    ResourceType: "EIP",
    ResourceId: eipsOf("tags"),
    Tag: [{ Key: "team", Value: "core" }],
  });
  await call("MoveResourceGroup", {
    ResourceType: "EIP",
    ResourceId: eipsOf("resourceGroupId")[3],
    NewResourceGroupId: "rg-other",
  });
  await call("ModifyEipAddressAttribute", { AllocationId: eipsOf("mixed")[3], Bandwidth: "80" });
  await call("ModifyEipAddressAttribute", { AllocationId: eipsOf("mixed")[5], Bandwidth: "90" });
  await call("AssociateEipAddress", { AllocationId: eipsOf("associated")[3], InstanceId: "i-1" });
  await call("ReleaseEipSegmentAddress", { SegmentInstanceId: ids.released });
  const turned = await call("TransformEipSegmentToPublicIpAddressPool", { InstanceId: ids.pool });
  pool = String(turned.PublicIpAddressPoolId);
}

beforeAll(async () => {
  stack = await createStack({
    program: segmentProgram(...names.map((name) => ({ name, args }))),
    config: {
      "alicloud:region": "cn-hangzhou",
      "eipSegment:allocatePerMinute": "1000",
      "eipSegment:replayGraceSeconds": "1",
    },
  });
  const { outputs } = await stack.up();
  ids = Object.fromEntries(names.map((name) => [name, (outputs[name] as { id: string }).id]));
  await change();
  previewed = await stepsOf(["--refresh"]);
  refreshed = await stack.refresh();
  previewedAfter = await stepsOf();
});

afterAll(async () => {
  await stack.dispose();
});

const rows: [name: string, what: string, op: string][] = [
  ["bandwidth", "every EIP has another bandwidth", "update"],
  ["tags", "every EIP has another tag", "update"],
  ["resourceGroupId", "one EIP is in another resource group", "update"],
  ["mixed", "EIPs have different bandwidths", "update"],
  ["associated", "an EIP was associated", "same"],
  ["released", "the segment was released", "create"],
  ["pool", "the segment was turned into a public IP address pool", "same"],
];

describe("preview --refresh shows what the next up would do", () => {
  it.each(rows)("%s: %s", (name, _, op) => {
    expect(previewed[name]).toBe(op);
  });
});

describe("after a refresh a preview shows the same", () => {
  it.each(rows)("%s: %s", (name, _, op) => {
    expect(previewedAfter[name]).toBe(op);
  });
});

it("the refresh names the pool, and what to do with the resource", () => {
  expect(messagesOf(refreshed).join("\n")).toContain(
    `Segment ${ids.pool ?? ""} was migrated to the public IP address pool ${pool}: its addresses are part of that pool now, and this resource can no longer manage them.`,
  );
});

it("the next up sets everything back, makes the released segment anew, and leaves the pool alone", async () => {
  const asked = stack.simulator.log.length;
  const { outputs } = await stack.up();
  for (const name of ["bandwidth", "tags", "resourceGroupId", "mixed", "associated"]) {
    const each = liveOf(name)?.addresses.map(({ bandwidth, resourceGroupId, tags }) => [
      bandwidth,
      resourceGroupId,
      tags.team,
    ]);
    expect(each).toEqual(Array(16).fill([50, "rg-edge", "edge"]));
  }
  expect((outputs.released as { id: string }).id).not.toBe(ids.released);
  expect((outputs.pool as { id: string }).id).toBe(ids.pool);
  const touched = stack.simulator.log
    .slice(asked)
    .map(({ parameters }) => JSON.stringify(parameters))
    .join();
  expect(touched).not.toContain(ids.pool);
  expect(
    stack.simulator.addresses().filter(({ publicIpAddressPoolId }) => publicIpAddressPoolId === pool),
  ).toHaveLength(16);
});

it("a refresh after that finds nothing more to change", async () => {
  await stack.refresh();
  const steps = await stepsOf();
  expect(new Set(Object.values(steps))).toEqual(new Set(["same"]));
});
