import { useSimulator } from "./support/use-simulator";

const context = useSimulator();

const toNumber = (ip = ""): number => ip.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const idsOf = async (parameters: Record<string, unknown>): Promise<string[]> => {
  const reply = await context.call("DescribeEipAddresses", { PageSize: 100, ...parameters });
  return reply.EipAddresses.EipAddress.map(({ AllocationId }) => AllocationId);
};

test("a /24 takes three pages of 100, complete and without repetition, but not in address order", async () => {
  const SegmentInstanceId = await context.allocate({ EipMask: "24" });
  const pages = [];
  for (const PageNumber of [1, 2, 3]) {
    const parameters = { SegmentInstanceId, PageNumber, PageSize: 100 };
    pages.push(await context.call("DescribeEipAddresses", parameters));
  }
  expect(pages.map(({ TotalCount }) => TotalCount)).toEqual([256, 256, 256]);
  expect(pages.map(({ EipAddresses }) => EipAddresses.EipAddress.length)).toEqual([100, 100, 56]);
  const ips = pages.flatMap(({ EipAddresses }) => EipAddresses.EipAddress.map(({ IpAddress }) => IpAddress));
  const sorted = [...ips].sort((left, right) => toNumber(left) - toNumber(right));
  expect(ips).not.toEqual(sorted);
  expect(sorted.map(toNumber)).toEqual(
    Array.from({ length: 256 }, (_, index) => toNumber(sorted[0]) + index),
  );
  expect(sorted[0]).toBe("203.0.113.0");
});

test("a fresh EIP is described with exactly the documented values", async () => {
  const SegmentInstanceId = await context.allocate({ Bandwidth: "7" });
  const [AllocationId] = context.allocationIds(SegmentInstanceId);
  const reply = await context.call("DescribeEipAddresses", { AllocationId });
  expect(reply).toMatchObject({ PageNumber: 1, PageSize: 10, TotalCount: 1 });
  expect(reply.EipAddresses.EipAddress[0]).toMatchObject({
    AllocationId: expect.stringMatching(/^eip-bp1[a-z0-9]{18}$/) as unknown,
    IpAddress: "203.0.113.0",
    Status: "Available",
    RegionId: "cn-hangzhou",
    SegmentInstanceId,
    AllocationTime: "2026-01-02T03:04:05Z",
    Bandwidth: "7",
    EipBandwidth: "7",
    InternetChargeType: "PayByBandwidth",
    ChargeType: "PostPaid",
    ISP: "BGP",
    Netmode: "public",
    BandwidthPackageId: "",
    InstanceId: "",
    HasReservationData: "false",
    DeletionProtection: false,
    ServiceManaged: 0,
    OperationLocks: { LockReason: [] },
    Tags: { Tag: [] },
  });
});

test("EIPs of a segment that is being allocated are not listed", async () => {
  context.simulator.setProgression({ kind: "time", allocateMs: 1000, releaseMs: 0 });
  const SegmentInstanceId = await context.allocate();
  expect(await idsOf({ SegmentInstanceId })).toEqual([]);
});

describe("filters", () => {
  test("single EIPs are found by id and by address", async () => {
    const ids = context.allocationIds(await context.allocate());
    const [first = "", second = ""] = ids;
    expect((await idsOf({ AllocationId: `${first},${second}` })).sort()).toEqual([first, second].sort());
    expect(await idsOf({ EipAddress: "203.0.113.1" })).toEqual([second]);
    expect(await idsOf({ AllocationId: first, EipAddress: "203.0.113.1" })).toEqual([]);
  });

  test("EIPs are found by what they have in common", async () => {
    const one = await context.allocate({ Isp: "ChinaMobile", ResourceGroupId: "rg-1" });
    const two = await context.allocate();
    const first = context.allocationIds(one).sort();
    const second = context.allocationIds(two).sort();
    expect(await idsOf({ SegmentInstanceId: one })).toEqual(first);
    expect(await idsOf({ ISP: "BGP" })).toEqual(second);
    expect(await idsOf({ ResourceGroupId: "rg-1" })).toEqual(first);
    expect(await idsOf({ ChargeType: "PrePaid" })).toEqual([]);
    expect(await idsOf({ ChargeType: "PostPaid" })).toHaveLength(32);
    expect(await idsOf({ LockReason: "financial" })).toEqual([]);
    expect(await idsOf({ RegionId: "cn-beijing" })).toEqual([]);
  });

  test("attached EIPs are found by status and instance", async () => {
    const [AllocationId] = context.allocationIds(await context.allocate());
    await context.call("AssociateEipAddress", { AllocationId, InstanceId: "ngw-1", InstanceType: "Nat" });
    expect(await idsOf({ Status: "InUse" })).toEqual([AllocationId]);
    expect(await idsOf({ AssociatedInstanceType: "Nat" })).toEqual([AllocationId]);
    expect(await idsOf({ AssociatedInstanceId: "ngw-1" })).toEqual([AllocationId]);
    expect(await idsOf({ AssociatedInstanceId: "ngw-2" })).toEqual([]);
    expect(await idsOf({ Status: "Available" })).toHaveLength(15);
  });

  test("EIPs are found by name and by tags", async () => {
    const [first, second] = context.allocationIds(await context.allocate());
    await context.call("ModifyEipAddressAttribute", { AllocationId: first, Name: "front" });
    const tags = { ResourceType: "EIP", ResourceId: [first, second] };
    await context.call("TagResources", { ...tags, Tag: [{ Key: "a", Value: "1" }] });
    await context.call("TagResources", { ...tags, ResourceId: [second], Tag: [{ Key: "b", Value: "" }] });
    expect(await idsOf({ EipName: "front" })).toEqual([first]);
    expect(await idsOf({ Tag: [{ Key: "a", Value: "1" }] })).toEqual([first, second].sort());
    expect(await idsOf({ Tag: [{ Key: "a", Value: "2" }] })).toEqual([]);
    expect(await idsOf({ Tag: [{ Key: "a", Value: "1" }, { Key: "b" }] })).toEqual([second]);
  });

  test.each([
    ["a page size of 101", { PageSize: 101 }, "InvalidParameter"],
    ["51 ids", { AllocationId: Array(51).fill("eip-1").join(",") }, "InvalidParameter"],
    ["21 tags", { Tag: Array(21).fill({ Key: "a" }) }, "NumberExceed.Tags"],
    ["a tag without key", { Tag: [{ Value: "1" }] }, "InvalidParameter.TagKey"],
    [
      "an instance type",
      { AssociatedInstanceType: "Fridge" },
      "InvalidIAssociatedInstanceType.ValueNotSupported",
    ],
    ["a dry run", { DryRun: true }, "DryRunOperation"],
    ["an unknown region", { RegionId: "cn-atlantis" }, "Forbidden.RegionNotFound"],
    ["no region", { RegionId: "" }, "MissingRegionId"],
  ])("%s is refused", async (_what, parameters, code) => {
    expect((await context.refusal("DescribeEipAddresses", parameters)).code).toBe(code);
  });
});

