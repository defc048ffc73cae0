import * as alicloud from "@pulumi/alicloud";
import * as pulumi from "@pulumi/pulumi";
import { EipSegment } from "pulumi-alicloud-eip-segment";

const config = new pulumi.Config();

/** An enhanced NAT gateway that exists already, in the same region as the segment. */
const gateway = alicloud.vpc.NatGateway.get("gateway", config.require("natGatewayId"));

const segment = new EipSegment("egress", { eipMask: 28, internetChargeType: "PayByTraffic", bandwidth: 200 });

const associations = [0, 1, 2, 3].map(
  (index) =>
    new alicloud.ecs.EipAssociation(`egress-${index}`, {
      allocationId: segment.addresses[index].allocationId,
      instanceId: gateway.id,
      instanceType: "Nat",
    }),
);

/** Addresses that the gateway has. */
export const egressIps = segment.addresses.apply((all) =>
  all.slice(0, associations.length).map(({ ipAddress }) => ipAddress),
);

// The cloud accepts an address in an entry only after it is associated with the gateway.
new alicloud.vpc.SnatEntry(
  "egress",
  {
    snatTableId: gateway.snatTableIds,
    sourceVswitchId: config.require("vswitchId"),
    snatIp: egressIps.apply((ips) => ips.join(",")),
  },
  { dependsOn: associations },
);
