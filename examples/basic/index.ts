import * as pulumi from "@pulumi/pulumi";
import { EipSegment } from "pulumi-alicloud-eip-segment";

const config = new pulumi.Config();

const segment = new EipSegment("egress", {
  eipMask: config.getNumber("eipMask") ?? 28,
  bandwidth: 50,
  tags: { team: "edge" },
});

export const segmentId = segment.id;
export const cidrBlock = segment.cidrBlock;
export const addresses = segment.addresses.apply((all) => all.map(({ ipAddress }) => ipAddress));
