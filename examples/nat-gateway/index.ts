import * as alicloud from "@pulumi/alicloud";
import * as pulumi from "@pulumi/pulumi";
import { EipSegment } from "pulumi-alicloud-eip-segment";

const config = new pulumi.Config();

/** An enhanced NAT gateway that exists already. */
const natGatewayId = config.require("natGatewayId");

const segment = new EipSegment("egress", {
  eipMask: 28,
  internetChargeType: "PayByTraffic",
  bandwidth: 200,
});

/** How many of the segment's addresses the gateway gets. */
const addressCount = 4;

const associations = Array.from(
  { length: addressCount },
  (_, index) =>
    new alicloud.ecs.EipAssociation(`egress-${index}`, {
      allocationId: segment.addresses.apply((all) => {
        const address = all[index];
        if (address === undefined) {
          throw new Error(`The segment has only ${all.length} addresses; address ${index} was asked for.`);
        }
        return address.allocationId;
      }),
      instanceId: natGatewayId,
      instanceType: "Nat",
    }),
);

export const cidrBlock = segment.cidrBlock;
export const associated = associations.map((association) => association.allocationId);
