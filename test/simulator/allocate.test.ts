import { AddressSpace } from "../../simulator/address-space";
import { useSimulator } from "./support/use-simulator";

const context = useSimulator({ reserved: 0 });
const action = "AllocateEipSegmentAddress";

test("the answer is an id of the documented form and nothing else", async () => {
  const reply = await context.call(action, { EipMask: 28, RegionId: "cn-beijing" });
  expect(Object.keys(reply).sort()).toEqual(["EipSegmentInstanceId", "RequestId"]);
  expect(reply.EipSegmentInstanceId).toMatch(/^eipsg-2ze[a-z0-9]{18}$/);
});

test("a segment gets the documented defaults", async () => {
  const id = await context.allocate();
  const [segment] = context.simulator.segments();
  expect(segment).toMatchObject({
    id,
    accountId: "1234567890123456",
    regionId: "cn-hangzhou",
    zone: "cn-hangzhou-a",
    mask: 28,
    internetChargeType: "PayByBandwidth",
    isp: "BGP",
    netmode: "public",
  });
  expect(segment?.addresses).toHaveLength(16);
  expect(segment?.addresses[0]).toMatchObject({ bandwidth: 5, status: "Available", segmentId: id, tags: {} });
});

test("a segment keeps what the request asks for", async () => {
  await context.allocate({
    RegionId: "ap-southeast-1",
    EipMask: "27",
    Bandwidth: "200",
    InternetChargeType: "PayByTraffic",
    Isp: "BGP_PRO",
    Netmode: "public",
    Zone: "ap-southeast-1b",
    ResourceGroupId: "rg-acfm123",
  });
  const [segment] = context.simulator.segments();
  expect(segment).toMatchObject({ mask: 27, zone: "ap-southeast-1b", isp: "BGP_PRO" });
  expect(segment?.addresses).toHaveLength(32);
  expect(segment?.addresses[31]).toMatchObject({
    bandwidth: 200,
    internetChargeType: "PayByTraffic",
    isp: "BGP_PRO",
    resourceGroupId: "rg-acfm123",
  });
});

const hybrid = { Netmode: "hybrid", Bandwidth: "5" };
const finance = { RegionId: "cn-hangzhou-finance" };

test.each([
  ["a missing region", { RegionId: "" }, 400, "MissingRegionId"],
  ["an unknown region", { RegionId: "cn-atlantis" }, 404, "InvalidRegionId.NotFound"],
  ["a closed region", { RegionId: "ap-southeast-2" }, 400, "InvalidRegion.NotSupport"],
  ["a missing mask", { EipMask: "" }, 400, "MissingEipMask"],
  ["a mask of 23", { EipMask: "23" }, 400, "IllegalParam.EipMask"],
  ["a mask of 29", { EipMask: "29" }, 400, "IllegalParam.EipMask"],
  ["a mask that is no number", { EipMask: "/28" }, 400, "IllegalParam.EipMask"],
  ["bandwidth 0", { Bandwidth: "0" }, 400, "InvalidParameter"],
  ["bandwidth 501", { Bandwidth: "501" }, 400, "InvalidParameter"],
  [
    "bandwidth 201 by traffic",
    { Bandwidth: "201", InternetChargeType: "PayByTraffic" },
    400,
    "InvalidParameter",
  ],
  ["a fraction of bandwidth", { Bandwidth: "1.5" }, 400, "InvalidBandwidth.Malformed"],
  ["another charge type", { InternetChargeType: "PrePaid" }, 400, "InvalidParameter"],
  ["an unknown line", { Isp: "Starlink" }, 400, "IllegalParam.OrderParamComponent"],
  ["BGP_PRO in Hangzhou", { Isp: "BGP_PRO" }, 400, "INSTANCE_TYPE_NOT_SUPPORT"],
  ["the finance line elsewhere", { Isp: "BGP_FinanceCloud" }, 400, "INSTANCE_TYPE_NOT_SUPPORT"],
  ["no line in the finance region", finance, 400, "IllegalParam.OrderParamComponent"],
  ["BGP in the finance region", { ...finance, Isp: "BGP" }, 400, "IllegalParam.OrderParamComponent"],
  ["an unknown netmode", { Netmode: "private" }, 400, "INSTANCE_TYPE_NOT_SUPPORT"],
  ["hybrid without bandwidth", { Netmode: "hybrid" }, 400, "MissingParam.Bandwidth"],
  [
    "hybrid by traffic",
    { ...hybrid, InternetChargeType: "PayByTraffic" },
    400,
    "OperationFailed.ChargeTypeInvalid",
  ],
  ["a zone of another region", { Zone: "cn-beijing-a" }, 400, "IllegalParam.Zone"],
  ["a malformed resource group", { ResourceGroupId: "group" }, 400, "InvalidResourceGroupId"],
])("%s is refused", async (_what, parameters, status, code) => {
  expect(await context.refusal(action, { EipMask: "28", ...parameters })).toMatchObject({ status, code });
  expect(context.simulator.segments()).toEqual([]);
});

