/** One region as the simulator knows it. */
export interface Region {
  readonly regionId: string;
  /** English name; the local name of DescribeRegions with AcceptLanguage en-US. */
  readonly name: string;
  readonly chineseName: string;
  /** Three characters that start the random part of the ids made in this region. */
  readonly code: string;
  /** Letters of the zones; a sample of the real ones. */
  readonly zones: string;
  /** True where BGP_PRO lines are sold. */
  readonly bgpPro: boolean;
  /** True for regions that no longer sell. */
  readonly closed: boolean;
}

type Flag = "bgpPro" | "closed";

/**
 * Region ids and the seven BGP_PRO regions as in the AllocateEipSegmentAddress page and the region tables
 * of the public SDKs; codes and zone letters follow published samples where there are any.
 */
const rows: readonly (readonly [string, string, string, string, string, Flag?])[] = [
  ["cn-qingdao", "China (Qingdao)", "华北1（青岛）", "m5e", "bc"],
  ["cn-beijing", "China (Beijing)", "华北2（北京）", "2ze", "abcdefghijkl"],
  ["cn-zhangjiakou", "China (Zhangjiakou)", "华北3（张家口）", "8vb", "abc"],
  ["cn-huhehaote", "China (Hohhot)", "华北5（呼和浩特）", "hp3", "ab"],
  ["cn-wulanchabu", "China (Ulanqab)", "华北6（乌兰察布）", "0jl", "abc"],
  ["cn-hangzhou", "China (Hangzhou)", "华东1（杭州）", "bp1", "abcdefghijk"],
  ["cn-shanghai", "China (Shanghai)", "华东2（上海）", "uf6", "abefglmn"],
  ["cn-nanjing", "China (Nanjing - Local Region)", "华东5（南京-本地地域）", "gc7", "a"],
  ["cn-fuzhou", "China (Fuzhou - Local Region)", "华东6（福州-本地地域）", "gw0", "a"],
  ["cn-wuhan-lr", "China (Wuhan - Local Region)", "华中1（武汉-本地地域）", "n4a", "a"],
  ["cn-shenzhen", "China (Shenzhen)", "华南1（深圳）", "wz9", "abcdef"],
  ["cn-heyuan", "China (Heyuan)", "华南2（河源）", "f8z", "ab"],
  ["cn-guangzhou", "China (Guangzhou)", "华南3（广州）", "7xv", "ab"],
  ["cn-chengdu", "China (Chengdu)", "西南1（成都）", "2vc", "ab"],
  ["cn-zhongwei", "China (Zhongwei)", "西北2（中卫）", "zw1", "a"],
  ["cn-zhengzhou-jva", "China (Zhengzhou)", "郑州（联通合营）", "zz1", "a"],
  ["cn-hongkong", "China (Hong Kong)", "中国香港", "j6c", "bcd", "bgpPro"],
  ["cn-heyuan-acdr-1", "China (Heyuan ACDR)", "河源专属云汽车合规", "hy1", "a"],
  ["cn-hangzhou-finance", "China East 1 Finance", "华东1 金融云", "bpf", "bg"],
  ["cn-shanghai-finance-1", "China East 2 Finance", "华东2 金融云", "uff", "bg"],
  ["cn-shenzhen-finance-1", "China South 1 Finance", "华南1 金融云", "wzf", "de"],
  [
    "cn-beijing-finance-1",
    "China North 2 Finance (invitational preview)",
    "华北2 金融云（邀测）",
    "2zf",
    "kl",
  ],
  ["cn-north-2-gov-1", "China North 2 Ali Gov 1", "华北2 阿里政务云1", "2zg", "b"],
  ["ap-northeast-1", "Japan (Tokyo)", "日本（东京）", "6we", "abc", "bgpPro"],
  ["ap-northeast-2", "South Korea (Seoul)", "韩国（首尔）", "mj7", "a"],
  ["ap-southeast-1", "Singapore", "新加坡", "t4n", "abc", "bgpPro"],
  ["ap-southeast-2", "Australia (Sydney)", "澳大利亚（悉尼）", "p0w", "ab", "closed"],
  ["ap-southeast-3", "Malaysia (Kuala Lumpur)", "马来西亚（吉隆坡）", "8ps", "ab", "bgpPro"],
  ["ap-southeast-5", "Indonesia (Jakarta)", "印度尼西亚（雅加达）", "k1a", "abc", "bgpPro"],
  ["ap-southeast-6", "Philippines (Manila)", "菲律宾（马尼拉）", "5ts", "a", "bgpPro"],
  ["ap-southeast-7", "Thailand (Bangkok)", "泰国（曼谷）", "0jo", "a", "bgpPro"],
  ["ap-southeast-8", "Malaysia (Johor)", "马来西亚（柔佛）", "jh8", "a"],
  ["ap-south-1", "India (Mumbai)", "印度（孟买）", "a2d", "ab", "closed"],
  ["us-east-1", "US (Virginia)", "美国（弗吉尼亚）", "0xi", "ab"],
  ["us-west-1", "US (Silicon Valley)", "美国（硅谷）", "rj9", "ab"],
  ["us-southeast-1", "US (Atlanta)", "美国（亚特兰大）", "at1", "a"],
  ["na-south-1", "Mexico", "墨西哥", "mx1", "a"],
  ["eu-central-1", "Germany (Frankfurt)", "德国（法兰克福）", "gw8", "abc"],
  ["eu-west-1", "UK (London)", "英国（伦敦）", "d7o", "ab"],
  ["eu-west-2", "France (Paris)", "法国（巴黎）", "fr1", "a"],
  ["me-east-1", "UAE (Dubai)", "阿联酋（迪拜）", "eb3", "a"],
  ["me-central-1", "SAU (Riyadh - Partner Region)", "沙特（利雅得）", "l4v", "ab"],
];

/** All regions by id. */
export const regions: ReadonlyMap<string, Region> = new Map(
  rows.map(([regionId, name, chineseName, code, zones, flag]) => [
    regionId,
    { regionId, name, chineseName, code, zones, bgpPro: flag === "bgpPro", closed: flag === "closed" },
  ]),
);

/** Zone ids of a region: `cn-hangzhou-a`, but `ap-southeast-1a` where the region id ends with a digit. */
export function zoneIds(region: Region): string[] {
  const separator = /\d$/.test(region.regionId) ? "" : "-";
  return Array.from(region.zones, (letter) => `${region.regionId}${separator}${letter}`);
}

/** Public endpoint of the VPC service in a region. */
export function regionEndpoint(region: Region): string {
  return `vpc.${region.regionId}.aliyuncs.com`;
}
