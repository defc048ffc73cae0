import { AddressSpace, formatCidr } from "../../simulator/address-space";
import { useSimulator } from "./support/use-simulator";

const context = useSimulator({
  accounts: ["simulator-access-key-id", "other"].map((accessKeyId, index) => ({
    accountId: String(index + 1).repeat(16),
    accessKeyId,
    accessKeySecret: index === 0 ? "simulator-access-key-secret" : "other-secret",
  })),
});
const action = "ReleaseEipSegmentAddress";

test("a release takes the segment and its EIPs away", async () => {
  const SegmentInstanceId = await context.allocate();
  expect(Object.keys(await context.call(action, { SegmentInstanceId }))).toEqual(["RequestId"]);
  expect(await context.statusOf(SegmentInstanceId)).toBeUndefined();
  expect((await context.call("DescribeEipAddresses")).TotalCount).toBe(0);
});

test("the address block is given back when the segment is gone, not before", async () => {
  const giveBack = jest.spyOn(AddressSpace.prototype, "release");
  context.simulator.setProgression({ kind: "describes", count: 1 });
  const SegmentInstanceId = await context.allocate();
  await context.statusOf(SegmentInstanceId);
  await context.call(action, { SegmentInstanceId });
  expect(await context.statusOf(SegmentInstanceId)).toBe("Releasing");
  expect(giveBack).not.toHaveBeenCalled();
  expect(await context.statusOf(SegmentInstanceId)).toBeUndefined();
  expect(giveBack.mock.calls.map(([block]) => formatCidr(block))).toEqual(["203.0.113.0/28"]);
  giveBack.mockRestore();
});

test("EIPs are Releasing while their segment is", async () => {
  context.simulator.setProgression({ kind: "time", allocateMs: 0, releaseMs: 1000 });
  const SegmentInstanceId = await context.allocate();
  await context.call(action, { SegmentInstanceId });
  expect(await context.statusOf(SegmentInstanceId)).toBe("Releasing");
  const { EipAddresses } = await context.call("DescribeEipAddresses", { PageSize: 100 });
  expect(new Set(EipAddresses.EipAddress.map(({ Status }) => Status))).toEqual(new Set(["Releasing"]));
});

test.each([
  ["no region", { RegionId: "" }, 400, "MissingRegionId"],
  ["an unknown region", { RegionId: "cn-atlantis" }, 404, "Forbidden.RegionNotFound"],
  ["another region", { RegionId: "cn-beijing" }, 400, "OperationFailed.InstanceNotExist"],
  ["no id", { SegmentInstanceId: "" }, 400, "MissingSegmentInstanceId"],
  ["an unknown id", { SegmentInstanceId: "eipsg-none" }, 400, "OperationFailed.InstanceNotExist"],
])("%s is refused", async (_what, parameters, status, code) => {
  const SegmentInstanceId = await context.allocate();
  expect(await context.refusal(action, { SegmentInstanceId, ...parameters })).toMatchObject({ status, code });
  expect(await context.statusOf(SegmentInstanceId)).toBe("Allocated");
});

test("a released segment does not exist", async () => {
  const SegmentInstanceId = await context.allocate();
  await context.call(action, { SegmentInstanceId });
  expect((await context.refusal(action, { SegmentInstanceId })).code).toBe(
    "OperationFailed.InstanceNotExist",
  );
});

test("another account's segment does not exist", async () => {
  const SegmentInstanceId = await context.allocate();
  const parameters = { RegionId: "cn-hangzhou", SegmentInstanceId };
  const refusal = await context.clientOf("other").refusal(action, parameters);
  expect(refusal.code).toBe("OperationFailed.InstanceNotExist");
});

test("a segment that is being allocated cannot be released", async () => {
  context.simulator.setProgression({ kind: "describes", count: 1 });
  const SegmentInstanceId = await context.allocate();
  expect((await context.refusal(action, { SegmentInstanceId })).code).toBe(
    "OperationFailed.EipStatusInvalid",
  );
});

test("a segment that is being released refuses another release", async () => {
  context.simulator.setProgression({ kind: "time", allocateMs: 0, releaseMs: 1000 });
  const SegmentInstanceId = await context.allocate();
  await context.call(action, { SegmentInstanceId, ClientToken: "one" });
  const refusal = await context.refusal(action, { SegmentInstanceId, ClientToken: "two" });
  expect(refusal.code).toBe("IncorrectEipStatus");
});

test.each(["Associating", "InUse", "Unassociating"])(
  "an EIP that is %s blocks the release",
  async (status) => {
    const SegmentInstanceId = await context.allocate();
    const [AllocationId] = context.allocationIds(SegmentInstanceId).slice(7);
    if (status === "Associating") {
      context.simulator.setProgression({ kind: "time", allocateMs: 0, releaseMs: 0, associateMs: 1000 });
    }
    await context.call("AssociateEipAddress", { AllocationId, InstanceId: "i-1" });
    if (status === "Unassociating") {
      await context.call("DescribeEipAddresses", { AllocationId });
      context.simulator.setProgression({ kind: "time", allocateMs: 0, releaseMs: 0, associateMs: 1000 });
      await context.call("UnassociateEipAddress", { AllocationId });
    }
    const { EipAddresses } = await context.call("DescribeEipAddresses", { AllocationId });
    expect(EipAddresses.EipAddress[0]?.Status).toBe(status);
    expect((await context.refusal(action, { SegmentInstanceId })).code).toBe("IncorrectEipStatus");
  },
);

test("an EIP in a shared-bandwidth package blocks the release until it is removed", async () => {
  const SegmentInstanceId = await context.allocate();
  const [IpInstanceId] = context.allocationIds(SegmentInstanceId);
  const membership = { BandwidthPackageId: "cbwp-1", IpInstanceId };
  await context.call("AddCommonBandwidthPackageIp", membership);
  expect((await context.refusal(action, { SegmentInstanceId })).code).toBe("OperationFailed.EipInBwp");
  await context.call("RemoveCommonBandwidthPackageIp", membership);
  await context.call(action, { SegmentInstanceId });
});

test("deletion protection blocks the release until it is switched off", async () => {
  const SegmentInstanceId = await context.allocate();
  const [InstanceId] = context.allocationIds(SegmentInstanceId);
  await context.call("DeletionProtection", { InstanceId, Type: "EIP", ProtectionEnable: true });
  expect(await context.refusal(action, { SegmentInstanceId })).toMatchObject({
    code: "InvalidOperation.DeletionProtection",
    message: "The instance cannnot delete because of deletion protecion.",
  });
  await context.call("DeletionProtection", { InstanceId, Type: "EIP", ProtectionEnable: "false" });
  await context.call(action, { SegmentInstanceId });
});
