import type { DescribeAddressesRequest, EipReply, VpcApi } from "../../../provider/client/vpc-api";
import { listEips } from "../../../provider/cloud/list-eips";
import { poolOf } from "../../../provider/cloud/pool-of";
import { eipReply } from "../../support/eip-reply";

const eip = (ipAddress: string, more: Partial<EipReply> = {}): EipReply =>
  eipReply(0, { allocationId: `eip-${ipAddress}`, ipAddress, ...more });

/** An API that answers page after page, whatever is asked, and empty pages after the last. */
function scripted(totalCount: number, ...pages: EipReply[][]) {
  const asked: DescribeAddressesRequest[] = [];
  const describeEipAddresses: VpcApi["describeEipAddresses"] = (request) => {
    asked.push(request);
    return Promise.resolve({ totalCount, addresses: pages[(request.pageNumber ?? 1) - 1] ?? [] });
  };
  return { api: { describeEipAddresses } as VpcApi, asked };
}

const list = (api: VpcApi) => listEips(api, { regionId: "cn-hangzhou", segmentId: "eipsg-1" }, Infinity);

describe("the EIPs of a segment", () => {
  it("are read page after page until all that are counted were seen", async () => {
    const pages = [0, 100, 200].map((from) =>
      Array.from({ length: Math.min(100, 256 - from) }, (_, index) => eip(`203.0.113.${from + index}`)),
    );
    const { api, asked } = scripted(256, ...pages);
    expect(await list(api)).toEqual(pages.flat());
    expect(asked).toEqual(
      [1, 2, 3].map((pageNumber) => ({
        ...{ regionId: "cn-hangzhou", segmentId: "eipsg-1" },
        ...{ pageNumber, pageSize: 100 },
      })),
    );
  });

  it("end at an empty page, when some went while they were read", async () => {
    const { api, asked } = scripted(3, [eip("203.0.113.1"), eip("203.0.113.2")]);
    expect(await list(api)).toHaveLength(2);
    expect(asked).toHaveLength(2);
  });

  it("are told once each, in address order, however the pages have them", async () => {
    const { api } = scripted(
      5,
      [eip("203.0.114.3"), eip("203.0.113.200"), eip("203.0.113.20")],
      [eip("203.0.113.200"), eip("203.0.113.9")],
    );
    expect((await list(api)).map(({ ipAddress }) => ipAddress)).toEqual([
      "203.0.113.9",
      "203.0.113.20",
      "203.0.113.200",
      "203.0.114.3",
    ]);
  });
});

describe("the pool of a vanished segment's EIPs", () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `eip-${index}`);
  const pool = (api: VpcApi, count: number) => poolOf(api, "cn-hangzhou", ids(count), Infinity);

  it("is the one that any of them names", async () => {
    const { api } = scripted(2, [
      eip("203.0.113.1"),
      eip("203.0.113.2", { publicIpAddressPoolId: "pippool-1" }),
    ]);
    expect(await pool(api, 2)).toBe("pippool-1");
  });

  it("is none when none does", async () => {
    expect(await pool(scripted(1, [eip("203.0.113.1")]).api, 1)).toBeUndefined();
  });

  it("is looked for by as many ids as one call takes", async () => {
    const { api, asked } = scripted(0);
    await pool(api, 64);
    expect(asked.map(({ allocationIds }) => allocationIds)).toEqual([ids(50)]);
  });

  it("is not asked for without an id: the answer would be about other EIPs", async () => {
    const { api, asked } = scripted(1, [eip("203.0.113.1", { publicIpAddressPoolId: "pippool-1" })]);
    expect(await pool(api, 0)).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
