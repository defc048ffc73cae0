import { useCloud } from "./support/cloud";
import { DeclaredSegment } from "./support/declared-segment";

const other = {
  accountId: "6543210987654321",
  accessKeyId: "other-access-key-id",
  accessKeySecret: "other-access-key-secret",
};
const cloud = useCloud({
  accounts: [
    {
      accountId: "1234567890123456",
      accessKeyId: "simulator-access-key-id",
      accessKeySecret: "simulator-access-key-secret",
    },
    other,
  ],
});

async function made(): Promise<DeclaredSegment> {
  const segment = new DeclaredSegment(cloud);
  await segment.up({ eipMask: 28 });
  return segment;
}

describe("a segment released outside", () => {
  it("is gone after a refresh, and made anew by the next up", async () => {
    const segment = await made();
    const { id } = segment;
    await cloud.outside("ReleaseEipSegmentAddress", { SegmentInstanceId: id });
    expect(await segment.refresh()).toBe(false);
    expect(await segment.up({ eipMask: 28 })).toBe("create");
    expect(cloud.segment.id).toBe(segment.id);
    expect(segment.id).not.toBe(id);
  });

  it("is destroyed without an error", async () => {
    const segment = await made();
    await cloud.outside("ReleaseEipSegmentAddress", { SegmentInstanceId: segment.id });
    await segment.destroy();
    expect(segment.id).toBeUndefined();
  });

  it("fails an update with the command that finds out", async () => {
    const segment = await made();
    await cloud.outside("ReleaseEipSegmentAddress", { SegmentInstanceId: segment.id });
    await expect(segment.up({ eipMask: 28, bandwidth: 20 })).rejects.toThrow("pulumi refresh");
  });
});

describe("a segment turned into a public IP address pool", () => {
  async function turned(): Promise<{ segment: DeclaredSegment; notice: string }> {
    const segment = await made();
    const { PublicIpAddressPoolId: pool } = await cloud.outside("TransformEipSegmentToPublicIpAddressPool", {
      InstanceId: segment.id,
    });
    const notice = `Segment ${segment.id ?? ""} was migrated to the public IP address pool ${String(pool)}: its addresses are part of that pool now, and this resource can no longer manage them.`;
    return { segment, notice };
  }

  it("is named by a refresh, and neither dropped nor made anew", async () => {
    const { segment, notice } = await turned();
    const { state, inputs } = segment;
    expect(await segment.refresh()).toBe(true);
    expect(segment.notices).toEqual([expect.stringContaining(notice)]);
    expect({ state: segment.state, inputs: segment.inputs }).toEqual({ state, inputs });
    expect((await segment.preview({ eipMask: 28 })).step).toBe("same");
  });

  it("is named by an update, which leaves the record as it was", async () => {
    const { segment, notice } = await turned();
    const { state, inputs } = segment;
    await expect(segment.up({ eipMask: 28, bandwidth: 60 })).rejects.toThrow(notice);
    expect({ state: segment.state, inputs: segment.inputs }).toEqual({ state, inputs });
    expect((await segment.preview({ eipMask: 28 })).step).toBe("same");
  });

  it("is named by a replacement, once the new segment is there", async () => {
    const { segment, notice } = await turned();
    await expect(segment.up({ eipMask: 27 })).rejects.toThrow(notice);
    expect(cloud.simulator.segments().map(({ mask }) => mask)).toEqual([27]);
    expect(cloud.simulator.addresses()).toHaveLength(16 + 32);
  });

  it("is named by a destroy, which drops nothing", async () => {
    const { segment, notice } = await turned();
    await expect(segment.destroy()).rejects.toThrow(notice);
    expect(cloud.simulator.addresses()).toHaveLength(16);
  });
});

describe("a segment that cannot be seen is not gone", () => {
  const verbs: [string, (segment: DeclaredSegment) => Promise<unknown>][] = [
    ["refresh", (segment) => segment.refresh()],
    ["destroy", (segment) => segment.destroy()],
  ];

  it.each(verbs)("with the credentials of another account: %s", async (_, run) => {
    const segment = await made();
    segment.config["alicloud:accessKey"] = other.accessKeyId;
    segment.config["alicloud:secretKey"] = other.accessKeySecret;
    await expect(run(segment)).rejects.toThrow(
      `Segment ${segment.id ?? ""} belongs to account 1234567890123456, but the credentials are those of account 6543210987654321, which cannot see it.`,
    );
    expect(segment.id).toBe(cloud.segment.id);
  });

  it.each(
    ["InvalidRegionId.NotFound", "Forbidden.RegionNotFound", "InvalidProduct.NotFound"].flatMap((code) =>
      verbs.map(([verb, run]) => [code, verb, run] as const),
    ),
  )("where region or endpoint are not found (%s): %s", async (code, _, run) => {
    const segment = await made();
    cloud.simulator.addFault({ kind: "error", code, action: "*", times: 100 });
    await expect(run(segment)).rejects.toThrow(code);
    expect(segment.id).toBe(cloud.segment.id);
  });

  it("says so when the account could not be compared", async () => {
    const segment = await made();
    await cloud.outside("ReleaseEipSegmentAddress", { SegmentInstanceId: segment.id });
    cloud.simulator.addFault({
      kind: "error",
      code: "Forbidden.RAM",
      action: "GetCallerIdentity",
      times: 100,
    });
    expect(await segment.refresh()).toBe(false);
    expect(segment.notices.join()).toContain("account");
  });
});
