import { type Operation, vpcVersion } from "../operation";
import { regionEndpoint, regions } from "../regions";

/** DescribeRegions: the regions that still sell, named in Chinese unless AcceptLanguage is en-US. */
export const describeRegions: Operation = {
  version: vpcVersion,
  required: [],
  isGlobal: true,
  run: ({ parameters }) => {
    const isEnglish = parameters.filled("AcceptLanguage")?.toLowerCase() === "en-us";
    const rows = [...regions.values()].filter(({ closed }) => !closed);
    return {
      Regions: {
        Region: rows.map((region) => ({
          RegionId: region.regionId,
          LocalName: isEnglish ? region.name : region.chineseName,
          RegionEndpoint: regionEndpoint(region),
        })),
      },
    };
  },
};
