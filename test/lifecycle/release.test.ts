import { useWorld } from "./support/use-world";
import { segment, type World } from "./support/world";

const context = useWorld();

const releases = () => context.world.cloud.log.filter(({ action }) => action === "ReleaseEipSegmentAddress");

describe("a release", () => {
  it("is sent with one token for all tries of one call", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    world.cloud.addFault({ kind: "dropAfter", action: "ReleaseEipSegmentAddress" });
    await world.destroy();
    expect(releases().length).toBeGreaterThan(1);
    expect(new Set(releases().map(({ parameters }) => parameters.ClientToken)).size).toBe(1);
  });

  it("is sent with a new token after a refusal", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    world.cloud.addFault({
      kind: "error",
      code: "IncorrectEipStatus",
      action: "ReleaseEipSegmentAddress",
      times: 2,
    });
    await world.destroy();
    expect(releases()).toHaveLength(3);
    expect(new Set(releases().map(({ parameters }) => parameters.ClientToken)).size).toBe(3);
  });

  it("waits for a segment that is still being allocated", async () => {
    const { world } = context;
    world.cloud.setProgression({ kind: "time", allocateMs: 900_000, releaseMs: 0 });
    await world.up([segment()]);
    await world.destroy();
    expect(world.live()).toEqual([]);
    expect(releases()).toMatchObject([{ status: 200 }]);
  });

  it("is not asked for while an address is in use, which the error names", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const eip = await world.use(world.live()[0] ?? "");
    const { errors } = await world.destroy();
    expect(errors).toEqual([expect.stringContaining(`(${eip}) is in use by EcsInstance i-bp1user`)]);
    expect(releases()).toEqual([]);
    expect(world.engine.entries).toHaveLength(1);
  });

  it("is not skipped when others change the region between two pages of its list", async () => {
    const { world } = context;
    const strangers = await Promise.all(Array.from({ length: 50 }, () => world.stranger()));
    await world.upWell([segment("x")]);
    await world.upWell([segment("x"), segment("y")]);
    world.clock.advance(10_000);
    world.cloud.configure({ visibilityLag: { kind: "time", ms: 10_000 } });
    await world.stranger();
    let pages = 0;
    world.onCall = ({ action, parameters }) => {
      if (action === "DescribeEipSegment" && parameters.PageNumber === "1") pages += 1;
      if (pages === 1) {
        // One goes and one comes: the number of segments stays, and x moves to the page that was read already.
        pages += 1;
        world.cloud.vanish(strangers[0] ?? "");
        world.cloud.configure({ visibilityLag: { kind: "none" } });
      }
    };
    await world.destroy();
    expect(pages).toBeGreaterThan(1);
    expect(releases()).toHaveLength(2);
  });

  it("is refused for what the same run has made", async () => {
    const { world } = context;
    const { verbs } = world.process();
    const { inputs } = await verbs.check(undefined, {}, world.engine.newsOf(segment()));
    const { id, outs } = await verbs.create(undefined, inputs);
    await expect(verbs.delete(undefined, id, outs)).rejects.toThrow("this run allocated or recovered it");
    await expect(verbs.delete(undefined, id, { ...outs, __creation: "another" })).resolves.toBeUndefined();
    expect(world.live()).toEqual([id]);
  });

  it("ends well when somebody else releases the segment at the same time", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const [id = ""] = world.live();
    world.after("DescribeEipAddresses", () => {
      void world.call("ReleaseEipSegmentAddress", { SegmentInstanceId: id });
    });
    expect((await world.destroy()).ok).toBe(true);
    expect(world.live()).toEqual([]);
  });
});

describe("a segment with two records in the stack", () => {
  /** A run that was killed after `y` adopted the segment of `x`, and before `x` was removed. */
  async function killedWhileHandingOver(): Promise<{ world: World; id: string }> {
    const { world } = context;
    await world.upWell([segment("x")]);
    const [id = ""] = world.live();
    await world.up([segment("y", { adopt: id })], { killAtSave: 2 });
    expect(world.engine.entries).toHaveLength(2);
    return { world, id };
  }

  it("is handed over to the resource that adopts it, and stays", async () => {
    const { world } = context;
    await world.upWell([segment("x")]);
    const [id = ""] = world.live();
    const { lines } = await world.upWell([segment("y", { adopt: id })]);
    expect(lines).toEqual([
      `Segment ${id} will be adopted if its settings match: nothing is allocated, and only its ownership tag is set.`,
      `Segment ${id} was not released: ${world.engine.urnOf("y")} manages it now.`,
    ]);
    expect(world.engine.entries).toMatchObject([{ id, urn: world.engine.urnOf("y") }]);
    expect(world.live()).toEqual([id]);
  });

  it("is handed over also when the run is killed in between", async () => {
    const { world, id } = await killedWhileHandingOver();
    await world.upWell([segment("y", { adopt: id })]);
    expect(world.engine.entries).toMatchObject([{ id, urn: world.engine.urnOf("y") }]);
    expect(world.live()).toEqual([id]);
  });

  it("is released once when both are removed", async () => {
    const { world } = await killedWhileHandingOver();
    await world.upWell([segment("z")]);
    expect(world.live()).toEqual([world.engine.entry("z")?.id]);
  });

  it.each([
    ["the one that has it first", (id: string) => [segment("x"), segment("y", { adopt: id })]],
    ["the one that adopts it first", (id: string) => [segment("y", { adopt: id }), segment("x")]],
  ])("is refused while both stay in the program, %s", async (_order, program) => {
    const { world } = context;
    await world.upWell([segment("x")]);
    const [id = ""] = world.live();
    const { errors } = await world.up(program(id));
    const [x, y] = ["x", "y"].map((name) => world.engine.urnOf(name));
    expect(errors.sort()).toEqual([
      expect.stringContaining(`adopt is "${id}", but ${x} manages that segment.`),
      `${y} adopts segment ${id}, which this resource manages. Remove one of the two resources from the program.`,
    ]);
    expect(world.engine.entries).toMatchObject([{ urn: x, id }]);
    await world.upWell([segment("x")]);
    expect(world.live()).toEqual([id]);
  });

  it("is refused when two resources adopt it", async () => {
    const { world } = context;
    const id = await world.stranger();
    const { errors } = await world.up([segment("x", { adopt: id }), segment("y", { adopt: id })]);
    expect(errors).toEqual([expect.stringContaining("already adopts that segment")]);
  });

  it("is refused when a resource is to be created again while it adopts its own segment", async () => {
    const { world } = context;
    const id = await world.stranger();
    await world.upWell([segment("x", { adopt: id })]);
    const { errors } = await world.up([segment("x", { adopt: id, eipMask: 27 })]);
    expect(errors).toEqual([expect.stringContaining(", and a replacement cannot adopt.")]);
    expect(world.live()).toEqual([id]);
  });
});