test.each([
  ["500 Mbit/s by bandwidth", { Bandwidth: "500" }],
  ["a hybrid segment with bandwidth", hybrid],
  ["the finance line in the finance region", { ...finance, Isp: "BGP_FinanceCloud" }],
  ["a single-ISP line", { Isp: "ChinaTelecom_L2" }],
])("%s is accepted", async (_what, parameters) => {
  await context.allocate(parameters);
  expect(context.simulator.segments()).toHaveLength(1);
});

test.each([
  "ap-northeast-1",
  "ap-southeast-3",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "cn-hongkong",
])("BGP_PRO is sold in %s", async (RegionId) => {
  await context.allocate({ RegionId, Isp: "BGP_PRO" });
  expect(context.simulator.segments()[0]?.isp).toBe("BGP_PRO");
});

test("resource groups that do not exist are refused where the existing ones are named", async () => {
  context.simulator.configure({ resourceGroups: ["rg-one"] });
  const code = (await context.refusal(action, { EipMask: "28", ResourceGroupId: "rg-two" })).code;
  expect(code).toBe("InvalidResourceGroupId");
  await context.allocate({ ResourceGroupId: "rg-one" });
});

test("the quota counts EIPs of all regions and of one account", async () => {
  context.simulator.setQuota(20);
  expect((await context.refusal(action, { EipMask: "27" })).code).toBe("QuotaExceeded.Eip");
  const id = await context.allocate();
  const elsewhere = await context.refusal(action, { EipMask: "28", RegionId: "cn-beijing" });
  expect(elsewhere.code).toBe("QuotaExceeded.Eip");
  await context.call("ReleaseEipSegmentAddress", { SegmentInstanceId: id });
  await context.allocate({ RegionId: "cn-beijing" });
});

test("more than twice the quota within an hour is refused for an hour", async () => {
  context.simulator.configure({ quota: 20, frequentPurchaseGuard: true });
  const buyAndRelease = async (): Promise<void> => {
    const SegmentInstanceId = await context.allocate();
    await context.call("ReleaseEipSegmentAddress", { SegmentInstanceId });
  };
  await buyAndRelease();
  context.clock.advance(30 * 60_000);
  await buyAndRelease();
  expect((await context.refusal(action, { EipMask: "28" })).code).toBe("FrequentPurchase.EIP");
  context.clock.advance(59 * 60_000);
  expect((await context.refusal(action, { EipMask: "28" })).code).toBe("FrequentPurchase.EIP");
  context.clock.advance(60_000);
  await buyAndRelease();
});

test("stock runs out by region and mask and comes back with a release", async () => {
  context.simulator.configure({ stock: [{ regionId: "cn-hangzhou", mask: 28, available: 1 }] });
  const SegmentInstanceId = await context.allocate();
  expect(await context.refusal(action, { EipMask: "28" })).toMatchObject({
    code: "OperationFailed.AllocateEipSegment",
    message: "Operation failed because eip segment is out of stock.",
  });
  await context.allocate({ EipMask: "27" });
  await context.allocate({ RegionId: "cn-beijing" });
  await context.call("ReleaseEipSegmentAddress", { SegmentInstanceId });
  await context.allocate();
});

test("a full address space is refused as insufficient", async () => {
  const full = jest.spyOn(AddressSpace.prototype, "allocate").mockReturnValue(undefined);
  expect((await context.refusal(action, { EipMask: "28" })).code).toBe("OperationFailed.InsufficientEIP");
  full.mockRestore();
  await context.allocate();
});

test("an account without entitlement is refused, and others are not", async () => {
  const keys = { accessKeySecret: "newcomer-secret", accessKeyId: "newcomer", accountId: "2222222222222222" };
  context.simulator.configure({ accounts: [{ ...keys, entitled: false }] });
  const newcomer = context.clientOf("newcomer");
  const parameters = { RegionId: "cn-hangzhou", EipMask: "28" };
  expect(await newcomer.refusal(action, parameters)).toMatchObject({
    status: 400,
    code: "Forbidden.AllocateEipSegmentAddress",
  });
  context.simulator.configure({ accounts: [keys] });
  await expect(newcomer.call(action, parameters)).resolves.toBeDefined();
});

test("RAM denials name the action in AccessDeniedDetail", async () => {
  const keys = { accessKeySecret: "limited-secret", accessKeyId: "limited", accountId: "2222222222222222" };
  context.simulator.configure({ accounts: [{ ...keys, deniedActions: ["TagResources"] }] });
  const refusal = await context.clientOf("limited").refusal("TagResources", { RegionId: "cn-hangzhou" });
  expect(refusal).toMatchObject({ status: 403, code: "Forbidden.RAM" });
  expect(refusal.body.AccessDeniedDetail).toMatchObject({
    AuthAction: "vpc:TagResources",
    AuthPrincipalOwnerId: "2222222222222222",
  });
});
