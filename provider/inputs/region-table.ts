/**
 * Regions in which the VPC API serves EIPs, as its regions page lists them. `bgpPro` marks those that sell the BGP (Multi-ISP)
 * Pro line; `requiredIsp` is the only line a region takes.
 *
 * A region that is missing here is no error: the cloud opens regions between two versions of this package.
 *
 * Source: the endpoints page and the AllocateEipSegmentAddress page of the VPC API, version 2016-04-28.
 */
export interface RegionRule {
  bgpPro?: true;
  requiredIsp?: string;
}

const plain: RegionRule = {};
const withBgpPro: RegionRule = { bgpPro: true };

export const regions: ReadonlyMap<string, RegionRule> = new Map([
  ["cn-qingdao", plain],
  ["cn-beijing", plain],
  ["cn-zhangjiakou", plain],
  ["cn-huhehaote", plain],
  ["cn-wulanchabu", plain],
  ["cn-hangzhou", plain],
  ["cn-shanghai", plain],
  ["cn-nanjing", plain],
  ["cn-fuzhou", plain],
  ["cn-wuhan-lr", plain],
  ["cn-shenzhen", plain],
  ["cn-heyuan", plain],
  ["cn-guangzhou", plain],
  ["cn-chengdu", plain],
  ["cn-zhongwei", plain],
  ["cn-zhengzhou-jva", plain],
  ["cn-hongkong", withBgpPro],
  ["cn-heyuan-acdr-1", plain],
  ["cn-hangzhou-finance", { requiredIsp: "BGP_FinanceCloud" }],
  ["cn-shanghai-finance-1", plain],
  ["cn-shenzhen-finance-1", plain],
  ["cn-beijing-finance-1", plain],
  ["cn-north-2-gov-1", plain],
  ["ap-northeast-1", withBgpPro],
  ["ap-northeast-2", plain],
  ["ap-southeast-1", withBgpPro],
  ["ap-southeast-2", plain],
  ["ap-southeast-3", withBgpPro],
  ["ap-southeast-5", withBgpPro],
  ["ap-southeast-6", withBgpPro],
  ["ap-southeast-7", withBgpPro],
  ["ap-southeast-8", plain],
  ["ap-south-1", plain],
  ["us-east-1", plain],
  ["us-west-1", plain],
  ["us-southeast-1", plain],
  ["na-south-1", plain],
  ["eu-central-1", plain],
  ["eu-west-1", plain],
  ["eu-west-2", plain],
  ["me-east-1", plain],
  ["me-central-1", plain],
]);

/** Regions that sell the BGP_PRO line. */
export const bgpProRegions: readonly string[] = [...regions]
  .filter(([, rule]) => rule.bgpPro)
  .map(([id]) => id);
