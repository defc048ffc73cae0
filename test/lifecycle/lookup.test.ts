import type { SegmentView } from "../../simulator";
import { createLookup, SegmentLookup } from "../../provider/lookup/segment-lookup";
import type { FoundSegment } from "../../provider/lookup/segment-lookup";
import { partsOf } from "../../provider/handlers/run";
import type { createRun } from "../../provider/handlers/run";
import { useCloud } from "./contract/support/cloud";
import { VirtualClock } from "../support/virtual-clock";

const cloud = useCloud({ resourceGroups: "any" });

/** A lookup of a run of its own. */
const find = (args: object, config = cloud.configWith()): Promise<FoundSegment> =>
  createLookup(config).find(args, false);

/** Allocates a segment as another tool would, with tags on every EIP. */
async function allocate(parameters: Record<string, string> = {}, tags: Record<string, string> = {}) {
  const { EipSegmentInstanceId } = await cloud.outside("AllocateEipSegmentAddress", {
    EipMask: "28",
    ...parameters,
  });
  const segment = cloud.simulator.segments().find(({ id }) => id === EipSegmentInstanceId);
  if (segment === undefined) throw new Error("No segment was allocated.");
  await tag(
    segment.addresses.map(({ allocationId }) => allocationId),
    tags,
    parameters.RegionId,
  );
  return segment;
}

async function tag(ids: string[], tags: Record<string, string>, regionId = "cn-hangzhou"): Promise<void> {
  const Tag = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  if (Tag.length > 0) {
    await cloud.outside("TagResources", { RegionId: regionId, ResourceType: "EIP", ResourceId: ids, Tag });
  }
}

const actions = (): string[] => cloud.simulator.log.map(({ action }) => action);

