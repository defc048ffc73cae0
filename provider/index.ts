export { EipSegment } from "./resource/eip-segment";
export type {
  EipSegmentArgs,
  InternetChargeType,
  Isp,
  Netmode,
  SegmentAddress,
} from "./resource/eip-segment-args";
