import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

const context = useWorld();

const smaller = segment("x", { eipMask: 27 });

const idOf = (name = "x"): string => context.world.engine.entry(name)?.id ?? "";

async function killed(at: { action: string; moment: "before" | "after" } | "save"): Promise<string> {
  const { world } = context;
  await world.up([segment()], at === "save" ? { killAtSave: 1 } : { kill: { call: 1, ...at } });
  const [id = ""] = world.live();
  return id;
}

describe("a run killed after it bought a segment, whose settings are edited before the next run", () => {
  it.each([
    ["unfinished", { action: "AllocateEipSegmentAddress", moment: "after" } as const],
    ["tagged, but in no state", "save" as const],
  ])("stops the next run, which names the segment (%s) and the ways on", async (_state, at) => {
    const { world } = context;
    const id = await killed(at);
    const { errors } = await world.up([smaller]);
    expect(errors).toEqual([
      expect.stringMatching(
        new RegExp(`may come from it, or belong to someone else: ${id} \\([0-9./]+, created `),
      ),
    ]);
    expect(errors[0]).toContain(`adopt: "${id}"`);
    expect(errors[0]).toContain("eipSegment:ignoreUnclaimed");
    expect(world.engine.entries).toEqual([]);
    expect(world.live()).toEqual([id]);
  });

  it("stops also when the segment is listed only some seconds later", async () => {
    const { world } = context;
    world.cloud.configure({ visibilityLag: { kind: "time", ms: 15_000 } });
    const id = await killed({ action: "AllocateEipSegmentAddress", moment: "after" });
    const { errors } = await world.up([smaller]);
    expect(errors).toEqual([expect.stringContaining(id)]);
    expect(world.live()).toEqual([id]);
  });

  it("goes on after the segment was ignored or adopted", async () => {
    const { world } = context;
    const id = await killed({ action: "AllocateEipSegmentAddress", moment: "after" });
    await world.upWell([smaller], { config: { "eipSegment:ignoreUnclaimed": id } });
    expect(world.segments().find((one) => one.id === idOf())?.mask).toBe(27);
    await world.upWell([smaller, segment("y", { adopt: id })]);
    expect(world.live().sort()).toEqual([id, idOf()].sort());
    await world.destroy();
    expect(world.live()).toEqual([]);
  });

  it("takes the segment up after the settings were put back", async () => {
    const { world } = context;
    const id = await killed({ action: "AllocateEipSegmentAddress", moment: "after" });
    expect((await world.up([smaller])).ok).toBe(false);
    await world.upWell([segment()]);
    expect(world.live()).toEqual([id]);
  });
});

describe("a run killed after it bought a segment, whose settings are edited more than a day later", () => {
  it("gets a new segment, and names the one of the killed run once", async () => {
    const { world } = context;
    const id = await killed({ action: "AllocateEipSegmentAddress", moment: "after" });
    world.cloud.configure({ answers: { "token-memory": "forever" } });
    world.clock.advance(25 * 3_600_000);
    const { lines } = await world.upWell([smaller]);
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`does not record: ${id} \\([0-9./]+, created `)),
    ]);
    expect(world.live().sort()).toEqual([id, idOf()].sort());
  });
});

describe("a mismatch that leaves nothing behind", () => {
  it("is passed over with the next generation", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    await world.destroy();
    await world.upWell([smaller]);
    expect(world.engine.entry("x")?.outputs.clientToken).toMatch(/-g1$/);
    expect(world.live()).toEqual([idOf()]);
  });

  it("is not mistaken for the segment of another resource of the same run", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    await world.destroy();
    await world.upWell([smaller, segment("y"), segment("z")]);
    expect(world.live().sort()).toEqual([idOf("x"), idOf("y"), idOf("z")].sort());
  });

  it("leaves to another resource of the same run what that one's killed run had bought", async () => {
    const { world } = context;
    await world.upWell([segment("x"), segment("y")]);
    await world.destroy();
    // The first answer for y is dead, so its second request comes only after x has looked for leftovers.
    await world.up([segment("y")], {
      kill: { action: "AllocateEipSegmentAddress", call: 2, moment: "after" },
    });
    const [bought] = world.live();
    await world.upWell([smaller, segment("y")]);
    expect(idOf("y")).toBe(bought);
    expect(world.live().sort()).toEqual([idOf("x"), idOf("y")].sort());
  });

  it("waits for the answer that another resource of the same run has coming", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    await world.destroy();
    // The cloud has allocated y's segment, and its first answer is lost: y asks again, and x must not take it for a leftover.
    world.cloud.addFault({
      kind: "dropAfter",
      action: "AllocateEipSegmentAddress",
      match: { EipMask: "26" },
    });
    await world.upWell([smaller, segment("y", { eipMask: 26 })]);
    expect(world.live().sort()).toEqual([idOf("x"), idOf("y")].sort());
  });

  it.each([
    [
      "older than a day",
      async (id: string) =>
        Promise.resolve(id).then(() => {
          context.world.clock.advance(25 * 3_600_000);
        }),
    ],
    [
      "in use",
      async (id: string) => {
        await context.world.use(id);
      },
    ],
    [
      "another resource's by its tag",
      async (id: string) => {
        const { world } = context;
        const eip = world.segments().find((one) => one.id === id)?.addresses[0]?.allocationId ?? "";
        await world.call("TagResources", {
          ...{ ResourceType: "EIP", "ResourceId.1": eip },
          ...{ "Tag.1.Key": "pulumi-eip-segment", "Tag.1.Value": "somebody" },
        });
      },
    ],
    [
      "in a list of known ones",
      (id: string) => {
        context.world.config["eipSegment:ignoreUnclaimed"] = id;
        return Promise.resolve();
      },
    ],
  ])("does not stop for a stranger's segment that is %s", async (_kind, make) => {
    const { world } = context;
    world.cloud.configure({ answers: { "token-memory": "forever" } });
    await world.upWell([segment()]);
    await world.destroy();
    const stranger = await world.stranger();
    world.clock.advance(10_000);
    await make(stranger);
    await world.upWell([smaller]);
    expect(world.live()).toContain(stranger);
  });

  it("waits for a stranger's segment to be allocated before it judges it", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    await world.destroy();
    world.cloud.setProgression({ kind: "time", allocateMs: 60_000, releaseMs: 0 });
    const stranger = await world.stranger();
    const { errors } = await world.up([smaller]);
    expect(errors).toEqual([expect.stringContaining(stranger)]);
    expect(world.cloud.segments().find(({ id }) => id === stranger)?.status).toBe("Allocated");
  });
});
