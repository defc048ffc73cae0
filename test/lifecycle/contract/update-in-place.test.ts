import { setTimeout as delay } from "node:timers/promises";
import { useCloud } from "./support/cloud";
import { DeclaredSegment } from "./support/declared-segment";

const cloud = useCloud();
const owner = "pulumi-eip-segment";

/** Tags of the EIPs without the ownership tag, each different set once. */
const tagsOfAll = () =>
  cloud.each(({ tags }) => Object.fromEntries(Object.entries(tags).filter(([key]) => key !== owner)));
const countOf = (action: string, from: number) =>
  cloud.actionsSince(from).filter((name) => name === action).length;

describe("an update in place", () => {
  it("changes the bandwidth of every EIP, one call each, and only once", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 27, bandwidth: 10 });
    const asked = cloud.simulator.log.length;
    expect(await segment.up({ eipMask: 27, bandwidth: 20 })).toBe("update");
    expect(cloud.each(({ bandwidth }) => bandwidth)).toEqual([20]);
    expect(countOf("ModifyEipAddressAttribute", asked)).toBe(32);
    expect(await segment.up({ eipMask: 27, bandwidth: 20 })).toBe("same");
  });

  it("adds, changes and removes tags of every EIP, and leaves the ownership tag alone", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, tags: { kept: "1", changed: "2", removed: "3" } });
    const before = cloud.each(({ tags }) => tags[owner]);
    await segment.up({ eipMask: 28, tags: { kept: "1", changed: "two", added: "4" } });
    expect(tagsOfAll()).toEqual([{ kept: "1", changed: "two", added: "4" }]);
    expect(cloud.each(({ tags }) => tags[owner])).toEqual(before);
    expect(before).toEqual([segment.state.clientToken]);
  });

  it("tags and untags at most 20 EIPs with one call", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 26, tags: { old: "1" } });
    const asked = cloud.simulator.log.length;
    await segment.up({ eipMask: 26, tags: { new: "1" } });
    expect(countOf("TagResources", asked)).toBe(4);
    expect(countOf("UnTagResources", asked)).toBe(4);
    const batches = cloud.simulator.log.slice(asked).filter(({ action }) => action.endsWith("TagResources"));
    for (const { parameters } of batches) {
      const ids = Object.keys(parameters).filter((name) => name.startsWith("ResourceId."));
      expect(ids.length).toBeLessThanOrEqual(20);
    }
    expect(tagsOfAll()).toEqual([{ new: "1" }]);
  });

  it("moves every EIP to the resource group", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, resourceGroupId: "rg-old" });
    expect(await segment.up({ eipMask: 28, resourceGroupId: "rg-new" })).toBe("update");
    expect(cloud.each(({ resourceGroupId }) => resourceGroupId)).toEqual(["rg-new"]);
  });

  it("changes everything at once, and no address", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28 });
    const { id, addresses } = cloud.segment;
    await segment.up({ eipMask: 28, bandwidth: 50, resourceGroupId: "rg-new", tags: { team: "edge" } });
    expect(cloud.segment.id).toBe(id);
    expect(cloud.segment.addresses.map(({ ipAddress }) => ipAddress)).toEqual(
      addresses.map(({ ipAddress }) => ipAddress),
    );
    expect(segment.state).toMatchObject({
      bandwidth: 50,
      resourceGroupId: "rg-new",
      tags: { team: "edge" },
      status: "Allocated",
    });
  });

  it("sets no ownership tag where eipSegment:ownershipTag is false", async () => {
    const segment = new DeclaredSegment(cloud, { "eipSegment:ownershipTag": "false" });
    await segment.up({ eipMask: 28 });
    await segment.up({ eipMask: 28, tags: { team: "edge" } });
    expect(cloud.each(({ tags }) => tags)).toEqual([{ team: "edge" }]);
  });
});

