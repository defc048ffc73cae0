import { type Declaration, EngineModel } from "./engine-model";
import { recordTwice } from "./support/twice-recorded";
import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

const context = useWorld();

const renamed = segment("y", {}, { aliases: ["x"] });

/** A run is killed between the adoption of x's segment by y and the end of x's record: both are in the state. */
async function killedHandOver(): Promise<string> {
  const { world } = context;
  await world.upWell([segment("x")]);
  const [id = ""] = world.live();
  await world.up([segment("y", { adopt: id })], { killAtSave: 2 });
  expect(world.engine.entries).toMatchObject([{ id }, { id }]);
  return id;
}

describe("a segment with two records of which one stays under a new name", () => {
  it("is kept after an interrupted adoption", async () => {
    const { world } = context;
    const id = await killedHandOver();
    const { lines } = await world.upWell([segment("z", {}, { aliases: ["y"] })]);
    expect(world.live()).toEqual([id]);
    expect(world.engine.entries).toMatchObject([{ id, urn: world.engine.urnOf("z") }]);
    expect(lines).toEqual([`Segment ${id} is not released: ${world.engine.urnOf("z")} has it now.`]);
  });

  it("is kept after a lost replacement made its resource take it up again", async () => {
    const { world } = context;
    const old = await recordTwice(world);
    await world.upWell([segment("y", {}, { aliases: ["x"] })]);
    expect(world.live()).toEqual([old]);
    expect(world.engine.entries).toMatchObject([{ id: old, urn: world.engine.urnOf("y") }]);
  });

  it.each([
    ["the one that has it first", (id: string) => [renamed, segment("z", { adopt: id })]],
    ["the one that adopts it first", (id: string) => [segment("z", { adopt: id }), renamed]],
  ])("is refused to another resource that adopts it, %s", async (_order, program) => {
    const { world } = context;
    await world.upWell([segment("x")]);
    const [id = ""] = world.live();
    const { errors } = await world.up(program(id));
    expect(errors.join("\n")).toMatch(/Remove (one of the two resources|that resource) from the program/);
    await world.upWell([segment("y", {}, { aliases: ["x"] })]);
    expect(world.live()).toEqual([id]);
  });
});

describe("a segment that one resource is to adopt from another", () => {
  it("is not released by a replacement of the other that deletes first", async () => {
    const { world } = context;
    const options = { deleteBeforeReplace: true };
    await world.upWell([segment("x", {}, options)]);
    const [id = ""] = world.live();
    const program = [segment("y", { adopt: id }), segment("x", { eipMask: 27 }, options)];
    const { errors } = await world.up(program);
    expect(errors).toEqual([expect.stringContaining(`${world.engine.urnOf("y")} is to adopt it`)]);
    expect(world.live()).toEqual([id]);
    await world.upWell(program);
    expect(world.live()).toContain(id);
    expect(world.engine.entries.map((entry) => entry.id).sort()).toEqual(world.live().sort());
    expect(world.engine.entry("y")?.id).toBe(id);
  });

  it.each([
    ["before the other", (one: Declaration, other: Declaration) => [one, other]],
    ["after the other", (one: Declaration, other: Declaration) => [other, one]],
  ])("stays with the other while the program keeps that, declared %s", async (_where, order) => {
    const { world } = context;
    await world.upWell([segment()]);
    const [id = ""] = world.live();
    const { errors } = await world.up(order(segment("y", { adopt: id }), segment()));
    expect(errors.join("\n")).toContain(`${world.engine.urnOf("x")} has that segment and stays`);
    expect(world.engine.entries.map((entry) => entry.urn)).toEqual([world.engine.urnOf("x")]);
    await world.upWell([segment()]);
    await world.destroy();
    expect(world.live()).toEqual([]);
  });
});

describe("a segment that somebody else has tagged as theirs", () => {
  it("is not released by a command that leaves its new resource out", async () => {
    const { world } = context;
    const id = await killedHandOver();
    const { engine } = world;
    const adopter = engine.entries.filter(({ urn }) => urn === engine.urnOf("y"));
    // What `--target` does: the engine tells the provider nothing of y.
    engine.entries = engine.entries.filter((entry) => !adopter.includes(entry));
    const { errors } = await world.destroy();
    expect(errors).toEqual([
      expect.stringContaining(
        `its ownership tag says that ${String(adopter[0]?.outputs.__ownerToken)} has it`,
      ),
    ]);
    expect(world.live()).toEqual([id]);
    engine.entries.push(...adopter);
    await world.upWell([segment("y", { adopt: id })]);
    expect(world.live()).toEqual([id]);
    await world.destroy();
    expect(world.live()).toEqual([]);
  });

  it("is not released by the stack that it was taken from", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const [id = ""] = world.live();
    const first = world.engine;
    world.engine = new EngineModel("other");
    await world.upWell([segment("y", { adopt: id })]);
    const second = world.engine;
    world.engine = first;
    const { errors } = await world.destroy();
    expect(errors).toEqual([expect.stringContaining("Run `pulumi state delete`")]);
    world.engine.forget("x");
    world.engine = second;
    expect(world.live()).toEqual([id]);
    await world.destroy();
    expect(world.live()).toEqual([]);
  });
});

describe("a renamed resource that is replaced", () => {
  it("stays in the region of its segment, whatever the default region is by now", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    await world.upWell([segment("y", { eipMask: 27 }, { aliases: ["x"] })], {
      config: { "alicloud:region": "cn-beijing" },
    });
    expect(world.segments()).toMatchObject([{ regionId: "cn-hangzhou", mask: 27 }]);
  });
});
