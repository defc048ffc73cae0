import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

const context = useWorld();

const idOf = (name = "x"): string => context.world.engine.entry(name)?.id ?? "";

/** A destroy is killed once the cloud has begun a release that takes an hour, and the record is dropped. */
async function beingReleased(): Promise<string> {
  const { world } = context;
  await world.upWell([segment()]);
  const released = idOf();
  world.cloud.setProgression({ kind: "time", allocateMs: 0, releaseMs: 3_600_000 });
  await world.destroy({ kill: { action: "ReleaseEipSegmentAddress", call: 1, moment: "after" } });
  world.engine.forget("x");
  return released;
}

describe("an answer whose segment is gone", () => {
  it("is passed over after the grace time, and named", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const dead = idOf();
    await world.destroy();
    world.releasedSegments.clear();
    const before = world.clock.now();
    const { lines } = await world.upWell([segment()]);
    expect(lines).toEqual([
      expect.stringContaining(`cn-hangzhou does not list segment ${dead}, which the cloud returned`),
      `Segment ${dead} is not listed in cn-hangzhou, so another request is sent under the next ClientToken.`,
    ]);
    expect(world.clock.now() - before).toBeGreaterThanOrEqual(20_000);
    expect(world.live()).toEqual([idOf()]);
  });

  it("is passed over as fast as eipSegment:replayGraceSeconds says", async () => {
    const { world } = context;
    world.config["eipSegment:replayGraceSeconds"] = "2";
    await world.upWell([segment()]);
    await world.destroy();
    const before = world.clock.now();
    await world.upWell([segment()]);
    expect(world.clock.now() - before).toBeLessThan(10_000);
  });

  it("is passed over at once when the segment is being released", async () => {
    const { world } = context;
    const released = await beingReleased();
    const before = world.clock.now();
    const { lines } = await world.upWell([segment()]);
    expect(lines).toEqual([]);
    expect(world.clock.now() - before).toBeLessThan(10_000);
    expect(idOf()).not.toBe(released);
    expect(world.live()).toEqual([idOf()]);
  });

  it("is passed over at once when the segment was being released before and is gone by now", async () => {
    const { world } = context;
    const released = await beingReleased();
    world.after("AllocateEipSegmentAddress", () => {
      world.cloud.vanish(released);
    });
    const { lines } = await world.upWell([segment()]);
    expect(lines).toEqual([]);
    expect(world.live()).toEqual([idOf()]);
  });

  it("is passed over when somebody releases the segment of a killed run just then", async () => {
    const { world } = context;
    await world.up([segment()], { kill: { action: "AllocateEipSegmentAddress", call: 1, moment: "after" } });
    const [left = ""] = world.live();
    world.clock.advance(10_000);
    world.cloud.setProgression({ kind: "time", allocateMs: 0, releaseMs: 3_600_000 });
    let released: Promise<unknown> | undefined;
    world.after("DescribeEipSegment", () => {
      released = world.call("ReleaseEipSegmentAddress", { SegmentInstanceId: left });
    });
    await world.upWell([segment()]);
    await released;
    expect(idOf()).not.toBe(left);
    expect(world.live()).toEqual([idOf()]);
  });

  it("that the cloud reports as an error stops the run with the salt as the way on", async () => {
    const { world } = context;
    world.cloud.configure({ answers: { "token-after-release": "refused" } });
    await world.upWell([segment()]);
    await world.destroy();
    const { errors } = await world.up([segment()]);
    expect(errors).toEqual([expect.stringContaining("run `pulumi config set eipSegment:tokenSalt")]);
    world.config["eipSegment:tokenSalt"] = "second";
    await world.upWell([segment()]);
    expect(world.live()).toEqual([idOf()]);
  });
});

/** EIPs cannot be described from the second answer on: a segment is accepted by then, and not ready. */
function refuseOnceListed(): void {
  const { world } = context;
  world.after("AllocateEipSegmentAddress", () => {
    world.after("AllocateEipSegmentAddress", () => {
      world.refuse("DescribeEipAddresses");
    });
  });
}

describe("a region that lists new segments later than the grace time", () => {
  it("gets one segment: what was given up is released once it appears", async () => {
    const { world } = context;
    world.cloud.configure({ visibilityLag: { kind: "time", ms: 30_000 } });
    const { lines } = await world.upWell([segment()]);
    expect(world.live()).toEqual([idOf()]);
    expect(lines.filter((line) => !line.includes("Waiting up to 20 s"))).toEqual([
      expect.stringContaining("so another request is sent under the next ClientToken"),
      expect.stringMatching(
        /^Segment eipsg-\S+ was listed late, after another one had been accepted in its place. It was released/,
      ),
    ]);
  });

  it("does not take ever more requests the longer it takes", async () => {
    const { world } = context;
    world.cloud.configure({ visibilityLag: { kind: "time", ms: 90_000 } });
    await world.upWell([segment()]);
    expect(world.live()).toEqual([idOf()]);
    const allocations = world.cloud.log.filter(({ action }) => action === "AllocateEipSegmentAddress");
    expect(allocations.length).toBeLessThanOrEqual(6);
  });

  it("goes back to the answer that appeared when the newest one is dead", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    await world.upWell([segment()], { replace: ["x"] });
    await world.destroy();
    // The first generation's token is forgotten by now and makes a segment; the second one's answers with a dead one.
    world.clock.advance(24 * 3_600_000 - 20_000);
    world.cloud.configure({ visibilityLag: { kind: "time", ms: 25_000 } });
    await world.upWell([segment()]);
    expect(world.live()).toEqual([idOf()]);
    expect(world.cloud.segments()).toHaveLength(1);
  });

  it("names what it gave up in the error of a later refusal too", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const dead = idOf();
    await world.destroy();
    world.releasedSegments.clear();
    world.cloud.setQuota(0);
    const { errors } = await world.up([segment()]);
    expect(errors).toEqual([expect.stringContaining(dead)]);
    expect(errors[0]).toContain("QuotaExceeded.Eip");
  });

  it("keeps looking for what it gave up when the run fails before it is ready", async () => {
    const { world } = context;
    world.cloud.configure({ visibilityLag: { kind: "time", ms: 30_000 } });
    refuseOnceListed();
    const failed = await world.up([segment()]);
    world.cloud.clearFaults();
    expect(failed.ok).toBe(false);
    expect(world.engine.entry("x")?.outputs.__abandoned).toHaveLength(1);
    expect(world.live()).toHaveLength(2);
    await world.upWell([segment()]);
    expect(world.live()).toEqual([idOf()]);
    expect(world.engine.entry("x")?.outputs).not.toHaveProperty("__abandoned");
  });

  it("leaves alone what it gave up and somebody else has tagged", async () => {
    const { world } = context;
    world.cloud.configure({ visibilityLag: { kind: "time", ms: 30_000 } });
    refuseOnceListed();
    await world.up([segment()]);
    world.cloud.clearFaults();
    const [abandoned = ""] = world.engine.entry("x")?.outputs.__abandoned as string[];
    const AllocationId =
      world.segments().find(({ id }) => id === abandoned)?.addresses[0]?.allocationId ?? "";
    await world.call("TagResources", {
      ...{ ResourceType: "EIP", "ResourceId.1": AllocationId },
      ...{ "Tag.1.Key": "pulumi-eip-segment", "Tag.1.Value": "somebody" },
    });
    const { lines } = await world.upWell([segment()]);
    expect(lines).toEqual([expect.stringContaining("its ownership tag names another request (somebody)")]);
    expect(world.live()).toContain(abandoned);
  });
});
