import { useSimulator } from "./support/use-simulator";

const context = useSimulator();
const eip = async (AllocationId: string) => {
  const reply = await context.call("DescribeEipAddresses", { AllocationId });
  return reply.EipAddresses.EipAddress[0];
};
const newEip = async (): Promise<string> => context.allocationIds(await context.allocate())[0] ?? "";

test("an EIP is attached and detached", async () => {
  const AllocationId = await newEip();
  await context.call("AssociateEipAddress", {
    AllocationId,
    InstanceId: "i-1",
    PrivateIpAddress: "10.0.0.1",
  });
  expect(await eip(AllocationId)).toMatchObject({
    Status: "InUse",
    InstanceId: "i-1",
    InstanceType: "EcsInstance",
    InstanceRegionId: "cn-hangzhou",
    PrivateIpAddress: "10.0.0.1",
    Mode: "NAT",
  });
  await context.call("UnassociateEipAddress", { AllocationId, InstanceId: "i-1", Force: true });
  expect(await eip(AllocationId)).toMatchObject({ Status: "Available", InstanceId: "", Mode: "" });
});

test("progression by describes shows Associating and Unassociating that often", async () => {
  const AllocationId = await newEip();
  await eip(AllocationId);
  context.simulator.setProgression({ kind: "describes", count: 1 });
  await context.call("AssociateEipAddress", { AllocationId, InstanceId: "i-1" });
  const shown = [await eip(AllocationId), await eip(AllocationId)];
  await context.call("UnassociateEipAddress", { AllocationId });
  shown.push(await eip(AllocationId), await eip(AllocationId));
  expect(shown.map((one) => one?.Status)).toEqual(["Associating", "InUse", "Unassociating", "Available"]);
  expect(shown.map((one) => one?.InstanceId)).toEqual(["i-1", "i-1", "i-1", ""]);
});

test("progression by time follows the clock", async () => {
  context.simulator.setProgression({ kind: "time", allocateMs: 0, releaseMs: 0, associateMs: 500 });
  const AllocationId = await newEip();
  await context.call("AssociateEipAddress", { AllocationId, InstanceId: "i-1" });
  expect((await eip(AllocationId))?.Status).toBe("Associating");
  context.clock.advance(500);
  expect((await eip(AllocationId))?.Status).toBe("InUse");
});

test.each([
  ["SlbInstance", "lb-1", {}],
  ["Nat", "ngw-1", {}],
  ["HaVip", "havip-1", {}],
  ["NetworkInterface", "eni-1", { Mode: "BINDED" }],
  ["IpAddress", "192.168.0.9", { VpcId: "vpc-1" }],
])("an EIP can be attached to a %s", async (InstanceType, InstanceId, parameters) => {
  const AllocationId = await newEip();
  await context.call("AssociateEipAddress", { AllocationId, InstanceId, InstanceType, ...parameters });
  expect(await eip(AllocationId)).toMatchObject({ InstanceType, InstanceId, Status: "InUse" });
});

test.each([
  ["no instance", { InstanceId: "" }, 400, "MissingInstanceId"],
  ["an unknown EIP", { AllocationId: "eip-none" }, 404, "InvalidAllocationId.NotFound"],
  ["an unknown region", { RegionId: "cn-atlantis" }, 404, "Forbidden.RegionNotFound"],
  ["an unknown type", { InstanceType: "Fridge" }, 400, "InvalidInstanceType.ValueNotSupported"],
  ["an id of another type", { InstanceType: "Nat" }, 404, "InvalidInstanId.NotFound"],
  ["a mode that is for interfaces only", { Mode: "BINDED" }, 400, "InvalidParameter.Mismatch"],
  ["an IP address without VPC", { InstanceType: "IpAddress", InstanceId: "1.2.3.4" }, 400, "MissingVpcId"],
])("attaching refuses %s", async (_what, parameters, status, code) => {
  const AllocationId = await newEip();
  const all = { AllocationId, InstanceId: "i-1", ...parameters };
  expect(await context.refusal("AssociateEipAddress", all)).toMatchObject({ status, code });
  expect((await eip(AllocationId))?.Status).toBe("Available");
});

test("an attached EIP refuses the same and another instance", async () => {
  const AllocationId = await newEip();
  await context.call("AssociateEipAddress", { AllocationId, InstanceId: "i-1" });
  const again = await context.refusal("AssociateEipAddress", { AllocationId, InstanceId: "i-1" });
  expect(again.code).toBe("InvalidAssociation.Duplicated");
  const other = await context.refusal("AssociateEipAddress", { AllocationId, InstanceId: "i-2" });
  expect(other.code).toBe("IncorrectEipStatus");
});

test("detaching refuses a free EIP and another instance", async () => {
  const AllocationId = await newEip();
  expect((await context.refusal("UnassociateEipAddress", { AllocationId })).code).toBe("IncorrectEipStatus");
  await context.call("AssociateEipAddress", { AllocationId, InstanceId: "i-1" });
  const other = await context.refusal("UnassociateEipAddress", { AllocationId, InstanceId: "i-2" });
  expect(other).toMatchObject({ status: 404, code: "InvalidInstanId.NotFound" });
  const type = await context.refusal("UnassociateEipAddress", { AllocationId, InstanceType: "Nat" });
  expect(type.code).toBe("InvalidParameter.Mismatch");
  expect((await context.refusal("UnassociateEipAddress", { AllocationId, Force: "perhaps" })).code).toBe(
    "InvalidParameter",
  );
});

test("an EIP that is changing refuses further changes", async () => {
  context.simulator.setProgression({ kind: "time", allocateMs: 0, releaseMs: 0, associateMs: 500 });
  const AllocationId = await newEip();
  await context.call("AssociateEipAddress", { AllocationId, InstanceId: "i-1" });
  expect((await context.refusal("UnassociateEipAddress", { AllocationId })).code).toBe("IncorrectEipStatus");
});

test("the region may be left out", async () => {
  const AllocationId = await newEip();
  await context.call("AssociateEipAddress", { AllocationId, InstanceId: "i-1", RegionId: "" });
  expect((await eip(AllocationId))?.Status).toBe("InUse");
});
