import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  changesOf,
  createStack,
  messagesOf,
  segmentProgram,
  type Deployment,
  type ResourceState,
  type Stack,
} from "./support";
import { outside } from "./support/outside";

jest.setTimeout(240_000);

const config = { "alicloud:region": "cn-hangzhou" };

/** Buys a segment outside Pulumi; answers its id. */
async function foreign({ simulator }: Stack): Promise<string> {
  const { EipSegmentInstanceId } = await outside(simulator)("AllocateEipSegmentAddress", {
    EipMask: "28",
    Bandwidth: "50",
    ResourceGroupId: "rg-edge",
    Zone: "cn-hangzhou-b",
  });
  return String(EipSegmentInstanceId);
}

const countOf = ({ simulator }: Stack, action: string): number =>
  simulator.log.filter((entry) => entry.action === action).length;

describe("adopt", () => {
  let stack: Stack;
  let adopt: string;

  beforeAll(async () => {
    stack = await createStack({ program: segmentProgram(), config });
    adopt = await foreign(stack);
  });

  afterAll(async () => {
    await stack.dispose();
  });

  it("fails the up with all that differs, and changes nothing", async () => {
    stack.writeProgram(segmentProgram({ args: { eipMask: 27, adopt } }));
    const asked = stack.simulator.log.length;
    expect(messagesOf(await stack.up({ expectFailure: true }), "error")).toContain(
      `Segment ${adopt} cannot be adopted as declared, and nothing was changed: eipMask is 28, not 27; bandwidth is 50, not 5. ` +
        "Declare what the segment has; change it with another `pulumi up` after the adoption.",
    );
    const actions = stack.simulator.log.slice(asked).map(({ action }) => action);
    expect(actions.filter((action) => !/^(Describe|Get)/.test(action))).toEqual([]);
  });

  it("takes the segment over as it is, without allocating one", async () => {
    stack.writeProgram(segmentProgram({ args: { eipMask: 28, bandwidth: 50, adopt } }));
    const { outputs } = await stack.up();
    expect(outputs.segment).toMatchObject({ id: adopt, status: "Allocated", clientToken: "", ipCount: 16 });
    expect(countOf(stack, "AllocateEipSegmentAddress")).toBe(1);
  });

  it("may be removed without a change", async () => {
    stack.writeProgram(segmentProgram({ args: { eipMask: 28, bandwidth: 50 } }));
    expect(changesOf(await stack.up())).toEqual({ same: 2 });
  });

  it("of another segment fails the preview", async () => {
    stack.writeProgram(segmentProgram({ args: { eipMask: 28, bandwidth: 50, adopt: "eipsg-other" } }));
    const result = await stack.preview({ expectFailure: true });
    expect(messagesOf(result).join("\n")).toContain(
      `adopt is "eipsg-other", but this resource already has segment ${adopt}. Remove adopt, or declare another resource for the other segment.`,
    );
    expect(result.stdout + result.stderr).not.toMatch(/^\s+at .*:\d+/m);
  });
});

describe("moving over from alicloud.ecs.EipSegmentAddress", () => {
  let stack: Stack;
  let id: string;
  let old: ResourceState | undefined;

  beforeAll(async () => {
    stack = await createStack({ program: segmentProgram(), config });
    id = await foreign(stack);
    const text = readFileSync(join(__dirname, "fixtures", "official-provider-state.json"), "utf8");
    const state = JSON.parse(text.replaceAll("eipsg-bp1replaced", id)) as Deployment;
    old = state.deployment.resources?.find(({ type }) => type.startsWith("alicloud:"));
    await stack.import(state);
  });

  afterAll(async () => {
    await stack.dispose();
  });

  it("takes the old resource's id and inputs as they are in its exported state, and buys nothing", async () => {
    const { __defaults, ...inputs } = old?.inputs ?? {};
    expect(__defaults).toEqual([]);
    await stack.pulumi(["state", "delete", "--yes", old?.urn ?? ""]);
    stack.writeProgram(segmentProgram({ name: "egress", args: { ...inputs, adopt: id } }));
    const { outputs } = await stack.up();
    expect(outputs.egress).toMatchObject({ id, status: "Allocated" });
    expect(stack.simulator.segments().map((segment) => segment.id)).toEqual([id]);
    expect(countOf(stack, "AllocateEipSegmentAddress")).toBe(1);
  });

  it("leaves nothing to change, with adopt and without it", async () => {
    expect(changesOf(await stack.refresh())).toEqual({ same: 2 });
    const { __defaults, ...inputs } = old?.inputs ?? {};
    stack.writeProgram(segmentProgram({ name: "egress", args: inputs }));
    expect(changesOf(await stack.up())).toEqual({ same: 2 });
    expect(__defaults).toEqual([]);
  });

  it("hands the segment over for good: a destroy releases it", async () => {
    await stack.destroy();
    expect(stack.simulator.segments()).toEqual([]);
  });
});
