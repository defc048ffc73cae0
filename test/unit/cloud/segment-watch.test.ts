import { appearance } from "../../../provider/cloud/appearance";
import { readySegment } from "../../../provider/cloud/ready-segment";
import type { SegmentDeps } from "../../../provider/cloud/ready-segment";
import { SegmentWatch } from "../../../provider/cloud/segment-watch";
import { VirtualClock } from "../../support/virtual-clock";
import { RegionCloud } from "./support/region-cloud";

const regionId = "cn-hangzhou";

function setUp() {
  const clock = new VirtualClock();
  const cloud = new RegionCloud(clock);
  const watch = new SegmentWatch(cloud.api, clock, () => 0.5);
  const deps: SegmentDeps = { api: cloud.api, clock, watch, settings: { replayGraceMs: 20_000 } };
  /** What a creation waits for, from the accepted request on. */
  const create = async (segmentId: string, allocateMs: number): Promise<void> => {
    cloud.add(segmentId, allocateMs);
    await appearance(deps, regionId, segmentId, Infinity);
    await readySegment(deps, regionId, segmentId, Infinity);
  };
  /** Creations that begin one after the other within `spreadMs`. */
  const createMany = async (count: number, spreadMs: number, allocateMs: number): Promise<void> => {
    await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        await clock.sleep((spreadMs * index) / count);
        await create(`eipsg-${clock.now()}-${index}`, allocateMs);
      }),
    );
  };
  return { clock, cloud, watch, create, createMany };
}

describe("waiting for new segments", () => {
  it.each([0, 300, 600, 900, 1200])(
    "costs at most 18 calls for 100 that are asked for within %i ms and take 3 s",
    async (spreadMs) => {
      const { cloud, createMany } = setUp();
      await createMany(100, spreadMs, 3000);
      expect(cloud.calls.length).toBeLessThanOrEqual(18);
    },
  );

  it.each([
    { allocateMs: 0, calls: 1 },
    { allocateMs: 1000, calls: 5 },
    { allocateMs: 3000, calls: 10 },
    { allocateMs: 60_000, calls: 45 },
    { allocateMs: 300_000, calls: 135 },
  ])("costs at most $calls calls for one that takes $allocateMs ms", async ({ allocateMs, calls }) => {
    const { cloud, createMany } = setUp();
    await createMany(1, 0, allocateMs);
    expect(cloud.calls.length).toBeLessThanOrEqual(calls);
  });

  it("costs at most four calls for each window of six once it is known how long one takes", async () => {
    const { clock, cloud, createMany } = setUp();
    await createMany(6, 50, 3000);
    const before = cloud.calls.length;
    for (let window = 0; window < 5; window++) {
      await clock.sleep(57_000);
      await createMany(6, 50, 3000);
    }
    expect(cloud.calls.length - before).toBeLessThanOrEqual(5 * 4);
  });

  it("does not read page after page of others' segments for a single one", async () => {
    const { cloud, createMany } = setUp();
    for (let other = 0; other < 300; other++) {
      cloud.add(`eipsg-other-${other}`, 0);
    }
    await createMany(1, 0, 3000);
    expect(cloud.calls.every(({ pageNumber }) => pageNumber === undefined)).toBe(true);
  });

  it("never skips a page", async () => {
    const { cloud, createMany } = setUp();
    await createMany(160, 2000, 3000);
    const skipped = cloud.calls.filter(
      ({ pageNumber = 1 }, index) => pageNumber > 1 && cloud.calls[index - 1]?.pageNumber !== pageNumber - 1,
    );
    expect(skipped).toEqual([]);
  });

  it("ends for the others while the oldest of them hangs", async () => {
    const { clock, create, createMany } = setUp();
    const ended: string[] = [];
    const hanging = create("eipsg-hanging", 600_000).then(() => ended.push("hanging"));
    await clock.sleep(100);
    await createMany(99, 500, 3000);
    ended.push("others");
    await hanging;
    expect(ended).toEqual(["others", "hanging"]);
  });
});

describe("other waits", () => {
  it("reads each page once more than its first segment when a hundred are looked at together", async () => {
    const { clock, cloud, watch } = setUp();
    const ids = Array.from({ length: 100 }, (_, index) => `eipsg-${index}`);
    for (const id of ids) {
      cloud.add(id, 0);
    }
    await clock.sleep(1000);
    const seen = await Promise.all(ids.map((id) => watch.look(regionId, id, Infinity)));
    expect(seen.map((segment) => segment?.status)).toEqual(ids.map(() => "Allocated"));
    expect(cloud.calls.length).toBeLessThanOrEqual(3);
  });

  it("believes an absence only when every page was read", async () => {
    const { clock, cloud, watch } = setUp();
    for (let other = 0; other < 120; other++) {
      cloud.add(`eipsg-other-${other}`, 0);
    }
    await clock.sleep(1000);
    const looks = ["eipsg-gone", "eipsg-other-119"].map((id) => watch.look(regionId, id, Infinity));
    const [gone, there] = await Promise.all(looks);
    expect([gone, there?.status]).toEqual([undefined, "Allocated"]);
  });

  it("are not shown what was there before somebody saw that it is gone", async () => {
    const { clock, cloud } = setUp();
    const watch = new SegmentWatch(cloud.api, clock, () => 1);
    cloud.add("eipsg-1", 0);
    expect((await watch.look(regionId, "eipsg-1", Infinity))?.status).toBe("Allocated");
    cloud.remove("eipsg-1");
    const gone = { regionId, segmentId: "eipsg-1", wanted: "gone", deadline: Infinity };
    await watch.wait({ ...gone, until: (segment) => (segment === undefined ? true : undefined) });
    expect(await watch.look(regionId, "eipsg-1", Infinity)).toBeUndefined();
  });

  it("end with the deadline of each, whatever the others wait for", async () => {
    const { clock, cloud, watch } = setUp();
    cloud.add("eipsg-a", Infinity);
    cloud.add("eipsg-b", 5000);
    const until = (segment?: { status: string }) => (segment?.status === "Allocated" ? true : undefined);
    const wait = (segmentId: string, deadline: number) =>
      watch.wait({ regionId, segmentId, wanted: "Allocated", until, deadline });
    const ends = await Promise.allSettled([
      wait("eipsg-a", clock.now() + 2000),
      wait("eipsg-b", clock.now() + 60_000),
    ]);
    expect(ends).toEqual([
      expect.objectContaining({ reason: expect.objectContaining({ lastState: "Allocating" }) as Error }),
      { status: "fulfilled", value: true },
    ]);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    "are noticed that begin %i steps after the last one ended",
    async (steps) => {
      const { cloud, watch } = setUp();
      cloud.add("eipsg-a", 0);
      cloud.add("eipsg-b", 0);
      await watch.look(regionId, "eipsg-a", Infinity);
      for (let step = 0; step < steps; step++) {
        await Promise.resolve();
      }
      await expect(watch.look(regionId, "eipsg-b", Infinity)).resolves.toMatchObject({ status: "Allocated" });
    },
  );
});