describe("an update that fails half-way", () => {
  const failing = { kind: "error", code: "InsufficientBalance.Eip" } as const;

  /** A segment of 10 Mbit/s whose last EIP will not take another bandwidth. */
  async function refusedForTheLast(): Promise<{ segment: DeclaredSegment; last: string }> {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, bandwidth: 10 });
    const last = cloud.segment.addresses.at(-1)?.allocationId ?? "";
    const match = { AllocationId: last };
    cloud.simulator.addFault({ ...failing, action: "ModifyEipAddressAttribute", match });
    return { segment, last };
  }

  it("says what failed and what to do, and keeps everything the state knew", async () => {
    const { segment, last } = await refusedForTheLast();
    const { cidrBlock, addresses } = segment.state;
    await expect(segment.up({ eipMask: 28, bandwidth: 20 })).rejects.toThrow(
      `Changing the bandwidth of the EIP failed (${last}): the account does not have enough balance. Top the account up, then run the command again. [InsufficientBalance.Eip, RequestId`,
    );
    expect(segment.state).toMatchObject({ cidrBlock, addresses });
    expect(segment.failed).toBe(true);
  });

  it.each([
    ["the next up", false],
    ["the next up, also when a refresh cleared the engine's mark before it", true],
  ])("is finished by %s, which changes only the rest", async (_, refreshed) => {
    const { segment } = await refusedForTheLast();
    await expect(segment.up({ eipMask: 28, bandwidth: 20 })).rejects.toThrow("InsufficientBalance.Eip");
    const rest = cloud.segment.addresses.filter(({ bandwidth }) => bandwidth === 10).length;
    expect(rest).toBeGreaterThan(0);
    expect(rest).toBeLessThan(16);

    if (refreshed) {
      await segment.refresh();
    }
    expect((await segment.preview({ eipMask: 28, bandwidth: 20 })).step).toBe("update");
    const asked = cloud.simulator.log.length;
    await segment.up({ eipMask: 28, bandwidth: 20 });
    expect(cloud.each(({ bandwidth }) => bandwidth)).toEqual([20]);
    expect(countOf("ModifyEipAddressAttribute", asked)).toBe(rest);
    expect((await segment.preview({ eipMask: 28, bandwidth: 20 })).step).toBe("same");
  });

  it("is taken back by an up with the old program", async () => {
    const { segment } = await refusedForTheLast();
    await expect(segment.up({ eipMask: 28, bandwidth: 20 })).rejects.toThrow("InsufficientBalance.Eip");
    await segment.up({ eipMask: 28, bandwidth: 10 });
    expect(cloud.each(({ bandwidth }) => bandwidth)).toEqual([10]);
  });

  it("is finished for tags as well", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 27, tags: { old: "1" } });
    cloud.simulator.addFault({ kind: "error", code: "Forbidden.RAM", action: "TagResources" });
    await expect(segment.up({ eipMask: 27, tags: { new: "1" } })).rejects.toThrow("vpc:TagResources");
    await segment.up({ eipMask: 27, tags: { new: "1" } });
    expect(tagsOfAll()).toEqual([{ new: "1" }]);
  });

  it("can be destroyed", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28 });
    cloud.simulator.addFault({ ...failing, action: "ModifyEipAddressAttribute" });
    await expect(segment.up({ eipMask: 28, bandwidth: 20 })).rejects.toThrow("InsufficientBalance.Eip");
    await segment.destroy();
    expect(cloud.simulator.segments()).toEqual([]);
  });
});

describe("an EIP that cannot be changed now", () => {
  it("is waited for while it is being associated", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28 });
    cloud.simulator.setProgression({ kind: "time", allocateMs: 0, releaseMs: 0, associateMs: Infinity });
    const AllocationId = cloud.segment.addresses[3]?.allocationId;
    await cloud.outside("AssociateEipAddress", { AllocationId, InstanceId: "i-1" });
    const update = segment.up({ eipMask: 28, bandwidth: 20 });
    const refusals = () => cloud.simulator.log.filter(({ code }) => code === "IncorrectEipStatus");
    while (refusals().length === 0) await delay(5);
    cloud.simulator.setProgression({ kind: "immediate" });
    await update;
    expect(cloud.each(({ bandwidth }) => bandwidth)).toEqual([20]);
  });

  it("is named with the Internet Shared Bandwidth instance it is in", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28 });
    const { allocationId, ipAddress } = cloud.segment.addresses[3] ?? { allocationId: "", ipAddress: "" };
    await cloud.outside("AddCommonBandwidthPackageIp", {
      BandwidthPackageId: "cbwp-1",
      IpInstanceId: allocationId,
    });
    cloud.simulator.addFault({
      kind: "error",
      code: "OperationDenied",
      action: "ModifyEipAddressAttribute",
      match: { AllocationId: allocationId },
    });
    await expect(segment.up({ eipMask: 28, bandwidth: 20 })).rejects.toThrow(
      `The EIP ${ipAddress} is in the Internet Shared Bandwidth instance cbwp-1: remove it from that instance.`,
    );
  });
});
