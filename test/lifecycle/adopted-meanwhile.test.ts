import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

const context = useWorld();

/** What a program that runs on a new stack sends to check. */
const declared = (name: string, args: Record<string, unknown> = {}): Record<string, unknown> =>
  context.world.engine.newsOf(segment(name, args));

describe("a segment that a resource is to adopt", () => {
  it("is not released by another one that once was answered with it", async () => {
    const { world } = context;
    world.cloud.configure({ visibilityLag: { kind: "time", ms: 25_000 } });
    world.refuse("TagResources", "InvalidParameter");
    await world.up([segment("x", { tags: { team: "edge" } })]);
    world.cloud.clearFaults();
    world.clock.advance(60_000);
    const x = world.engine.entry("x");
    const [adopt] = (x?.outputs.__abandoned ?? []) as string[];
    expect(world.live()).toEqual([adopt, x?.id]);
    const { verbs } = world.process();
    const { inputs } = await verbs.check(undefined, {}, declared("y", { adopt }));
    // The engine may have no room for the adoption before the update has ended.
    await verbs.update(undefined, x?.id ?? "", x?.outputs ?? {}, x?.inputs ?? {});
    expect(await verbs.create(undefined, inputs)).toMatchObject({ id: adopt });
    expect(world.live()).toEqual([adopt, x?.id]);
  });

  it("is not taken by another one that waits for it to be listed", async () => {
    const { world } = context;
    world.cloud.configure({ visibilityLag: { kind: "time", ms: 15_000 } });
    const kill = { action: "AllocateEipSegmentAddress", call: 1, moment: "after" as const };
    await world.up([segment()], { kill });
    const [adopt] = world.live();
    const { verbs } = world.process();
    const x = await verbs.check(undefined, {}, declared("x"));
    const creation = verbs.create(undefined, x.inputs);
    await new Promise<void>((resolve) => {
      world.after("AllocateEipSegmentAddress", () => {
        world.after("DescribeEipSegment", resolve);
      });
    });
    const y = await verbs.check(undefined, {}, declared("y", { adopt }));
    await expect(creation).rejects.toThrow(
      `but ${world.engine.urnOf("y")} adopts it. Run \`pulumi up\` again.`,
    );
    expect(await verbs.create(undefined, y.inputs)).toMatchObject({ id: adopt });
  });
});
