import type { Declaration } from "./engine-model";
import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

const context = useWorld();

/** Generation of the token that made a resource's segment. */
const generationOf = (name: string): string =>
  String(context.world.engine.entry(name)?.outputs.clientToken).replace(/^.*-(g\d+)$/, "$1");

const idOf = (name = "x"): string | undefined => context.world.engine.entry(name)?.id;

/** After an `up`: each declared resource has one live segment, and there are no others. */
function expectOneEach(...names: string[]): void {
  const { world } = context;
  expect(world.live().sort()).toEqual(names.map((name) => idOf(name)).sort());
}

async function expectUnchanged(program: readonly Declaration[]): Promise<void> {
  const { world } = context;
  const calls = world.cloud.log.length;
  await world.upWell(program);
  expect(world.cloud.log).toHaveLength(calls);
}

describe("a sequence of commands leaves one live segment for each resource", () => {
  it("when resources are new, and a second run asks the cloud nothing", async () => {
    const program = [segment("x"), segment("y"), segment("z")];
    await context.world.upWell(program);
    expectOneEach("x", "y", "z");
    await expectUnchanged(program);
  });

  it("when a segment is updated in place", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const before = idOf();
    const token = world.engine.entry("x")?.inputs.clientToken;
    await world.upWell([segment("x", { bandwidth: 9 })]);
    expect(idOf()).toBe(before);
    expect(world.engine.entry("x")?.inputs.clientToken).toBe(token);
    expect(new Set(world.segments()[0]?.addresses.map(({ bandwidth }) => bandwidth))).toEqual(new Set([9]));
  });

  it.each([
    ["the new one first", {}],
    ["the old one first", { deleteBeforeReplace: true }],
  ])("when a segment is replaced, %s, with the next generation of its token", async (_order, options) => {
    const { world } = context;
    await world.upWell([segment("x", {}, options)]);
    const before = idOf();
    const program = [segment("x", { eipMask: 27 }, options)];
    await world.upWell(program);
    expect(idOf()).not.toBe(before);
    expect(generationOf("x")).toBe("g1");
    expectOneEach("x");
    await expectUnchanged(program);
  });

  it("when it is replaced with --replace or --target-replace, although the cloud remembers the token", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const before = idOf();
    await world.upWell([segment()], { replace: ["x"] });
    expect(idOf()).not.toBe(before);
    expectOneEach("x");
    expect(world.printed).toEqual([]);
  });

  it("when it is tainted", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const entry = world.engine.entry("x");
    if (entry !== undefined) entry.tainted = true;
    await world.upWell([segment()]);
    expect(idOf()).not.toBe(entry?.id);
    expectOneEach("x");
  });

  it("when a refresh finds it gone and it is created again", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    world.cloud.vanish(world.live()[0] ?? "");
    await world.refresh();
    expect(world.engine.entries).toEqual([]);
    await world.upWell([segment()]);
    expectOneEach("x");
  });

  it("when it is renamed with an alias, and again when the old name is used anew", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const before = idOf();
    const renamed = segment("y", {}, { aliases: ["x"] });
    await world.upWell([renamed]);
    expect(idOf("y")).toBe(before);
    await world.upWell([segment("y"), segment("x")]);
    expect(idOf("y")).toBe(before);
    expect(generationOf("x")).toBe("g1");
    expectOneEach("x", "y");
  });

  it("when it is destroyed and brought up again, although the cloud answers with the dead one", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    await world.destroy();
    expect(world.live()).toEqual([]);
    await world.upWell([segment()]);
    expect(generationOf("x")).toBe("g1");
    expectOneEach("x");
  });

  it("when it is retained on deletion: the segment stays, and nothing else", async () => {
    const { world } = context;
    await world.upWell([segment("x", {}, { retainOnDelete: true })]);
    const before = idOf();
    await world.upWell([]);
    expect(world.live()).toEqual([before]);
  });

  it("when its state is removed by hand soon after, by taking the unused segment up again", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const before = idOf();
    world.engine.forget("x");
    const { lines } = await world.upWell([segment()]);
    expect(idOf()).toBe(before);
    expect(lines).toEqual([
      expect.stringMatching(/^Recovered segment .* set eipSegment:tokenSalt in one of them\.$/),
    ]);
    expectOneEach("x");
  });

  it("when an adopted segment is replaced", async () => {
    const { world } = context;
    const adopted = await world.stranger();
    world.clock.advance(10_000);
    await world.upWell([segment("x", { adopt: adopted })]);
    expect(idOf()).toBe(adopted);
    await world.upWell([segment("x", { eipMask: 27 })]);
    expect(generationOf("x")).toBe("g1");
    expectOneEach("x");
  });

  it("when a creation failed half-way: the next run goes on with the same segment", async () => {
    const { world } = context;
    world.cloud.addFault({ kind: "error", code: "Forbidden.RAM", action: "DescribeEipAddresses" });
    const failed = await world.up([segment()]);
    expect(failed.ok).toBe(false);
    expect(world.engine.entry("x")?.failed).toBe(true);
    const before = idOf();
    await world.upWell([segment()]);
    expect(idOf()).toBe(before);
    expectOneEach("x");
  });

  it("when a refresh comes between a failed wait and the next run", async () => {
    const { world } = context;
    world.cloud.setProgression({ kind: "time", allocateMs: 3_600_000, releaseMs: 0 });
    expect((await world.up([segment()])).errors[0]).toContain("was still Allocating after 600 s");
    const before = idOf();
    await world.refresh();
    expect(world.engine.entry("x")).toMatchObject({ id: before, failed: false });
    world.clock.advance(3_600_000);
    await world.upWell([segment()]);
    expect(world.engine.entry("x")?.outputs).toMatchObject({ status: "Allocated", __segmentId: before });
    await expectUnchanged([segment()]);
  });

  it("when an init-failed segment is destroyed", async () => {
    const { world } = context;
    world.cloud.addFault({ kind: "error", code: "Forbidden.RAM", action: "TagResources" });
    await world.up([segment("x", { tags: { team: "edge" } })]);
    expect(world.engine.entry("x")?.failed).toBe(true);
    await world.destroy();
    expect(world.live()).toEqual([]);
  });
});
