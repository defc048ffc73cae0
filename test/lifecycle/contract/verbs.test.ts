import verbs from "../../../provider/handlers";
import { configOf } from "../../unit/settings/support/config-of";
import { useCloud } from "./support/cloud";

const cloud = useCloud({ progression: { kind: "immediate" } });

it("the verbs that stored providers load manage a segment with the stack's configuration", async () => {
  const { ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY } = cloud.simulator.environment;
  const config = configOf({
    "alicloud:region": "cn-hangzhou",
    "alicloud:accessKey": ALICLOUD_ACCESS_KEY,
    "alicloud:secretKey": ALICLOUD_SECRET_KEY,
    "alicloud:endpoints": [{ vpc: cloud.simulator.endpoint, sts: cloud.simulator.endpoint }],
  });
  const urn = "urn:pulumi:test::contract::pulumi-nodejs:dynamic/alicloud:EipSegment::segment";
  const __origin = { organization: "organization", urn, checkpoint: { readable: true, held: [] } };
  const { inputs, failures } = await verbs.check(config, {}, { eipMask: 28, __provider: "text", __origin });
  expect(failures).toEqual([]);
  const { id, outs } = await verbs.create(config, { ...inputs, __provider: "text" });
  expect(cloud.segment).toMatchObject({ id, mask: 28, regionId: "cn-hangzhou" });
  expect(await verbs.diff(config, id, outs, inputs)).toMatchObject({ changes: false, replaces: [] });
  const updated = await verbs.update(config, id, outs, { ...inputs, bandwidth: 50 });
  expect(cloud.each(({ bandwidth }) => bandwidth)).toEqual([50]);
  expect(await verbs.read(config, id, updated.outs)).toMatchObject({ id, props: { bandwidth: 50 } });
  // A deletion comes from another process than the creation, unless something is wrong.
  await expect(verbs.delete(config, id, updated.outs)).rejects.toThrow(
    `Segment ${id} was not released: this run allocated or recovered it`,
  );
  expect(cloud.simulator.segments()).toHaveLength(1);
});
