import { useCloud } from "./support/cloud";
import { DeclaredSegment, type Written } from "./support/declared-segment";

const cloud = useCloud({ resourceGroups: "any" });

/** Buys a segment as the console, Terraform or the official provider would; answers its id. */
async function foreign(parameters: Record<string, string> = {}): Promise<string> {
  const { EipSegmentInstanceId } = await cloud.outside("AllocateEipSegmentAddress", {
    EipMask: "28",
    ...parameters,
  });
  return String(EipSegmentInstanceId);
}

describe("adopt", () => {
  it("takes an existing segment over with every setting as it is, and changes nothing but the ownership tag", async () => {
    const adopt = await foreign({ Bandwidth: "50", Zone: "cn-hangzhou-b", ResourceGroupId: "rg-edge" });
    const before = cloud.segment;
    const segment = new DeclaredSegment(cloud);
    const asked = cloud.simulator.log.length;
    const program: Written = {
      eipMask: 28,
      bandwidth: "50",
      zone: "cn-hangzhou-b",
      resourceGroupId: "rg-edge",
      internetChargeType: "PayByBandwidth",
      isp: "BGP",
      netmode: "public",
      adopt,
    };
    await segment.up(program);
    expect(segment.id).toBe(adopt);
    expect(cloud.writesSince(asked)).toEqual(["TagResources"]);
    expect(segment.state).toMatchObject({
      cidrBlock: before.cidrBlock,
      ipCount: 16,
      clientToken: "",
      bandwidth: 50,
    });
    expect(segment.state).not.toHaveProperty("__abandoned");
    expect(cloud.each(({ tags }) => tags)).toEqual([{ "pulumi-eip-segment": segment.inputs.clientToken }]);
  });

  it("is without a change afterwards, and may be removed without one", async () => {
    const adopt = await foreign();
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, adopt });
    expect((await segment.preview({ eipMask: 28, adopt })).step).toBe("same");
    expect(await segment.up({ eipMask: 28 })).toBe("same");
    await segment.refresh();
    expect((await segment.preview({ eipMask: 28 })).step).toBe("same");
    expect((await segment.preview({ eipMask: 28, adopt })).step).toBe("same");
  });

  it("asks the cloud nothing in a preview", async () => {
    const adopt = await foreign();
    const asked = cloud.simulator.log.length;
    expect((await new DeclaredSegment(cloud).preview({ eipMask: 28, adopt })).step).toBe("create");
    expect(cloud.actionsSince(asked)).toEqual([]);
  });

  it("hands a segment over that can then be updated, replaced and destroyed like any other", async () => {
    const adopt = await foreign();
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, adopt });
    await segment.up({ eipMask: 28, bandwidth: 50, tags: { team: "edge" } });
    expect(cloud.each(({ bandwidth, tags }) => [bandwidth, tags.team])).toEqual([[50, "edge"]]);
    expect(await segment.up({ eipMask: 27 })).toBe("replace");
    expect(cloud.segment).toMatchObject({ id: segment.id, mask: 27 });
    expect(segment.id).not.toBe(adopt);
    await segment.destroy();
    expect(cloud.simulator.segments()).toEqual([]);
  });

  it("takes over a segment whose addresses are in use", async () => {
    const adopt = await foreign();
    const AllocationId = cloud.segment.addresses[2]?.allocationId;
    await cloud.outside("AssociateEipAddress", { AllocationId, InstanceId: "i-1" });
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, adopt });
    expect(segment.id).toBe(adopt);
  });

  it("finishes an interrupted adoption with the next up", async () => {
    const adopt = await foreign();
    const tags = { team: "edge" };
    for (const { allocationId } of cloud.segment.addresses) {
      await cloud.outside("TagResources", {
        ...{ ResourceType: "EIP", "ResourceId.1": allocationId },
        ...{ "Tag.1.Key": "team", "Tag.1.Value": "edge" },
      });
    }
    const segment = new DeclaredSegment(cloud);
    cloud.simulator.addFault({ kind: "error", code: "NumberExceed.Tags", action: "TagResources" });
    await expect(segment.up({ eipMask: 28, adopt, tags })).rejects.toThrow("NumberExceed.Tags");
    expect(segment.id).toBe(adopt);
    expect(await segment.up({ eipMask: 28, adopt, tags })).toBe("update");
    expect((await segment.preview({ eipMask: 28, adopt, tags })).step).toBe("same");
  });
});

