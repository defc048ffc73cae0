import { apiError } from "../api-error";
import { type Operation, vpcVersion } from "../operation";
import { regions, zoneIds } from "../regions";

/** DescribeZones: the zones of a region, named in Chinese unless AcceptLanguage is en-US. */
export const describeZones: Operation = {
  version: vpcVersion,
  required: ["RegionId"],
  run: ({ parameters, regionId }) => {
    const region = regions.get(regionId ?? "");
    if (region === undefined) throw apiError("Forbidden.RegionNotFound");
    const isEnglish = parameters.filled("AcceptLanguage")?.toLowerCase() === "en-us";
    return {
      Zones: {
        Zone: zoneIds(region).map((ZoneId) => ({
          ZoneId,
          LocalName: `${isEnglish ? `${region.name} Zone` : `${region.chineseName} 可用区`} ${ZoneId.slice(-1).toUpperCase()}`,
          ZoneType: "AvailabilityZone",
        })),
      },
    };
  },
};
