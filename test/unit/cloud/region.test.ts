import { Region } from "../../../provider/cloud/region";
import { Deadline } from "../../../provider/util/clock";
import { WaitTimeoutError } from "../../../provider/util/errors";
import { eipReply } from "../../support/eip-reply";
import { VirtualClock } from "../../support/virtual-clock";
import { RegionCloud } from "./support/region-cloud";

function setUp() {
  const clock = new VirtualClock();
  const cloud = new RegionCloud(clock);
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const region = new Region(
    { api: cloud.api, clock, log, random: () => 0.5, graceMs: 20_000 },
    "cn-hangzhou",
  );
  const forever = Deadline.in(clock, 1e9);
  /** What a creation waits for, from the accepted request on. */
  const create = async (segmentId: string, allocateMs: number): Promise<void> => {
    cloud.add(segmentId, allocateMs);
    await region.waitUntilReady(segmentId, forever, { since: clock.now() });
  };
  const createMany = async (count: number, spreadMs: number, allocateMs: number): Promise<void> => {
    await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        await clock.sleep((spreadMs * index) / count);
        await create(`eipsg-${clock.now()}-${index}`, allocateMs);
      }),
    );
  };
  return { clock, cloud, region, lines, forever, create, createMany };
}

const descriptions = ({ calls }: RegionCloud): number => calls.length;

