import { startSimulator } from "../../simulator";
import { PopClient } from "./support/pop-client";
import { useSimulator } from "./support/use-simulator";

const context = useSimulator();
const newEip = async (): Promise<string> => context.allocationIds(await context.allocate())[0] ?? "";

describe("MoveResourceGroup", () => {
  test.each(["Eip", "EIP"])("moves one EIP with the resource type %s", async (ResourceType) => {
    const ResourceId = await newEip();
    await context.call("MoveResourceGroup", { ResourceId, ResourceType, NewResourceGroupId: "rg-2" });
    const groups = context.simulator.addresses().map(({ resourceGroupId }) => resourceGroupId);
    expect([groups[0], groups[1]]).toEqual(["rg-2", "rg-acfmsimulator00"]);
  });

  test.each([
    ["an unknown EIP", { ResourceId: "eip-none" }, "InvalidResourceId.NotFound"],
    ["another resource type", { ResourceType: "Vpc" }, "InvalidResourceType.NotFound"],
    ["a malformed group", { NewResourceGroupId: "group" }, "InvalidResourceGroupId"],
    ["no group", { NewResourceGroupId: "" }, "MissingNewResourceGroupId"],
  ])("refuses %s", async (_what, parameters, code) => {
    const all = {
      ResourceId: await newEip(),
      ResourceType: "Eip",
      NewResourceGroupId: "rg-2",
      ...parameters,
    };
    expect((await context.refusal("MoveResourceGroup", all)).code).toBe(code);
  });
});

describe("DeletionProtection", () => {
  test("is shown by DescribeEipAddresses", async () => {
    const InstanceId = await newEip();
    await context.call("DeletionProtection", { InstanceId, Type: "EIP", ProtectionEnable: "true" });
    const reply = await context.call("DescribeEipAddresses", { AllocationId: InstanceId });
    expect(reply.EipAddresses.EipAddress[0]?.DeletionProtection).toBe(true);
  });

  test.each([
    ["an unknown EIP", { InstanceId: "eip-none" }, "InvalidAllocationId.NotFound"],
    ["another type", { Type: "NATGW" }, "InvalidParameter"],
    ["neither true nor false", { ProtectionEnable: "on" }, "InvalidParameter"],
    ["no value", { ProtectionEnable: "" }, "MissingProtectionEnable"],
  ])("refuses %s", async (_what, parameters, code) => {
    const all = { InstanceId: await newEip(), Type: "EIP", ProtectionEnable: "true", ...parameters };
    expect((await context.refusal("DeletionProtection", all)).code).toBe(code);
  });
});

describe("TransformEipSegmentToPublicIpAddressPool", () => {
  const action = "TransformEipSegmentToPublicIpAddressPool";

  test("takes the segment away and leaves its EIPs, with their associations, in the pool", async () => {
    const InstanceId = await context.allocate();
    const [AllocationId] = context.allocationIds(InstanceId);
    await context.call("AssociateEipAddress", { AllocationId, InstanceId: "i-1" });
    const reply = await context.call(action, { InstanceId, Name: "pool", ResourceGroupId: "rg-2" });
    expect(reply.PublicIpAddressPoolId).toMatch(/^pippool-bp1[a-z0-9]{18}$/);
    expect(reply.ResourceGroupId).toBe("rg-2");
    expect(await context.statusOf(InstanceId)).toBeUndefined();
    const { PublicIpAddressPoolId } = reply;
    const pool = await context.call("DescribeEipAddresses", { PublicIpAddressPoolId, PageSize: 50 });
    expect(pool.TotalCount).toBe(16);
    expect(pool.EipAddresses.EipAddress[0]).not.toHaveProperty("SegmentInstanceId");
    const attached = pool.EipAddresses.EipAddress.filter(({ Status }) => Status === "InUse");
    expect(attached.map((eip) => eip.AllocationId)).toEqual([AllocationId]);
    const release = await context.refusal("ReleaseEipSegmentAddress", { SegmentInstanceId: InstanceId });
    expect(release.code).toBe("OperationFailed.InstanceNotExist");
  });

  test("refuses an unknown segment, one that is being allocated, and a URL as name", async () => {
    expect((await context.refusal(action, { InstanceId: "eipsg-none" })).code).toBe(
      "OperationFailed.InstanceNotExist",
    );
    context.simulator.setProgression({ kind: "time", allocateMs: 1000, releaseMs: 0 });
    const InstanceId = await context.allocate();
    expect((await context.refusal(action, { InstanceId })).code).toBe("OperationFailed.EipStatusInvalid");
    expect((await context.refusal(action, { InstanceId, Name: "http://x" })).code).toBe("InvalidParameter");
  });

  test("does not give the addresses to a later segment", async () => {
    await context.call(action, { InstanceId: await context.allocate({ EipMask: "24" }) });
    await context.allocate();
    expect(context.simulator.segments()[0]?.cidrBlock).toBe("198.51.100.0/28");
  });
});

