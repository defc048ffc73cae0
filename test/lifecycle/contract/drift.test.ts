import { useCloud } from "./support/cloud";
import { DeclaredSegment, type Written } from "./support/declared-segment";

const cloud = useCloud();
const written: Written = { eipMask: 28, bandwidth: 50, resourceGroupId: "rg-edge", tags: { team: "edge" } };

const idOf = (index: number): string => cloud.segment.addresses[index]?.allocationId ?? "";
const allIds = (): string[] => cloud.segment.addresses.map(({ allocationId }) => allocationId);

async function segmentOf(program: Written): Promise<DeclaredSegment> {
  const segment = new DeclaredSegment(cloud);
  await segment.up(program);
  return segment;
}

async function setBandwidth(allocationIds: readonly string[], bandwidth: number): Promise<void> {
  for (const AllocationId of allocationIds) {
    await cloud.outside("ModifyEipAddressAttribute", { AllocationId, Bandwidth: String(bandwidth) });
  }
}

const tag = (allocationIds: readonly string[], Key: string, Value: string) =>
  cloud.outside("TagResources", { ResourceType: "EIP", ResourceId: allocationIds, Tag: [{ Key, Value }] });

describe("a refresh without drift changes neither state nor inputs", () => {
  it.each<[string, (segment: DeclaredSegment) => Promise<unknown>]>([
    ["right after an up", () => Promise.resolve()],
    [
      "after associations",
      () => cloud.outside("AssociateEipAddress", { AllocationId: idOf(2), InstanceId: "i-1" }),
    ],
    [
      "while an EIP is in a shared-bandwidth package",
      () =>
        cloud.outside("AddCommonBandwidthPackageIp", { BandwidthPackageId: "cbwp-1", IpInstanceId: idOf(2) }),
    ],
    [
      "after deletion protection was switched on",
      () =>
        cloud.outside("DeletionProtection", { InstanceId: idOf(2), Type: "EIP", ProtectionEnable: "true" }),
    ],
    [
      "after an EIP got a name",
      () => cloud.outside("ModifyEipAddressAttribute", { AllocationId: idOf(2), Name: "gateway" }),
    ],
  ])("%s", async (_, change) => {
    const segment = await segmentOf(written);
    const before = { state: segment.state, inputs: segment.inputs };
    await change(segment);
    expect(await segment.refresh()).toBe(true);
    expect({ state: segment.state, inputs: segment.inputs }).toEqual(before);
    expect(segment.notices).toEqual([]);
    expect((await segment.preview(written)).step).toBe("same");
  });
});

describe("what was changed outside shows in a refresh and is set back by the next up", () => {
  const rows: [string, () => Promise<unknown>, object][] = [
    ["the bandwidth of every EIP", () => setBandwidth(allIds(), 80), { bandwidth: 80 }],
    ["the bandwidth of one EIP", () => setBandwidth([idOf(5)], 80), { bandwidth: 80 }],
    ["a tag changed on every EIP", () => tag(allIds(), "team", "core"), { tags: { team: "core" } }],
    ["a tag changed on one EIP", () => tag([idOf(5)], "team", "core"), { tags: { team: "core" } }],
    ["a tag added to one EIP", () => tag([idOf(5)], "cost", "42"), { tags: { team: "edge", cost: "42" } }],
    [
      "a tag removed from one EIP",
      () => cloud.outside("UnTagResources", { ResourceType: "EIP", ResourceId: [idOf(5)], TagKey: ["team"] }),
      { tags: {} },
    ],
    [
      "one EIP moved to another resource group",
      () =>
        cloud.outside("MoveResourceGroup", {
          ResourceType: "EIP",
          ResourceId: idOf(5),
          NewResourceGroupId: "rg-x",
        }),
      { resourceGroupId: "rg-x" },
    ],
  ];

  it.each(rows)("%s", async (_, change, drifted) => {
    const segment = await segmentOf(written);
    await change();
    await segment.refresh();
    expect(segment.state).toMatchObject(drifted);
    expect(segment.inputs).toEqual({ ...segment.inputs, ...drifted });
    expect(await segment.preview(written)).toEqual(expect.objectContaining({ step: "update", replaces: [] }));

    await segment.up(written);
    const same = { bandwidth: 50, resourceGroupId: "rg-edge", team: "edge", cost: undefined };
    expect(
      cloud.each(({ bandwidth, resourceGroupId, tags }) => ({
        bandwidth,
        resourceGroupId,
        team: tags.team,
        cost: tags.cost,
      })),
    ).toEqual([same]);
    await segment.refresh();
    expect((await segment.preview(written)).step).toBe("same");
  });

  it("a mixed set, however often it is refreshed", async () => {
    const segment = await segmentOf(written);
    await setBandwidth([idOf(0), idOf(7)], 80);
    await setBandwidth([idOf(1)], 90);
    for (let time = 0; time < 3; time++) {
      await segment.refresh();
      expect((await segment.preview(written)).step).toBe("update");
    }
    await segment.up(written);
    expect(cloud.each(({ bandwidth }) => bandwidth)).toEqual([50]);
  });

  it("accepted into the program it is no change any more", async () => {
    const segment = await segmentOf(written);
    await setBandwidth(allIds(), 80);
    await segment.refresh();
    expect((await segment.preview({ ...written, bandwidth: 80 })).step).toBe("same");
  });
});

describe("what the program does not set", () => {
  it("does not drift into the inputs, and shows in the outputs", async () => {
    const segment = await segmentOf({ eipMask: 28 });
    const { inputs } = segment;
    await setBandwidth(allIds(), 80);
    await tag(allIds(), "team", "core");
    await segment.refresh();
    expect(segment.inputs).toEqual(inputs);
    expect(segment.state.bandwidth).toBe(80);
    expect((await segment.preview({ eipMask: 28 })).step).toBe("same");
  });

  it("drifts only in words when it would take another segment", async () => {
    const segment = await segmentOf({ eipMask: 28 });
    const program = { eipMask: 28, isp: "ChinaTelecom" };
    // As when the cloud came to spell the line of a segment otherwise than the program does.
    for (const known of [segment.state, segment.state.__inputs as object, segment.inputs]) {
      Object.assign(known, { isp: "ChinaTelecom" });
    }
    const inputs = { ...segment.inputs };
    await segment.refresh();
    expect(segment.notices).toEqual([
      `Segment ${segment.id ?? ""}: isp is BGP in the cloud, not ChinaTelecom. Only a replacement can change it: run \`pulumi up --replace\` with its URN if you can lose the addresses.`,
    ]);
    expect(segment.inputs).toEqual(inputs);
    expect((await segment.preview(program)).step).toBe("same");
  });
});