describe("ModifyEipAddressAttribute", () => {
  test("changes one EIP and only what it names", async () => {
    const [AllocationId] = context.allocationIds(await context.allocate());
    await context.call("ModifyEipAddressAttribute", { AllocationId, Bandwidth: "100", Name: "n" });
    await context.call("ModifyEipAddressAttribute", { AllocationId, Description: "d" });
    const [first, second] = context.simulator.addresses();
    expect(first).toMatchObject({ bandwidth: 100, name: "n", description: "d" });
    expect(second).toMatchObject({ bandwidth: 5, name: "", description: "" });
    await context.call("ModifyEipAddressAttribute", { AllocationId, Name: "" });
    expect(context.simulator.addresses()[0]?.name).toBe("");
  });

  test.each([
    ["an unknown id", { AllocationId: "eip-none" }, 404, "InvalidAllocationId.NotFound"],
    ["no id", { AllocationId: "" }, 400, "MissingAllocationId"],
    ["another region", { RegionId: "cn-beijing" }, 404, "InvalidAllocationId.NotFound"],
    ["bandwidth 501", { Bandwidth: "501" }, 400, "InvalidParameter"],
    ["a URL as name", { Name: "https://example.com" }, 400, "InvalidParameter"],
    ["a name of 129 characters", { Name: "n".repeat(129) }, 400, "InvalidParameter"],
    ["a description of 257 characters", { Description: "d".repeat(257) }, 400, "InvalidParameter"],
  ])("refuses %s", async (_what, parameters, status, code) => {
    const [AllocationId] = context.allocationIds(await context.allocate());
    const refusal = await context.refusal("ModifyEipAddressAttribute", { AllocationId, ...parameters });
    expect(refusal).toMatchObject({ status, code });
  });

  test("allows 200 Mbit/s at most by traffic", async () => {
    const [AllocationId] = context.allocationIds(
      await context.allocate({ InternetChargeType: "PayByTraffic" }),
    );
    const code = (await context.refusal("ModifyEipAddressAttribute", { AllocationId, Bandwidth: 201 })).code;
    expect(code).toBe("InvalidParameter");
    await context.call("ModifyEipAddressAttribute", { AllocationId, Bandwidth: 200 });
  });

  test("is refused while the segment is being allocated", async () => {
    context.simulator.setProgression({ kind: "time", allocateMs: 1000, releaseMs: 0 });
    const [AllocationId] = context.allocationIds(await context.allocate());
    const code = (await context.refusal("ModifyEipAddressAttribute", { AllocationId, Bandwidth: 9 })).code;
    expect(code).toBe("IncorrectEipStatus");
  });
});

describe("shared-bandwidth packages", () => {
  test("an EIP in a package shows the package's bandwidth and its own", async () => {
    const [IpInstanceId] = context.allocationIds(await context.allocate());
    await context.call("AddCommonBandwidthPackageIp", { BandwidthPackageId: "cbwp-1", IpInstanceId });
    await context.call("ModifyEipAddressAttribute", { AllocationId: IpInstanceId, Bandwidth: 8 });
    const reply = await context.call("DescribeEipAddresses", { AllocationId: IpInstanceId });
    expect(reply.EipAddresses.EipAddress[0]).toMatchObject({
      BandwidthPackageId: "cbwp-1",
      BandwidthPackageType: "CommonBandwidthPackage",
      BandwidthPackageBandwidth: "1000",
      Bandwidth: "1000",
      EipBandwidth: "8",
    });
  });

  test("an EIP is in one package at most, and leaves only the one it is in", async () => {
    const [IpInstanceId] = context.allocationIds(await context.allocate());
    const dry = { BandwidthPackageId: "cbwp-1", IpInstanceId, DryRun: true };
    expect((await context.refusal("AddCommonBandwidthPackageIp", dry)).code).toBe("DryRunOperation");
    await context.call("AddCommonBandwidthPackageIp", { ...dry, DryRun: false });
    const other = { BandwidthPackageId: "cbwp-2", IpInstanceId };
    expect((await context.refusal("AddCommonBandwidthPackageIp", other)).code).toBe("Forbidden.EipInBwp");
    const code = (await context.refusal("RemoveCommonBandwidthPackageIp", other)).code;
    expect(code).toBe("InvalidParameter.Mismatch");
  });
});