describe("ReleaseEipAddress", () => {
  test("refuses an EIP of a segment", async () => {
    const AllocationId = await newEip();
    expect(await context.refusal("ReleaseEipAddress", { AllocationId })).toMatchObject({
      status: 400,
      code: "Forbidden.ReleaseSegmentEip",
    });
  });

  test("releases a free EIP of a pool, and only a free one", async () => {
    const segment = await context.allocate();
    const [first, second, third, fourth] = context.allocationIds(segment);
    await context.call("AssociateEipAddress", { AllocationId: second, InstanceId: "i-1" });
    const membership = { BandwidthPackageId: "cbwp-1", IpInstanceId: third };
    await context.call("AddCommonBandwidthPackageIp", membership);
    await context.call("DeletionProtection", { InstanceId: fourth, Type: "EIP", ProtectionEnable: true });
    await context.call("TransformEipSegmentToPublicIpAddressPool", { InstanceId: segment });
    await context.call("ReleaseEipAddress", { AllocationId: first });
    expect(context.simulator.addresses()).toHaveLength(15);
    const codes = [first, second, third, fourth].map(async (AllocationId) => {
      return (await context.refusal("ReleaseEipAddress", { AllocationId })).code;
    });
    expect(await Promise.all(codes)).toEqual([
      "InvalidAllocationId.NotFound",
      "IncorrectEipStatus",
      "Forbidden.EipInBwp",
      "InvalidOperation.DeletionProtection",
    ]);
  });
});

test("DescribeRegions names regions in Chinese or English and leaves closed ones out", async () => {
  const hangzhou = async (AcceptLanguage: string) => {
    const reply = await context.call("DescribeRegions", { AcceptLanguage });
    expect(reply.Regions.Region.map((region) => region.RegionId)).not.toContain("ap-southeast-2");
    return reply.Regions.Region.find((region) => region.RegionId === "cn-hangzhou");
  };
  expect(await hangzhou("en-US")).toEqual({
    RegionId: "cn-hangzhou",
    LocalName: "China (Hangzhou)",
    RegionEndpoint: "vpc.cn-hangzhou.aliyuncs.com",
  });
  expect((await hangzhou("zh-CN"))?.LocalName).toBe("华东1（杭州）");
});

test("operations without a region ignore one", async () => {
  await expect(context.call("DescribeRegions", { RegionId: "cn-atlantis" })).resolves.toBeDefined();
});

test("DescribeZones lists zones of one region", async () => {
  const zones = async (RegionId: string) => {
    const reply = await context.call("DescribeZones", { RegionId, AcceptLanguage: "en-US" });
    return reply.Zones.Zone;
  };
  expect((await zones("cn-qingdao"))[0]).toEqual({
    ZoneId: "cn-qingdao-b",
    LocalName: "China (Qingdao) Zone B",
    ZoneType: "AvailabilityZone",
  });
  expect((await zones("us-west-1")).map((zone) => zone.ZoneId)).toEqual(["us-west-1a", "us-west-1b"]);
  expect((await context.refusal("DescribeZones", { RegionId: "" })).code).toBe("MissingRegionId");
  expect((await context.refusal("DescribeZones", { RegionId: "x" })).code).toBe("Forbidden.RegionNotFound");
});

test.each([
  ["Account", { UserId: "1234567890123456", Arn: "acs:ram::1234567890123456:root" }],
  ["RAMUser", { UserId: "200000000000000001", Arn: "acs:ram::1234567890123456:user/simulator" }],
  [
    "AssumedRoleUser",
    { RoleId: "300000000000000001", Arn: "acs:ram::1234567890123456:assumed-role/simulator/session" },
  ],
] as const)("GetCallerIdentity of STS describes a caller of type %s", async (identityType, expected) => {
  const keys = { accountId: "1234567890123456", accessKeyId: "key", accessKeySecret: "secret" };
  const simulator = await startSimulator({ accounts: [{ ...keys, identityType }] });
  const sts = new PopClient({ endpoint: simulator.endpoint, ...keys, version: "2015-04-01" });
  expect(await sts.call("GetCallerIdentity")).toMatchObject({
    IdentityType: identityType,
    AccountId: "1234567890123456",
    ...expected,
  });
  await simulator.stop();
});
