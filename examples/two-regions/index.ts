import { EipSegment } from "pulumi-alicloud-eip-segment";

const segmentIn = (regionId: string) => new EipSegment(`egress-${regionId}`, { eipMask: 28, regionId });

export const hangzhou = segmentIn("cn-hangzhou").cidrBlock;
export const singapore = segmentIn("ap-southeast-1").cidrBlock;
