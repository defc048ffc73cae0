import type { VpcApi } from "../../../provider/client/vpc-api";
import { blockSize, readySegment } from "../../../provider/cloud/ready-segment";
import { SegmentWatch } from "../../../provider/cloud/segment-watch";
import { eipReply } from "../../support/eip-reply";
import { VirtualClock } from "../../support/virtual-clock";

/** How many EIPs of a ready segment are found, where all 16 are listed only `lagMs` after the first look. */
async function found(lagMs: number, ipCount = 16): Promise<{ eips: number; ms: number }> {
  const clock = new VirtualClock();
  const startedAt = clock.now();
  const segment = { segmentId: "eipsg-1", status: "Allocated", cidrBlock: "203.0.113.0/28", ipCount };
  const api = {
    describeEipSegment: () => Promise.resolve({ totalCount: 1, segments: [segment] }),
    describeEipAddresses: () => {
      const count = clock.now() < startedAt + lagMs ? 3 : 16;
      return Promise.resolve({
        totalCount: count,
        addresses: Array.from({ length: count }, (_, index) => eipReply(index)),
      });
    },
  } satisfies Partial<VpcApi> as unknown as VpcApi;
  const deps = { api, clock, watch: new SegmentWatch(api, clock), settings: { replayGraceMs: 20_000 } };
  const { eips } = await readySegment(deps, "cn-hangzhou", "eipsg-1", clock.now() + 60_000);
  return { eips: eips.length, ms: clock.now() - startedAt };
}

describe("the EIPs of a segment that is ready", () => {
  it("are taken as they are when all are listed", async () => {
    expect(await found(0)).toEqual({ eips: 16, ms: 0 });
  });

  it("are waited for while fewer are listed than the segment says", async () => {
    expect((await found(4000)).eips).toBe(16);
  });

  it("are taken as they are after 10 s", async () => {
    expect(await found(Infinity)).toEqual({ eips: 3, ms: 10_000 });
  });

  it("are not waited for where the segment says more than its block can hold", async () => {
    expect(await found(Infinity, 28)).toEqual({ eips: 3, ms: 0 });
  });
});

it.each([
  ["161.0.2.32/28", 16],
  ["161.0.2.0/24", 256],
  ["161.0.2.32", 0],
  [undefined, 0],
])("the block %s has %i addresses", (block, size) => {
  expect(blockSize(block)).toBe(size);
});
