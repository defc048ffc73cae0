import { useCloud } from "./support/cloud";
import { DeclaredSegment } from "./support/declared-segment";

const cloud = useCloud();

describe("a preview warns", () => {
  it("of a misspelt configuration key that only @pulumi/alicloud could know", async () => {
    const segment = new DeclaredSegment(cloud, { "alicloud:regoin": "cn-beijing" });
    await segment.preview({ eipMask: 28 });
    expect(segment.notices).toEqual([
      "The configuration key alicloud:regoin has no effect on EIP segments: did you mean alicloud:region?",
    ]);
  });

  it("of a segment that exceeds an account's aggregate bandwidth, when it is created or its bandwidth changes", async () => {
    const segment = new DeclaredSegment(cloud);
    const written = { eipMask: 24, internetChargeType: "PayByTraffic" };
    await segment.preview({ ...written, bandwidth: 20 });
    expect(segment.notices).toEqual([
      "256 EIPs with 20 Mbit/s have 5120 Mbit/s together, more than the 5000 Mbit/s that an account has by default in a region " +
        "with PayByTraffic. Request a higher limit, lower bandwidth, or use a smaller segment.",
    ]);
    await segment.up({ ...written, bandwidth: 19 });
    expect(segment.notices).toEqual([]);
    await segment.preview({ ...written, bandwidth: 20 });
    expect(segment.notices).toHaveLength(1);
    await segment.up({ ...written, bandwidth: 20 });
    await segment.preview({ ...written, bandwidth: 20 });
    expect(segment.notices).toEqual([]);
  });

  it("of neither where a value is not known yet", async () => {
    const segment = new DeclaredSegment(cloud);
    await segment.preview({ eipMask: 24, bandwidth: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" });
    expect(segment.notices).toEqual([]);
  });
});