describe("a lookup", () => {
  it("returns the segment under the names of the resource's outputs", async () => {
    const segment = await allocate(
      {
        Bandwidth: "50",
        Zone: "cn-hangzhou-b",
        ResourceGroupId: "rg-edge",
        InternetChargeType: "PayByTraffic",
      },
      { team: "edge", "pulumi-eip-segment": "eipseg-0-g0" },
    );
    expect(await find({ id: segment.id })).toEqual({
      id: segment.id,
      cidrBlock: segment.cidrBlock,
      ipCount: 16,
      addresses: segment.addresses.map(({ allocationId, ipAddress }) => ({ allocationId, ipAddress })),
      status: "Allocated",
      createTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      eipMask: 28,
      bandwidth: 50,
      internetChargeType: "PayByTraffic",
      isp: "BGP",
      netmode: "public",
      zone: "cn-hangzhou-b",
      resourceGroupId: "rg-edge",
      regionId: "cn-hangzhou",
      tags: { team: "edge" },
    });
  });

  it.each<[string, (segment: SegmentView) => object]>([
    ["id", ({ id }) => ({ id })],
    ["CIDR block", ({ cidrBlock }) => ({ cidrBlock })],
    ["address in the block", ({ addresses }) => ({ ipAddress: addresses[7]?.ipAddress })],
    ["tags", () => ({ tags: { team: "edge", stage: "prod" } })],
    ["everything together", ({ id, cidrBlock }) => ({ id, cidrBlock, tags: { stage: "prod" } })],
  ])("finds one of several by its %s", async (_, criteria) => {
    await allocate({}, { team: "edge", stage: "test" });
    const segment = await allocate({}, { team: "edge", stage: "prod" });
    await allocate({ EipMask: "27" });
    expect((await find(criteria(segment))).id).toBe(segment.id);
  });

  it("of tags wants them on every EIP, and none of an EIP that is in no segment", async () => {
    const segment = await allocate();
    await tag([segment.addresses[0]?.allocationId ?? ""], { team: "edge" });
    await expect(find({ tags: { team: "edge" } })).rejects.toThrow(
      `No segment in cn-hangzhou matches tags {"team":"edge"}. Visible to these credentials: ${segment.id} (${segment.cidrBlock}, created `,
    );
  });

  it("leaves out a setting in which the EIPs differ", async () => {
    const segment = await allocate({}, { team: "edge" });
    const [first] = segment.addresses;
    await cloud.outside("ModifyEipAddressAttribute", { AllocationId: first?.allocationId, Bandwidth: "9" });
    await tag([first?.allocationId ?? ""], { only: "one" });
    const found = await find({ id: segment.id });
    expect(found).not.toHaveProperty("bandwidth");
    expect(found).toMatchObject({ isp: "BGP", tags: { team: "edge" } });
  });

  it("looks in the region that the program names, or in the configured one", async () => {
    const there = await allocate({ RegionId: "cn-beijing" });
    await expect(find({ id: there.id })).rejects.toThrow(
      `No segment in cn-hangzhou matches id "${there.id}". Visible to these credentials: none. ` +
        "Correct the arguments or regionId, or use the segment's account.",
    );
    expect(await find({ id: there.id, regionId: "cn-beijing" })).toMatchObject({ regionId: "cn-beijing" });
    const config = cloud.configWith({ "alicloud:region": "cn-beijing" });
    expect((await find({ id: there.id }, config)).id).toBe(there.id);
  });

  it("names all that match, and chooses none of them", async () => {
    const segments = [await allocate({}, { team: "edge" }), await allocate({}, { team: "edge" })];
    const refusal = await find({ tags: { team: "edge" } }).catch(String);
    expect(refusal).toContain('2 segments in cn-hangzhou match tags {"team":"edge"}: ');
    for (const { id, cidrBlock } of segments) expect(refusal).toContain(`${id} (${cidrBlock}, created `);
    expect(refusal).toMatch(/\. Set id or cidrBlock to choose one\.$/);
  });

  it("names ten segments at most", async () => {
    for (let index = 0; index < 12; index++) await allocate();
    await expect(find({ cidrBlock: "192.0.2.0/28" })).rejects.toThrow(
      /credentials: (eipsg-\S+ \([^)]+\),? ){10}and 2 more\./,
    );
  });

  it("does not return a segment that is not allocated", async () => {
    cloud.simulator.setProgression({ kind: "time", allocateMs: Infinity, releaseMs: 0 });
    const { EipSegmentInstanceId } = await cloud.outside("AllocateEipSegmentAddress", { EipMask: "28" });
    await expect(find({ id: EipSegmentInstanceId })).rejects.toThrow(
      `The matching segment is not Allocated: segment ${String(EipSegmentInstanceId)} is Allocating. Correct the arguments, or run`,
    );
  });

  it("does not show the values of secrets", async () => {
    const lookup = createLookup(cloud.configWith());
    await expect(lookup.find({ tags: { team: "hush" } }, true)).rejects.toThrow("matches tags (a secret).");
    await expect(lookup.find({ cidrBlock: "hush" }, true)).rejects.toThrow(
      "getEipSegment: cidrBlock is (a secret), but it must be",
    );
  });

  it("shows no credentials when they are refused", async () => {
    const config = cloud.configWith({ "alicloud:secretKey": "WrongAccessKeySecret" });
    const refusal = await find({ ipAddress: "161.0.2.34" }, config).catch(String);
    expect(refusal).toContain("the secret does not belong to the access key");
    expect(refusal).not.toMatch(/WrongAccessKeySecret|StringToSign|HMAC/);
  });

  it.each<[object, string]>([
    [{}, "set at least one of id, cidrBlock, ipAddress and tags"],
    [{ regionId: "cn-hangzhou", tags: undefined }, "set at least one of id, cidrBlock, ipAddress and tags"],
    [{ id: "eip-1" }, 'id is "eip-1", but it must be the id of a segment'],
    [
      { cidrBlock: "161.0.2.32" },
      'cidrBlock is "161.0.2.32", but it must be an IPv4 block with a mask of 24 to 28',
    ],
    [{ cidrBlock: "161.0.2.0/16" }, "but it must be an IPv4 block with a mask of 24 to 28"],
    [{ ipAddress: "161.0.2.32/28" }, "but it must be an IPv4 address such as"],
    [{ tags: {} }, "tags is {}, but it must be an object of one or more strings"],
    [{ tags: { team: 1 } }, 'tags is {"team":1}, but it must be an object'],
    [{ regionId: "Hangzhou", id: "eipsg-1" }, 'regionId is "Hangzhou", but it must be a region id'],
    [
      { ipAdress: "161.0.2.34" },
      "ipAdress is not an argument, did you mean ipAddress? (the arguments are id, cidrBlock",
    ],
    [
      { id: 1, ipAddress: 2 },
      "id is 1, but it must be the id of a segment: eipsg- and lower-case letters or digits; ipAddress is 2, but",
    ],
  ])("of %j fails before anything is sent", async (args, problem) => {
    await expect(find(args)).rejects.toThrow(problem);
    expect(actions()).toEqual([]);
  });

  it("needs a region", async () => {
    await expect(find({ id: "eipsg-1" }, cloud.configWith({ "alicloud:region": "" }))).rejects.toThrow(
      "getEipSegment: regionId is not set and no default region is configured.",
    );
  });
});

