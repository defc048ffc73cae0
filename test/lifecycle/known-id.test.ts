import type { Entry } from "./engine-model";
import { useWorld } from "./support/use-world";
import { segment, type World } from "./support/world";

const context = useWorld();

const entry = (): Entry | undefined => context.world.engine.entry("x");

/** A run that failed before the region listed the segment it had been given. */
async function neverSeen(): Promise<{ world: World }> {
  const { world } = context;
  world.cloud.configure({ visibilityLag: { kind: "time", ms: 12_000 } });
  world.after("AllocateEipSegmentAddress", () => {
    world.refuse("DescribeEipSegment");
  });
  await world.up([segment()]);
  world.cloud.clearFaults();
  return { world };
}

describe("a creation that fails once the cloud has answered with a segment", () => {
  it.each(["DescribeEipSegment", "DescribeEipAddresses"])(
    "at %s, leaves the segment in the state, and the next run goes on with it",
    async (action) => {
      const { world } = context;
      world.after("AllocateEipSegmentAddress", () => {
        world.refuse(action);
      });
      expect((await world.up([segment()])).ok).toBe(false);
      const [id] = world.live();
      expect(entry()).toMatchObject({ id, failed: true });
      expect(entry()?.outputs).toMatchObject({
        clientToken: expect.stringMatching(/^eipseg-[0-9a-f]{32}-g0$/) as string,
        __accountId: "1234567890123456",
        __provider: expect.any(String) as string,
      });
      world.cloud.clearFaults();
      await world.upWell([segment()]);
      expect(world.live()).toEqual([id]);
      expect(entry()).toMatchObject({ id, failed: false });
    },
  );

  it("keeps what was seen of the segment before the failure", async () => {
    const { world } = context;
    world.refuse("DescribeEipAddresses");
    await world.up([segment()]);
    expect(entry()?.outputs).toMatchObject({
      cidrBlock: expect.stringMatching(/\/28$/) as string,
      createTime: expect.any(String) as string,
      status: "Allocated",
    });
  });

  it("counts all of the creation against its timeout, and the next run continues", async () => {
    const { world } = context;
    world.cloud.setProgression({ kind: "time", allocateMs: 500_000, releaseMs: 0 });
    world.cloud.addFault({ kind: "throttle", retryAfterMs: 400_000, action: "AllocateEipSegmentAddress" });
    const { errors } = await world.up([segment()]);
    expect(errors).toEqual([expect.stringMatching(/was still Allocating after 200 s, not Allocated/)]);
    const [id] = world.live();
    await world.upWell([segment()]);
    expect(entry()).toMatchObject({ id, outputs: { status: "Allocated" } });
  });

  it("is taken back by destroy, even when no run has seen the segment yet", async () => {
    const { world } = await neverSeen();
    await world.destroy();
    expect(world.live()).toEqual([]);
  });

  it("is not forgotten by a refresh that comes before the region lists the segment", async () => {
    const { world } = await neverSeen();
    await world.refresh();
    await world.upWell([segment()]);
    expect(world.live()).toEqual([entry()?.id]);
    expect(world.cloud.segments()).toHaveLength(1);
  });

  it("finishes what it did not tag or change, also after a refresh cleared the engine's own mark", async () => {
    const { world } = context;
    world.refuse("TagResources");
    await world.up([segment("x", { tags: { team: "edge" } })]);
    world.cloud.clearFaults();
    await world.refresh();
    expect(entry()?.failed).toBe(false);
    await world.upWell([segment("x", { tags: { team: "edge" } })]);
    for (const { tags } of world.segments()[0]?.addresses ?? []) {
      expect(tags).toEqual({ team: "edge", "pulumi-eip-segment": entry()?.outputs.clientToken });
    }
  });
});

describe("an ownership tag that the cloud refuses", () => {
  it("is one warning, and is set by the next change", async () => {
    const { world } = context;
    world.refuse("TagResources", "NumberExceed.Tags");
    const { lines } = await world.upWell([segment("x"), segment("y")]);
    expect(lines).toEqual([
      expect.stringContaining("The ownership tag could not be set (NumberExceed.Tags)"),
    ]);
    world.cloud.clearFaults();
    await world.upWell([segment("x", { bandwidth: 9 }), segment("y")]);
    const { addresses = [] } = world.segments().find(({ id }) => id === entry()?.id) ?? {};
    expect(new Set(addresses.map(({ tags }) => tags["pulumi-eip-segment"]))).toEqual(
      new Set([entry()?.outputs.clientToken]),
    );
  });
});

