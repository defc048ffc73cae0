import type { DescribeSegmentsReply, VpcApi } from "../../../provider/client/vpc-api";
import { listRegion } from "../../../provider/cloud/region-before";
import { VirtualClock } from "../../support/virtual-clock";

const page = (totalCount: number, ...ids: string[]): DescribeSegmentsReply => ({
  totalCount,
  segments: ids.map((segmentId) => ({ segmentId, status: "Allocated" })),
});

/** An API that answers page after page. */
function scripted(pages: DescribeSegmentsReply[]): { api: VpcApi; asked: number[] } {
  const asked: number[] = [];
  const describeEipSegment: VpcApi["describeEipSegment"] = ({ pageNumber = 1 }) => {
    asked.push(pageNumber);
    const next = pages.length > 1 ? pages.shift() : pages[0];
    return Promise.resolve(next ?? page(0));
  };
  return { api: { describeEipSegment } as VpcApi, asked };
}

describe("the list of a region before anything is allocated there", () => {
  it("is taken as it is when the region stood still", async () => {
    const { api, asked } = scripted([page(2, "a"), page(2, "b")]);
    const listing = await listRegion({ api, clock: new VirtualClock() }, "cn-hangzhou", Infinity);
    expect([[...listing.segments.keys()], listing.complete, asked]).toEqual([["a", "b"], true, [1, 2]]);
  });

  it("is read anew when a segment slipped from one page to another", async () => {
    const { api } = scripted([page(2, "a"), page(1), page(2, "a"), page(2, "b")]);
    const listing = await listRegion({ api, clock: new VirtualClock() }, "cn-hangzhou", Infinity);
    expect([[...listing.segments.keys()], listing.complete]).toEqual([["a", "b"], true]);
  });

  it("says that it is not complete when the region never stands still", async () => {
    const { api } = scripted([
      page(2, "a"),
      page(1),
      ...Array.from({ length: 40 }, (_, i) => page(2 - (i % 2), "a")),
    ]);
    const listing = await listRegion({ api, clock: new VirtualClock() }, "cn-hangzhou", Infinity);
    expect(listing.complete).toBe(false);
  });
});
