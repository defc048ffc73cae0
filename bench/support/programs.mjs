/** Programs under measurement, each declaring `count` resources. */
export const PROGRAMS = {
  /** A dynamic provider that does nothing: what Pulumi itself takes. */
  empty: (count) => `const pulumi = require("@pulumi/pulumi");
const provider = { async create(inputs) { return { id: "empty", outs: inputs }; } };
class Empty extends pulumi.dynamic.Resource {
  constructor(name, props) { super(provider, name, props); }
}
for (let index = 0; index < ${count}; index += 1) new Empty("segment-" + index, { eipMask: 28 });`,

  segment: (count) => `const { EipSegment } = require("pulumi-alicloud-eip-segment");
for (let index = 0; index < ${count}; index += 1) new EipSegment("segment-" + index, { eipMask: 28 });`,

  /**
   * How widely used providers behave: allocate with a random token, wait 5 s, then describe each segment separately every
   * 3 s to 10 s, and after a throttled reply try again with a growing pause.
   */
  simple: (count) => `const pulumi = require("@pulumi/pulumi");
const provider = {
  async create(inputs) {
    const { randomUUID } = require("node:crypto");
    const RPCClient = require("@alicloud/pop-core");
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const client = new RPCClient({
      accessKeyId: process.env.ALICLOUD_ACCESS_KEY,
      accessKeySecret: process.env.ALICLOUD_SECRET_KEY,
      endpoint: process.env.ALIBABA_CLOUD_ENDPOINT_VPC,
      apiVersion: "2016-04-28",
    });
    const RegionId = process.env.ALICLOUD_REGION;
    const call = async (action, params) => {
      for (let pause = 3500; ; pause = Math.min(15000, pause * 1.5)) {
        try {
          return await client.request(action, { RegionId, ...params }, { method: "POST", timeout: 10000 });
        } catch (error) {
          if (!String(error.code).includes("Throttling")) throw error;
          await sleep(pause);
        }
      }
    };
    const ClientToken = randomUUID();
    const { EipSegmentInstanceId } = await call("AllocateEipSegmentAddress", { EipMask: "28", ClientToken });
    await sleep(5000);
    for (let pause = 3000; ; pause = Math.min(10000, pause * 1.5)) {
      const { EipSegments } = await call("DescribeEipSegment", { SegmentInstanceId: EipSegmentInstanceId });
      if (EipSegments.EipSegment[0]?.Status === "Allocated") return { id: EipSegmentInstanceId, outs: inputs };
      await sleep(pause);
    }
  },
};
class Simple extends pulumi.dynamic.Resource {
  constructor(name, props) { super(provider, name, props); }
}
for (let index = 0; index < ${count}; index += 1) new Simple("segment-" + index, { eipMask: 28 });`,
};
