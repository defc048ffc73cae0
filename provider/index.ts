export { EipSegment } from "./resource/eip-segment";
export type {
  EipSegmentArgs,
  InternetChargeType,
  Isp,
  Netmode,
  SegmentAddress,
} from "./resource/eip-segment-args";
export { getEipSegment, getEipSegmentOutput } from "./resource/get-eip-segment";
export type {
  GetEipSegmentArgs,
  GetEipSegmentOutputArgs,
  GetEipSegmentResult,
} from "./resource/get-eip-segment";
