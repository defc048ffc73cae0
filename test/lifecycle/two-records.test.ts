import { EngineModel } from "./engine-model";
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
    expect(lines).toEqual([`Segment ${id} was not released: ${world.engine.urnOf("z")} manages it now.`]);
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

describe("a segment with two records of which one goes", () => {
  const options = { deleteBeforeReplace: true };

  it.each([
    ["and its adoption stopped before the tags", "true"],
    ["and nothing is tagged", "false"],
  ])("is kept where a limited run replaces that one first, %s", async (_when, ownershipTag) => {
    const { world } = context;
    await world.upWell([segment("x", {}, options)]);
    const [id = ""] = world.live();
    world.config["eipSegment:ownershipTag"] = ownershipTag;
    if (ownershipTag === "true") world.refuse("TagResources", "InvalidParameter");
    const program = [segment("y", { adopt: id }), segment("x", { eipMask: 27 }, options)];
    await world.up(program);
    expect(world.engine.entries).toMatchObject([{ id }, { id }]);
    world.cloud.clearFaults();
    const { lines } = await world.upWell(program, { target: ["x"] });
    expect(lines).toEqual([`Segment ${id} was not released: ${world.engine.urnOf("y")} manages it now.`]);
    await world.upWell(program);
    expect(world.engine.entry("y")?.id).toBe(id);
    expect(world.engine.entries.map((entry) => entry.id).sort()).toEqual(world.live().sort());
  });

  it("is kept where somebody copied the record by hand", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const [entry] = world.engine.entries;
    if (entry !== undefined) world.engine.entries.push({ ...entry, urn: world.engine.urnOf("y") });
    await world.upWell([segment("y")]);
    expect(world.live()).toEqual([entry?.id]);
    expect(world.engine.entries).toMatchObject([{ id: entry?.id, urn: world.engine.urnOf("y") }]);
  });
});

describe("a segment with two records that both stay", () => {
  it("is kept, and the run says which resources share it", async () => {
    const { world } = context;
    const id = await killedHandOver();
    const { lines } = await world.upWell([segment("x"), segment("y")]);
    expect(lines.join("\n")).toMatch(
      /is recorded twice, for urn:\S+::x and urn:\S+::y\. Remove one of the two/,
    );
    await world.upWell([segment("y")]);
    expect(world.live()).toEqual([id]);
  });
});

describe("a segment with two records that both go", () => {
  it.each(["x first", "y first"])("is released although its tags name both resources, %s", async (order) => {
    const { world } = context;
    await world.upWell([segment("x", { eipMask: 27 })]);
    const [adopt] = world.live();
    // The first of two batches of tags is set.
    world.after("TagResources", () => {
      world.refuse("TagResources", "InvalidParameter");
    });
    await world.up([segment("y", { eipMask: 27, adopt })]);
    const owners = world.segments()[0]?.addresses.map(({ tags }) => tags["pulumi-eip-segment"]);
    expect(new Set(owners).size).toBe(2);
    world.cloud.clearFaults();
    if (order === "y first") world.engine.entries.reverse();
    await world.upWell([segment("z")]);
    expect(world.live()).toEqual([world.engine.entry("z")?.id]);
  });
});

describe("a segment with a record whose replacement failed after the other record had got the segment", () => {
  it("is released when the other record goes", async () => {
    const { world } = context;
    const x = segment("x", { eipMask: 27 }, { deleteBeforeReplace: true });
    const id = await killedHandOver();
    world.refuse("AllocateEipSegmentAddress", "InvalidParameter");
    expect((await world.up([x, segment("y", { adopt: id })])).ok).toBe(false);
    world.cloud.clearFaults();
    expect(world.engine.entries).toMatchObject([{ id, replaced: true }, { id }]);
    await world.upWell([x]);
    expect(world.live()).toEqual([world.engine.entry("x")?.id]);
    expect(world.segments()).toMatchObject([{ mask: 27 }]);
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
    expect(errors).toEqual([
      expect.stringContaining(`${world.engine.urnOf("y")} will adopt it in a later run.`),
    ]);
    expect(world.live()).toEqual([id]);
    await world.upWell(program);
    expect(world.live()).toContain(id);
    expect(world.engine.entries.map((entry) => entry.id).sort()).toEqual(world.live().sort());
    expect(world.engine.entry("y")?.id).toBe(id);
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
        `its ownership tag names another resource or another stack (${String(adopter[0]?.outputs.__ownerToken)})`,
      ),
    ]);
    expect(world.live()).toEqual([id]);
    engine.entries.push(...adopter);
    await world.upWell([segment("y", { adopt: id })]);
    expect(world.live()).toEqual([id]);
    await world.destroy();
    expect(world.live()).toEqual([]);
  });

  it("is released once the tag is gone, where an adoption was killed before its record and then given up", async () => {
    const { world } = context;
    await world.upWell([segment("x")]);
    const [id = ""] = world.live();
    await world.up([segment("y", { adopt: id })], { killAtSave: 1 });
    expect(world.engine.entries).toMatchObject([{ id, urn: world.engine.urnOf("x") }]);
    const { errors } = await world.up([]);
    expect(errors).toEqual([
      expect.stringContaining("or remove the tag pulumi-eip-segment from its EIPs to have it released"),
    ]);
    expect(world.live()).toEqual([id]);
    await world.untag(id);
    await world.upWell([]);
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