describe("an update that is killed half-way", () => {
  it("is finished by the next run, also after a refresh that found the addresses unlike", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const program = [segment("x", { bandwidth: 9 })];
    await world.up(program, { kill: { action: "ModifyEipAddressAttribute", call: 8, moment: "after" } });
    await world.refresh();
    await world.upWell(program);
    const bandwidths = world.segments()[0]?.addresses.map(({ bandwidth }) => bandwidth);
    expect(new Set(bandwidths)).toEqual(new Set([9]));
  });
});

describe("an update that fails", () => {
  it("keeps what the state knew", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const { cidrBlock, addresses, createTime, ipCount, __accountId } = entry()?.outputs ?? {};
    world.refuse("DescribeEipSegment");
    const { errors } = await world.up([segment("x", { bandwidth: 9 })]);
    expect(errors).toHaveLength(1);
    expect(entry()?.outputs).toMatchObject({
      cidrBlock,
      addresses,
      createTime,
      ipCount,
      __accountId,
      bandwidth: 5,
    });
    world.cloud.clearFaults();
    await world.upWell([segment("x", { bandwidth: 9 })]);
    expect(entry()?.outputs).toMatchObject({ cidrBlock, addresses, bandwidth: 9 });
  });

  it("is finished even when the program takes the change back meanwhile", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    world.cloud.addFault({ kind: "error", code: "Forbidden.RAM", action: "TagResources" });
    await world.up([segment("x", { bandwidth: 9, tags: { team: "edge" } })]);
    await world.upWell([segment()]);
    for (const { bandwidth, tags } of world.segments()[0]?.addresses ?? []) {
      expect([bandwidth, Object.keys(tags)]).toEqual([5, ["pulumi-eip-segment"]]);
    }
  });

  it("removes in the next run the tags that it was to remove", async () => {
    const { world } = context;
    await world.upWell([segment("x", { tags: { team: "edge" } })]);
    world.cloud.addFault({ kind: "error", code: "Forbidden.RAM", action: "UnTagResources" });
    await world.up([segment()]);
    await world.upWell([segment()]);
    expect(Object.keys(world.segments()[0]?.addresses[0]?.tags ?? {})).toEqual(["pulumi-eip-segment"]);
  });

  it("on a segment that vanished ends with an error that names pulumi refresh, which leads to a new one", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    world.cloud.vanish(world.live()[0] ?? "");
    const { errors } = await world.up([segment("x", { bandwidth: 9 })]);
    expect(errors).toEqual([expect.stringContaining("Run `pulumi refresh`, then `pulumi up`")]);
    await world.refresh();
    await world.upWell([segment("x", { bandwidth: 9 })]);
    expect(world.live()).toEqual([entry()?.id]);
  });

  it("does not take a segment for vanished that the region leaves out for a moment", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    world.cloud.configure({
      visibilityLag: { kind: "time", ms: world.clock.now() - (world.segments()[0]?.createdAt ?? 0) + 5000 },
    });
    await world.upWell([segment("x", { bandwidth: 9 })]);
    expect(entry()?.outputs.bandwidth).toBe(9);
  });
});

describe("a failed look at a survivor", () => {
  it("leaves no state: an unconfirmed segment must not be released by a later destroy", async () => {
    const { world } = context;
    await world.up([segment()], { kill: { action: "AllocateEipSegmentAddress", call: 1, moment: "after" } });
    const [id = ""] = world.live();
    world.refuse("DescribeEipAddresses");
    const { ok, errors } = await world.up([segment()]);
    expect([ok, world.engine.entries]).toEqual([false, []]);
    expect(errors).toEqual([expect.stringContaining(id)]);
    world.cloud.clearFaults();
    await world.upWell([segment()]);
    expect(world.live()).toEqual([id]);
  });
});
