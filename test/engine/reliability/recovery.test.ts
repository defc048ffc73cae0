import { createStack, segmentProgram, type SegmentDeclaration, type Stack } from "../support";
import { cloudCall, eipOf, leaveBehind } from "./support/cloud-call";

const declare = (name: string, args: Record<string, unknown> = {}): SegmentDeclaration => ({
  name,
  args: { eipMask: 28, ...args },
});

/** The cloud of these tests has no rates, and lists at once what it has made. */
const config = { "eipSegment:replayGraceSeconds": "1", "eipSegment:allocatePerMinute": "1000" };

const release = (stack: Stack, SegmentInstanceId: string) =>
  cloudCall(stack, "ReleaseEipSegmentAddress", { SegmentInstanceId });

/** What `pulumi up` prints, without the line breaks of its layout. */
async function failure(stack: Stack): Promise<string> {
  const { stdout } = await stack.up({ expectFailure: true });
  return stdout.replace(/\s+/g, " ");
}

/** Every segment of the program is live and in the state, and there are no others. */
async function expectNothingElse(stack: Stack, ...others: string[]): Promise<void> {
  const { resources = [] } = (await stack.export()).deployment;
  const recorded = resources.flatMap(({ id, type }) => (type.endsWith(":EipSegment") ? [id] : []));
  const live = stack.simulator.segments().map(({ id }) => id);
  expect(live.sort()).toEqual([...recorded, ...others].sort());
}

describe("what docs/recovery.md says to do", () => {
  it("resolves each message about what an earlier run may have left behind", async () => {
    const stack = await createStack({ program: "", config });
    const used = await leaveBehind(stack, "used");
    await cloudCall(stack, "AssociateEipAddress", {
      AllocationId: eipOf(stack, used),
      InstanceId: "i-bp1user",
    });
    const changed = await leaveBehind(stack, "changed");
    await cloudCall(stack, "ModifyEipAddressAttribute", {
      AllocationId: eipOf(stack, changed),
      Bandwidth: "77",
    });
    const larger = await leaveBehind(stack, "edited", 27);
    for (let generation = 0; generation < 16; generation++) {
      await release(stack, await leaveBehind(stack, "worn", 28, generation));
    }

    const names = ["used", "changed", "edited", "worn"];
    stack.writeProgram(segmentProgram(...names.map((name) => declare(name))));
    const text = await failure(stack);
    expect(text).toContain(`segment ${used} `);
    expect(text).toContain("1 of its addresses are in use");
    expect(text).toContain("bandwidth is 77 and 5, not 5");
    expect(text).toContain("may come from it, or belong to someone else:");
    expect(text).toMatch(new RegExp(`${larger} \\([0-9./]+, created `));
    expect(text).toContain("listed none of the 3 segments");
    expect(
      stack.simulator
        .segments()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([used, changed, larger].sort());

    // Adopt the one in use, release the one that was changed, keep the one of other settings for somebody else.
    stack.writeProgram(
      segmentProgram(declare("used", { adopt: used }), declare("changed"), declare("edited")),
    );
    await release(stack, changed);
    await stack.setConfig("eipSegment:ignoreUnclaimed", larger);
    await stack.up();
    await stack.setConfig("eipSegment:tokenSalt", "second");
    stack.writeProgram(segmentProgram(...names.map((name) => declare(name))));
    await stack.up();
    await expectNothingElse(stack, larger);
  });

  it("resolves the message about a segment that a resource outside of a limited command has adopted", async () => {
    const stack = await createStack({ program: segmentProgram(declare("old")), config });
    await stack.up();
    const { id = "", urn } = await stack.resource("old");
    const newUrn = urn.replace(/old$/, "new");
    stack.writeProgram(segmentProgram(declare("new", { adopt: id })));
    await stack.up({ args: ["--target", newUrn] });
    const { stdout } = await stack.destroy({ args: ["--target", urn], expectFailure: true });
    expect(stdout.replace(/\s+/g, " ")).toContain(
      `Segment ${id} was not released: its ownership tag names another resource or another stack`,
    );
    expect((await stack.resource("old")).id).toBe(id);
    await stack.up();
    await expectNothingElse(stack);
    expect((await stack.resource("new")).id).toBe(id);

    const eip = { ResourceType: "EIP", "ResourceId.1": eipOf(stack, id) };
    const tag = { "Tag.1.Key": "pulumi-eip-segment", "Tag.1.Value": "somebody" };
    await cloudCall(stack, "TagResources", { ...eip, ...tag });
    await stack.destroy({ expectFailure: true });
    expect(stack.simulator.segments()).toHaveLength(1);
    await cloudCall(stack, "UnTagResources", { ...eip, "TagKey.1": "pulumi-eip-segment" });
    await stack.destroy();
    expect(stack.simulator.segments()).toEqual([]);
  });

  it("resolves the messages about what the stack holds", async () => {
    const stack = await createStack({ program: "", config });
    const left = await leaveBehind(stack, "left");
    const program = segmentProgram(declare("left"), declare("lost"));
    const blind = `require("@pulumi/pulumi").runtime.invoke = () => Promise.reject(new Error("no answer"));`;
    stack.writeProgram(`${blind}\n${program}`);
    expect(await failure(stack)).toContain("The segments that this stack records could not be read");
    stack.writeProgram(program);
    await stack.up();
    await expectNothingElse(stack);

    const lost = (await stack.resource("lost")).id ?? "";
    stack.simulator.vanish(lost);
    await cloudCall(stack, "AssociateEipAddress", {
      AllocationId: eipOf(stack, left),
      InstanceId: "i-bp1user",
    });
    stack.writeProgram(segmentProgram(declare("left", { bandwidth: 9 }), declare("lost", { bandwidth: 9 })));
    expect(await failure(stack)).toContain("Run `pulumi refresh`, then `pulumi up`");
    await stack.refresh();
    stack.writeProgram(segmentProgram(declare("lost", { bandwidth: 9 })));
    expect(await failure(stack)).toContain("is in use by EcsInstance i-bp1user");
    await cloudCall(stack, "UnassociateEipAddress", {
      AllocationId: eipOf(stack, left),
      InstanceId: "i-bp1user",
    });
    await stack.up();
    await expectNothingElse(stack);
  });

  it("resolves a killed destroy whose segment is wanted after all", async () => {
    const stack = await createStack({ program: segmentProgram(declare("egress")), config });
    await stack.up();
    const { id: old, urn } = await stack.resource("egress");
    await stack.killAtCall("destroy", { action: "ReleaseEipSegmentAddress", point: "after" });

    // The engine looks at nothing in an unchanged run: its warning is all that tells.
    const { stdout } = await stack.up();
    expect(stdout).toContain(`${urn}, interrupted while deleting`);
    expect(stdout).toContain("repair your stack using `pulumi refresh`");
    expect(stack.simulator.segments().filter(({ status }) => status !== "Releasing")).toEqual([]);

    await stack.refresh();
    await stack.up();
    await expectNothingElse(stack);
    expect((await stack.resource("egress")).id).not.toBe(old);
  });
});