describe("adopt of a segment whose EIPs differ among themselves", () => {
  let adopt: string;

  beforeEach(async () => {
    adopt = await foreign({ Bandwidth: "50" });
    const AllocationId = cloud.segment.addresses[3]?.allocationId;
    await cloud.outside("ModifyEipAddressAttribute", { AllocationId, Bandwidth: "80" });
  });

  it("leaves the bandwidths as they are while none is written, and says so", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, adopt });
    expect(segment.notices).toContain(
      `The EIPs of segment ${adopt} have different bandwidths and keep them. Set bandwidth to give every EIP the same.`,
    );
    expect(cloud.each(({ bandwidth }) => bandwidth)).toEqual([50, 80]);
    expect((await segment.preview({ eipMask: 28, adopt })).step).toBe("same");
    await segment.refresh();
    expect((await segment.preview({ eipMask: 28 })).step).toBe("same");
  });

  it("sets all alike once a bandwidth is written", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, adopt });
    expect(await segment.up({ eipMask: 28, bandwidth: 80 })).toBe("update");
    expect(cloud.each(({ bandwidth }) => bandwidth)).toEqual([80]);
  });

  it("is refused with a written bandwidth, and the way on", async () => {
    await cloud.outside("TagResources", {
      ResourceType: "EIP",
      ResourceId: [cloud.segment.addresses[0]?.allocationId],
      Tag: [{ Key: "team", Value: "edge" }],
    });
    const segment = new DeclaredSegment(cloud);
    await expect(segment.up({ eipMask: 28, bandwidth: 50, tags: {}, adopt })).rejects.toThrow(
      'bandwidth is 50 and 80, not 50; tags are {"team":"edge"} and {}, not {}. Declare what the segment has; change it with another `pulumi up` after the adoption. ' +
        "Its EIPs differ in bandwidth and tags: omit them during the adoption, and set them afterwards to give every EIP the same.",
    );
    expect(cloud.each(({ bandwidth }) => bandwidth)).toEqual([50, 80]);
  });
});

describe("adopt is refused, and nothing is changed", () => {
  async function refusal(written: Written, config: Record<string, string> = {}): Promise<string> {
    const asked = cloud.simulator.log.length;
    const segment = new DeclaredSegment(cloud, config);
    const message = await segment.up(written).then(
      () => "",
      (error: unknown) => (error as Error).message,
    );
    expect(cloud.writesSince(asked)).toEqual([]);
    expect(segment.id).toBeUndefined();
    return message;
  }

  it("where settings differ, with all of them together", async () => {
    const adopt = await foreign({
      EipMask: "27",
      Bandwidth: "50",
      InternetChargeType: "PayByTraffic",
      Isp: "ChinaTelecom",
    });
    expect(await refusal({ eipMask: 28, adopt, resourceGroupId: "rg-edge", tags: { team: "edge" } })).toBe(
      `Segment ${adopt} cannot be adopted as declared, and nothing was changed: eipMask is 27, not 28; bandwidth is 50, not 5; ` +
        "internetChargeType is PayByTraffic, not PayByBandwidth; isp is ChinaTelecom, not BGP; resourceGroupId is rg-acfmsimulator00, not rg-edge; " +
        'tags are {}, not {"team":"edge"}. Declare what the segment has; change it with another `pulumi up` after the adoption.',
    );
  });

  it("where the segment is in another region", async () => {
    const adopt = await foreign();
    expect(await refusal({ eipMask: 28, adopt, regionId: "cn-beijing" })).toContain(
      `adopt is "${adopt}", but cn-beijing has no such segment that these credentials can see. Correct adopt or regionId, or use the segment's account.`,
    );
  });

  it("where there is no such segment", async () => {
    expect(await refusal({ eipMask: 28, adopt: "eipsg-bp1missing" })).toContain("no such segment");
  });

  it("where the segment is being released", async () => {
    const adopt = await foreign();
    cloud.simulator.setProgression({ kind: "time", allocateMs: 0, releaseMs: Infinity });
    await cloud.outside("ReleaseEipSegmentAddress", { SegmentInstanceId: adopt });
    expect(await refusal({ eipMask: 28, adopt })).toContain(
      `adopt is "${adopt}", but that segment is being released. Correct adopt, or remove it to allocate a new segment.`,
    );
  });

  it("where the id is none of a segment", async () => {
    expect(await refusal({ eipMask: 28, adopt: "eip-123" })).toBe(
      'adopt is "eip-123", but it must be the id of a segment: eipsg- and lower-case letters or digits. Correct the program; nothing was sent to the cloud.',
    );
  });
});

describe("adopt after creation", () => {
  it("of another segment fails together with every other fault", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28 });
    await expect(segment.preview({ eipMask: 99, adopt: "eipsg-other" })).rejects.toThrow(
      /^eipMask is 99,[^]*\nadopt is "eipsg-other", but this resource already has segment eipsg-/,
    );
  });

  it("of another segment is an error", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28 });
    const { id = "" } = segment;
    await expect(segment.preview({ eipMask: 28, adopt: "eipsg-other" })).rejects.toThrow(
      `adopt is "eipsg-other", but this resource already has segment ${id}. Remove adopt, or declare another resource for the other segment.`,
    );
  });

  it("while another input replaces the segment is an error", async () => {
    const adopt = await foreign();
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, adopt });
    await expect(segment.up({ eipMask: 27, adopt })).rejects.toThrow(/^adopt is "eipsg-[^]*Remove adopt/);
    expect(cloud.segment.id).toBe(adopt);
  });
});
