import { useCloud } from "./support/cloud";
import { DeclaredSegment } from "./support/declared-segment";

const cloud = useCloud();

async function made(): Promise<DeclaredSegment> {
  const segment = new DeclaredSegment(cloud);
  await segment.up({ eipMask: 28 });
  return segment;
}

const eip = (index: number) => cloud.segment.addresses[index] ?? { allocationId: "", ipAddress: "" };

const associate = (index: number, InstanceId: string, InstanceType = "EcsInstance") =>
  cloud.outside("AssociateEipAddress", { AllocationId: eip(index).allocationId, InstanceId, InstanceType });

const join = (index: number, BandwidthPackageId: string) =>
  cloud.outside("AddCommonBandwidthPackageIp", { BandwidthPackageId, IpInstanceId: eip(index).allocationId });

const protect = (index: number, ProtectionEnable: boolean) =>
  cloud.outside("DeletionProtection", { InstanceId: eip(index).allocationId, Type: "EIP", ProtectionEnable });

it("delete releases the segment and waits until it is gone", async () => {
  const segment = await made();
  cloud.simulator.setProgression({ kind: "describes", count: 3 });
  await segment.destroy();
  expect(cloud.simulator.segments()).toEqual([]);
});

it("delete names every EIP in use and what it is attached to, and asks for no release", async () => {
  const segment = await made();
  await associate(2, "i-web");
  await associate(7, "ngw-egress", "Nat");
  await join(9, "cbwp-shared");
  await protect(11, true);
  const asked = cloud.simulator.log.length;
  const where = [2, 7, 9, 11].map((index) => `${eip(index).ipAddress} (${eip(index).allocationId})`);
  await expect(segment.destroy()).rejects.toThrow(
    `Segment ${segment.id ?? ""} was not released, because addresses are in use: ` +
      `${where[0] ?? ""} is in use by EcsInstance i-web; ` +
      `${where[1] ?? ""} is in use by Nat ngw-egress; ` +
      `${where[2] ?? ""} is in the Internet Shared Bandwidth instance cbwp-shared; ` +
      `${where[3] ?? ""} is protected against deletion. ` +
      "Detach them and run the command again.",
  );
  expect(cloud.writesSince(asked)).toEqual([]);
});

it("delete goes through once what stood in the way is undone", async () => {
  const segment = await made();
  await associate(2, "i-web");
  await expect(segment.destroy()).rejects.toThrow("is in use by");
  await cloud.outside("UnassociateEipAddress", { AllocationId: eip(2).allocationId });
  await segment.destroy();
  expect(cloud.simulator.segments()).toEqual([]);
});

it("delete waits for an EIP that is being disassociated", async () => {
  const segment = await made();
  await associate(2, "i-web");
  await cloud.outside("DescribeEipAddresses", {});
  cloud.simulator.setProgression({ kind: "time", allocateMs: 0, releaseMs: 0, associateMs: 100 });
  await cloud.outside("UnassociateEipAddress", { AllocationId: eip(2).allocationId });
  await segment.destroy();
  expect(cloud.simulator.segments()).toEqual([]);
});

it("delete says what is still in use when that does not change in time", async () => {
  const segment = new DeclaredSegment(cloud);
  await segment.up({ eipMask: 28, customTimeouts: { delete: "30s" } });
  cloud.simulator.setProgression({ kind: "time", allocateMs: 0, releaseMs: 0, associateMs: Infinity });
  await associate(2, "i-web");
  await expect(segment.destroy()).rejects.toThrow(/IncorrectEipStatus/);
  expect(cloud.simulator.segments()).toHaveLength(1);
});

it("delete of a replaced segment in use names it as well, and the new segment stays", async () => {
  const segment = await made();
  const old = segment.id ?? "";
  await associate(2, "i-web");
  await expect(segment.up({ eipMask: 27 })).rejects.toThrow(`Segment ${old} was not released`);
  expect(cloud.simulator.segments().map(({ mask }) => mask)).toEqual([28, 27]);
  expect(segment.id).not.toBe(old);
});

it("a release that never ends stops at the timeout the program gives, and says how to go on", async () => {
  const segment = new DeclaredSegment(cloud);
  await segment.up({ eipMask: 28, customTimeouts: { delete: "2m" } });
  cloud.simulator.setProgression({ kind: "time", allocateMs: 0, releaseMs: Infinity });
  await expect(segment.destroy()).rejects.toThrow(
    new RegExp(
      `^Segment ${segment.id ?? ""} was still Releasing after 12\\d s, not released\\. Run the same command again, without --replace, to continue waiting, or set longer customTimeouts\\.$`,
    ),
  );
  cloud.simulator.setProgression({ kind: "immediate" });
  await segment.destroy();
  expect(cloud.simulator.segments()).toEqual([]);
});

it("a changed timeout is known to the delete that follows, without a call to the cloud", async () => {
  const segment = await made();
  const asked = cloud.simulator.log.length;
  expect(await segment.up({ eipMask: 28, customTimeouts: { delete: "1m" } })).toBe("update");
  expect(cloud.actionsSince(asked)).toEqual([]);
  cloud.simulator.setProgression({ kind: "time", allocateMs: 0, releaseMs: Infinity });
  await expect(segment.destroy()).rejects.toThrow(/after 6\d s, not released/);
});

it("an allocation that never ends keeps its id in the state, goes on with the next up, and can be destroyed", async () => {
  cloud.simulator.setProgression({ kind: "time", allocateMs: Infinity, releaseMs: 0 });
  const written = { eipMask: 28, customTimeouts: { create: "1m" } };
  const segment = new DeclaredSegment(cloud);
  await expect(segment.up(written)).rejects.toThrow(/was still Allocating after \d+ s/);
  expect(segment.id).toBe(cloud.segment.id);
  cloud.simulator.setProgression({ kind: "immediate" });
  expect(await segment.up(written)).toBe("update");
  expect(segment.state).toMatchObject({ status: "Allocated", ipCount: 16 });
  await segment.destroy();
  expect(cloud.simulator.segments()).toEqual([]);
});

describe("a segment that another resource has adopted", () => {
  it("is not released by the record that was left behind, and stays with the other", async () => {
    const left = await made();
    const adopt = left.id ?? "";
    const other = new DeclaredSegment(cloud, {}, "other");
    await other.up({ eipMask: 28, adopt });
    const asked = cloud.simulator.log.length;
    await expect(left.destroy()).rejects.toThrow(
      `Segment ${adopt} was not released: its ownership tag names another resource or another stack (${String(other.inputs.clientToken)}). ` +
        "Run `pulumi state delete` on this resource to leave the segment to them, or remove the tag pulumi-eip-segment from its EIPs to have it released.",
    );
    expect(cloud.writesSince(asked)).toEqual([]);
    await other.destroy();
    expect(cloud.simulator.segments()).toEqual([]);
  });

  it("is released once the tag of the other is removed", async () => {
    const left = await made();
    await new DeclaredSegment(cloud, {}, "other").up({ eipMask: 28, adopt: left.id });
    const ResourceId = cloud.segment.addresses.map(({ allocationId }) => allocationId);
    await cloud.outside("UnTagResources", {
      ResourceType: "EIP",
      ResourceId,
      TagKey: ["pulumi-eip-segment"],
    });
    await left.destroy();
    expect(cloud.simulator.segments()).toEqual([]);
  });
});
