import type { DescribeAddressesRequest, Eip, VpcApi } from "../../../provider/client/vpc-api";
import { listEips } from "../../../provider/cloud/listing";
import { eipReply } from "../../support/eip-reply";

const eip = (ipAddress: string): Eip => eipReply(0, { allocationId: `eip-${ipAddress}`, ipAddress });

/** An API that returns page after page, whatever is asked, and then what `after` says. */
function scripted(totalCount: number | undefined, pages: Eip[][], after: () => Eip[] = () => []) {
  const asked: DescribeAddressesRequest[] = [];
  const describeEipAddresses: VpcApi["describeEipAddresses"] = (request) => {
    asked.push(request);
    const addresses = pages[(request.pageNumber ?? 1) - 1] ?? after();
    return Promise.resolve(totalCount === undefined ? { addresses } : { totalCount, addresses });
  };
  return { api: { describeEipAddresses } as VpcApi, asked };
}

const list = (api: VpcApi) => listEips(api, { regionId: "cn-hangzhou", segmentId: "eipsg-1" }, Infinity);
const row = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) =>
    eip(`203.0.${113 + Math.floor((from + index) / 256)}.${(from + index) % 256}`),
  );

describe("the pages of a listing", () => {
  it("are read in order until all that are counted were read", async () => {
    const pages = [row(100), row(100, 100), row(56, 200)];
    const { api, asked } = scripted(256, pages);
    expect(await list(api)).toEqual(pages.flat());
    expect(asked).toEqual(
      [1, 2, 3].map((pageNumber) => ({
        ...{ regionId: "cn-hangzhou", segmentId: "eipsg-1" },
        ...{ pageNumber, pageSize: 100 },
      })),
    );
  });

  it.each([14, 16, 18, 0])("give all 16 rows although the count says %i", async (totalCount) => {
    const { api, asked } = scripted(totalCount, [row(16)]);
    expect(await list(api)).toHaveLength(16);
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  it("give all rows where they are smaller than requested", async () => {
    const { api } = scripted(25, [row(10), row(10, 10), row(5, 20)]);
    expect(await list(api)).toHaveLength(25);
  });

  it("are read until one has nothing new where there is no count", async () => {
    const { api, asked } = scripted(undefined, [row(10), row(10, 10), row(5, 20)]);
    expect(await list(api)).toHaveLength(25);
    expect(asked).toHaveLength(4);
  });

  it("end where the API returns the same page for every number", async () => {
    const { api, asked } = scripted(400, [], () => row(100));
    expect(await list(api)).toHaveLength(100);
    expect(asked).toHaveLength(2);
  });

  it("give each row once, in address order, however the pages have them", async () => {
    const { api } = scripted(5, [
      [eip("203.0.114.3"), eip("203.0.113.200"), eip("203.0.113.20")],
      [eip("203.0.113.200"), eip("203.0.113.9")],
    ]);
    expect((await list(api)).map(({ ipAddress }) => ipAddress)).toEqual([
      "203.0.113.9",
      "203.0.113.20",
      "203.0.113.200",
      "203.0.114.3",
    ]);
  });
});