describe("the lookups of one run", () => {
  it("share one listing of a region, and the EIPs of a segment", async () => {
    const segment = await allocate({}, { team: "edge" });
    const other = await allocate();
    const lookup = createLookup(cloud.configWith());
    const from = cloud.simulator.log.length;
    const { id, cidrBlock, addresses } = segment;
    await Promise.all([
      lookup.find({ id }, false),
      lookup.find({ cidrBlock }, false),
      lookup.find({ ipAddress: addresses[3]?.ipAddress }, false),
      lookup.find({ id: other.id }, false),
    ]);
    await lookup.find({ id, cidrBlock }, false);
    expect(cloud.actionsSince(from)).toEqual([
      "DescribeEipSegment",
      "DescribeEipAddresses",
      "DescribeEipAddresses",
    ]);
  });

  it("list the region again for a segment that is newer than the listing", async () => {
    const first = await allocate();
    const lookup = createLookup(cloud.configWith());
    await lookup.find({ id: first.id }, false);
    const second = await allocate();
    expect((await lookup.find({ id: second.id }, false)).id).toBe(second.id);
  });

  it("forget a failure", async () => {
    const { id } = await allocate();
    const lookup = createLookup(cloud.configWith());
    cloud.simulator.addFault({ kind: "error", code: "Forbidden.RAM", action: "DescribeEipSegment" });
    await expect(lookup.find({ id }, false)).rejects.toThrow("vpc:DescribeEipSegment");
    expect((await lookup.find({ id }, false)).id).toBe(id);
  });
});

describe("replies that are not complete", () => {
  type Api = Parameters<typeof createRun>[0]["api"];

  const lookupThrough = (change: (api: Api) => Partial<Api>): SegmentLookup => {
    const parts = partsOf(cloud.configWith());
    return new SegmentLookup({
      ...parts,
      clock: new VirtualClock(Date.now()),
      api: { ...parts.api, ...change(parts.api) },
    });
  };

  it("are refused where EIPs are missing", async () => {
    const { id } = await allocate();
    const lookup = lookupThrough((api) => ({
      describeEipAddresses: async (request, options) => {
        const { addresses } = await api.describeEipAddresses(request, options);
        return { totalCount: 12, addresses: addresses.slice(0, 12) };
      },
    }));
    await expect(lookup.find({ id }, false)).rejects.toThrow(
      `Segment ${id}: 12 of its 16 EIPs are listed. Grant vpc:DescribeEipAddresses in every resource group`,
    );
  });

  it("do not show that a segment does not exist", async () => {
    await allocate();
    let count = 1;
    const lookup = lookupThrough((api) => ({
      describeEipSegment: async (request, options) => {
        const page = await api.describeEipSegment(request, options);
        return { ...page, totalCount: ++count };
      },
    }));
    await expect(lookup.find({ id: "eipsg-other" }, false)).rejects.toThrow(
      "The segments of cn-hangzhou changed while they were listed, so one may be missing.",
    );
  });
});
