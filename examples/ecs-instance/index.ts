import * as alicloud from "@pulumi/alicloud";
import * as pulumi from "@pulumi/pulumi";
import { EipSegment } from "pulumi-alicloud-eip-segment";

/** An ECS instance that exists already, in the same region as the segment. */
const instanceId = new pulumi.Config().require("instanceId");

const segment = new EipSegment("public", { eipMask: 28 });
const first = segment.addresses[0];

new alicloud.ecs.EipAssociation("web", {
  allocationId: first.allocationId,
  instanceId,
  instanceType: "EcsInstance",
});

export const publicIp = first.ipAddress;