describe("waiting for new segments", () => {
  it.each([0, 300, 600, 900, 1200])(
    "costs at most one request per segment for 100 that are requested within %i ms and take 3 s",
    async (spreadMs) => {
      const { cloud, createMany } = setUp();
      await createMany(100, spreadMs, 3000);
      expect(descriptions(cloud)).toBeLessThanOrEqual(100);
    },
  );

  it.each([
    { allocateMs: 0, calls: 1 },
    { allocateMs: 1000, calls: 5 },
    { allocateMs: 3000, calls: 10 },
    { allocateMs: 60_000, calls: 45 },
    { allocateMs: 300_000, calls: 135 },
  ])("costs at most $calls requests for one that takes $allocateMs ms", async ({ allocateMs, calls }) => {
    const { cloud, createMany } = setUp();
    await createMany(1, 0, allocateMs);
    expect(descriptions(cloud)).toBeLessThanOrEqual(calls);
  });

  it.each([1000, 3000, 10_000, 60_000, 300_000])(
    "notices the end of one that takes %i ms within a fifth of that, or 3 s",
    async (allocateMs) => {
      const { clock, create } = setUp();
      const startedAt = clock.now();
      await create("eipsg-1", allocateMs);
      // Two agreeing lists of EIPs, half a second apart, come after it.
      expect(clock.now() - startedAt - allocateMs).toBeLessThanOrEqual(
        Math.min(3000, 400 + allocateMs / 5) + 600,
      );
    },
  );

  it("does not read page after page of others' segments for a single one", async () => {
    const { cloud, createMany } = setUp();
    for (let other = 0; other < 300; other++) cloud.add(`eipsg-other-${other}`, 0);
    await createMany(1, 0, 3000);
    expect(cloud.calls.every(({ pageNumber }) => pageNumber === undefined)).toBe(true);
  });

  it("never skips a page", async () => {
    const { cloud, createMany } = setUp();
    await createMany(160, 2000, 3000);
    const pages = cloud.calls.flatMap(({ pageNumber }) => pageNumber ?? []);
    const skipped = pages.filter((page, index) => page > 1 && pages[index - 1] !== page - 1);
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

  it("reports a long one after 30 s and then each minute", async () => {
    const { create, lines } = setUp();
    await create("eipsg-1", 100_000);
    expect(lines).toEqual([
      expect.stringMatching(/^Segment eipsg-1 is Allocating after 3\d s; waiting until it is Allocated\.$/),
      expect.stringMatching(/^Segment eipsg-1 is Allocating after 9\d s; waiting until it is Allocated\.$/),
    ]);
  });
});

describe("a status that the vendor does not document", () => {
  it.each(["Failed", "Creating", "Pending"])(
    "(%s) is waited for until the deadline, and named",
    async (status) => {
      const { clock, cloud, region } = setUp();
      cloud.add("eipsg-1", 0);
      cloud.statusOf = () => status;
      const startedAt = clock.now();
      const wait = region.waitUntilReady("eipsg-1", Deadline.in(clock, 60_000));
      await expect(wait).rejects.toThrow(`Segment eipsg-1 was still ${status} after 60 s, not Allocated.`);
      expect(clock.now() - startedAt).toBeLessThan(61_000);
      expect(cloud.calls.length).toBeLessThan(60);
    },
  );

  it.each(["ALLOCATED", "allocated"])("but in another case (%s) is the documented one", async (status) => {
    const { cloud, region, forever } = setUp();
    cloud.add("eipsg-1", 0);
    cloud.statusOf = () => status;
    expect(await region.waitUntilReady("eipsg-1", forever)).toMatchObject({
      segment: { status: "Allocated" },
    });
  });
});

describe("the EIPs of a segment", () => {
  const eips = (count: number) =>
    Array.from({ length: count }, (_, index) => eipReply(index, { segmentId: "eipsg-1" }));

  it("are waited for until as many are listed as the segment has", async () => {
    const { clock, cloud, region, forever } = setUp();
    cloud.add("eipsg-1", 0, { cidrBlock: "203.0.113.0/28", ipCount: 13 });
    const startedAt = clock.now();
    cloud.eips = () => eips(clock.now() - startedAt < 30_000 ? 5 : 13);
    expect((await region.waitUntilReady("eipsg-1", forever)).eips).toHaveLength(13);
  });

  it("that stay fewer end the wait at the deadline with an error", async () => {
    const { clock, cloud, region } = setUp();
    cloud.add("eipsg-1", 0, { cidrBlock: "203.0.113.0/28", ipCount: 16 });
    cloud.eips = () => eips(5);
    await expect(region.waitUntilReady("eipsg-1", Deadline.in(clock, 60_000))).rejects.toThrow(
      "but 5 of its 16 EIPs are listed.",
    );
  });

  it.each([undefined, 28, 0, 300])(
    "without a usable count (%s) are complete once two lists agree",
    async (ipCount) => {
      const { clock, cloud, region, forever } = setUp();
      cloud.add("eipsg-1", 0, { cidrBlock: "203.0.113.0/28", ...(ipCount === undefined ? {} : { ipCount }) });
      const startedAt = clock.now();
      cloud.eips = () => eips(clock.now() - startedAt < 8000 ? 11 : 15);
      expect((await region.waitUntilReady("eipsg-1", forever)).eips).toHaveLength(15);
    },
  );

  it("are only those that the reply proves to belong to it", async () => {
    const { cloud, region, forever } = setUp();
    cloud.add("eipsg-1", 0, { cidrBlock: "203.0.113.0/28", ipCount: 2 });
    cloud.eips = () => [
      eipReply(1, { segmentId: "eipsg-1" }),
      eipReply(2),
      eipReply(3, { segmentId: "eipsg-2" }),
      eipReply(77),
    ];
    const listed = await region.listEips({ segmentId: "eipsg-1", cidrBlock: "203.0.113.0/28" }, forever);
    expect(listed.map(({ allocationId }) => allocationId)).toEqual(["eip-1", "eip-2"]);
  });
});

describe("a segment that is not listed", () => {
  it("is absent after the grace time", async () => {
    const { clock, region, forever } = setUp();
    const startedAt = clock.now();
    expect(await region.waitUntilListed("eipsg-1", forever)).toBeUndefined();
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(20_000);
  });

  it("is absent only after it was not listed for the grace time on end", async () => {
    const { clock, cloud, region, forever } = setUp();
    cloud.add("eipsg-1", 1e6);
    const isHidden = (): boolean => clock.now() - startedAt > 8000 && clock.now() - startedAt < 11_000;
    const startedAt = clock.now();
    const { api } = cloud;
    const describe = api.describeEipSegment.bind(api);
    api.describeEipSegment = async (request) =>
      isHidden() ? { totalCount: 0, segments: [] } : describe(request);
    void clock.sleep(20_000).then(() => {
      cloud.statusOf = () => "Allocated";
    });
    const settled = await region.waitUntilSettled("eipsg-1", forever, 5000);
    expect(settled?.status).toBe("Allocated");
  });

  it("is gone only when none of its recorded EIPs exists either", async () => {
    const { cloud, region, forever } = setUp();
    expect(await region.fateOfUnlisted("eipsg-1", ["eip-1"], forever)).toEqual({ kind: "gone" });
    cloud.eips = () => [eipReply(1), eipReply(2)];
    expect(await region.fateOfUnlisted("eipsg-1", ["eip-1"], forever)).toMatchObject({
      kind: "unlisted",
      eips: [{ allocationId: "eip-1" }],
    });
    cloud.eips = () => [eipReply(1, { publicIpAddressPoolId: "pippool-1" })];
    expect(await region.fateOfUnlisted("eipsg-1", ["eip-1"], forever)).toEqual({
      kind: "pooled",
      poolId: "pippool-1",
    });
    cloud.eips = () => [eipReply(1, { status: "Releasing" })];
    expect(await region.fateOfUnlisted("eipsg-1", ["eip-1"], forever)).toEqual({ kind: "gone" });
  });

  it("is asked for by as many EIPs as one request takes, and then by its id", async () => {
    const { cloud, region, forever } = setUp();
    const ids = Array.from({ length: 64 }, (_, index) => `eip-${index}`);
    await region.fateOfUnlisted("eipsg-1", ids, forever);
    expect(cloud.eipRequests.map(({ allocationIds }) => allocationIds?.length)).toStrictEqual([
      50,
      14,
      undefined,
    ]);
  });

  it("but whose EIPs are there is waited for beyond the grace time", async () => {
    const { clock, cloud, region, forever } = setUp();
    cloud.eips = () => [eipReply(1, { segmentId: "eipsg-1" })];
    void clock.sleep(45_000).then(() => {
      cloud.add("eipsg-1", 0, { cidrBlock: "203.0.113.0/28", ipCount: 16 });
      cloud.eips = () => Array.from({ length: 16 }, (_, index) => eipReply(index, { segmentId: "eipsg-1" }));
    });
    expect((await region.waitUntilReady("eipsg-1", forever)).eips).toHaveLength(16);
  });

  it("counts as released only when its EIPs are gone too", async () => {
    const { clock, cloud, region, forever } = setUp();
    const startedAt = clock.now();
    cloud.eips = () => (clock.now() - startedAt < 12_000 ? [eipReply(1)] : []);
    await region.waitUntilGone("eipsg-1", ["eip-1"], forever);
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(12_000);
  });
});

describe("waits with deadlines of their own", () => {
  it("end each at its own", async () => {
    const { clock, cloud, region } = setUp();
    cloud.add("eipsg-a", 1e6);
    cloud.add("eipsg-b", 1e6);
    const startedAt = clock.now();
    const ends = ["eipsg-a", "eipsg-b"].map(async (id, index) => {
      const error: unknown = await region
        .waitUntilReady(id, Deadline.in(clock, 2000 + index * 60_000))
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(WaitTimeoutError);
      return clock.now() - startedAt;
    });
    const [first = 0, second = 0] = await Promise.all(ends);
    expect(first).toBeLessThan(2500);
    expect(second).toBeGreaterThanOrEqual(62_000);
  });
});

describe("the listing of a region", () => {
  it("before the first allocation is read once, and again after it failed", async () => {
    const { cloud, region, forever } = setUp();
    cloud.failNext = new Error("no response");
    await expect(region.beforeAllocation(forever)).rejects.toThrow("no response");
    const [one, other] = await Promise.all([
      region.beforeAllocation(forever),
      region.beforeAllocation(forever),
    ]);
    expect(one).toBe(other);
    expect(cloud.calls).toHaveLength(2);
  });

  it("is incomplete when the region never stands still, and bounded all the same", async () => {
    const { clock, cloud, region, forever } = setUp();
    cloud.add("eipsg-1", 0);
    cloud.totalCount = () => 7;
    const startedAt = clock.now();
    expect(await region.list(forever)).toMatchObject({ isComplete: false });
    expect(clock.now() - startedAt).toBeLessThan(5000);
  });
});
