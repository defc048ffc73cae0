import * as alicloud from "@pulumi/alicloud";
import * as pulumi from "@pulumi/pulumi";
import { EipSegment } from "pulumi-alicloud-eip-segment";

/** An internal-facing CLB instance that exists already, in the same region as the segment. */
const loadBalancerId = new pulumi.Config().require("loadBalancerId");

const segment = new EipSegment("ingress", {
  eipMask: 28,
  internetChargeType: "PayByTraffic",
  bandwidth: 100,
});
const first = segment.addresses[0];

new alicloud.ecs.EipAssociation("balancer", {
  allocationId: first.allocationId,
  instanceId: loadBalancerId,
  instanceType: "SlbInstance",
});

export const publicIp = first.ipAddress;
