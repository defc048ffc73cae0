import { ApiError, apiError, invalidParameter } from "../api-error";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import { type Region, regions, zoneIds } from "../regions";
import type { ReplyBody } from "../reply-body";
import { checkResourceGroup, defaultResourceGroupId } from "./resource-group";

interface Wanted {
  readonly region: Region;
  readonly mask: string;
  readonly bandwidth: string | undefined;
  readonly internetChargeType: string;
  readonly isp: string | undefined;
  readonly netmode: string;
  readonly zone: string | undefined;
}

const maximumBandwidth: Readonly<Record<string, number>> = { PayByBandwidth: 500, PayByTraffic: 200 };

const lines: ReadonlySet<string> = new Set([
  "BGP",
  "BGP_PRO",
  "BGP_FinanceCloud",
  ...["ChinaTelecom", "ChinaUnicom", "ChinaMobile"].flatMap((line) => [line, `${line}_L2`]),
]);

/** What the documentation rules out, in the order of the checks; which code answers which line rule is UNVERIFIED. */
const rules: readonly {
  readonly broken: (wanted: Wanted) => boolean;
  readonly error: () => ApiError;
}[] = [
  { broken: ({ region }) => region.closed, error: () => apiError("InvalidRegion.NotSupport") },
  { broken: ({ mask }) => !/^2[4-8]$/.test(mask), error: () => apiError("IllegalParam.EipMask") },
  {
    broken: ({ internetChargeType }) => !(internetChargeType in maximumBandwidth),
    error: () => invalidParameter("InternetChargeType"),
  },
  {
    broken: ({ netmode }) => !["public", "hybrid"].includes(netmode),
    error: () => apiError("INSTANCE_TYPE_NOT_SUPPORT"),
  },
  {
    broken: ({ netmode, bandwidth }) => netmode === "hybrid" && bandwidth === undefined,
    error: () => apiError("MissingParam.Bandwidth"),
  },
  {
    broken: ({ netmode, internetChargeType }) =>
      netmode === "hybrid" && internetChargeType === "PayByTraffic",
    error: () => apiError("OperationFailed.ChargeTypeInvalid"),
  },
  {
    broken: ({ bandwidth = "5" }) => !/^\d+$/.test(bandwidth),
    error: () => apiError("InvalidBandwidth.Malformed"),
  },
  {
    broken: ({ bandwidth = "5", internetChargeType }) =>
      Number(bandwidth) < 1 || Number(bandwidth) > (maximumBandwidth[internetChargeType] ?? 0),
    error: () => invalidParameter("Bandwidth"),
  },
  {
    broken: ({ isp = "BGP" }) => !lines.has(isp),
    error: () => apiError("IllegalParam.OrderParamComponent"),
  },
  {
    broken: ({ region, isp }) => region.regionId === "cn-hangzhou-finance" && isp !== "BGP_FinanceCloud",
    error: () => apiError("IllegalParam.OrderParamComponent"),
  },
  {
    broken: ({ region, isp }) =>
      (isp === "BGP_PRO" && !region.bgpPro) ||
      (isp === "BGP_FinanceCloud" && !region.regionId.includes("-finance")),
    error: () => apiError("INSTANCE_TYPE_NOT_SUPPORT"),
  },
  {
    broken: ({ region, zone }) => zone !== undefined && !zoneIds(region).includes(zone),
    error: () => apiError("IllegalParam.Zone"),
  },
];

/** AllocateEipSegmentAddress: buys a segment, which is `Allocating` at first. */
export const allocateEipSegmentAddress: Operation = {
  version: vpcVersion,
  required: ["RegionId", "EipMask"],
  unknownRegion: "InvalidRegionId.NotFound",
  remembersToken: true,
  run: allocate,
  replay,
};

function allocate(context: OperationContext): ReplyBody {
  const { cloud, account, parameters } = context;
  if (account.entitled === false) throw apiError("Forbidden.AllocateEipSegmentAddress");
  const region = regions.get(parameters.required("RegionId"));
  if (region === undefined) throw apiError("InvalidRegionId.NotFound");
  const wanted: Wanted = {
    region,
    mask: parameters.required("EipMask"),
    bandwidth: parameters.filled("Bandwidth"),
    internetChargeType: parameters.filled("InternetChargeType") ?? "PayByBandwidth",
    isp: parameters.filled("Isp"),
    netmode: parameters.filled("Netmode") ?? "public",
    zone: parameters.filled("Zone"),
  };
  const broken = rules.find((rule) => rule.broken(wanted));
  if (broken !== undefined) throw broken.error();
  const resourceGroupId = checkResourceGroup(cloud.settings, parameters.filled("ResourceGroupId"));
  const mask = Number(wanted.mask);
  checkSupply(context, region.regionId, mask);
  const segment = cloud.store.createSegment({
    accountId: account.accountId,
    region,
    zone: wanted.zone ?? zoneIds(region)[0] ?? "",
    mask,
    settings: {
      bandwidth: Number(wanted.bandwidth ?? "5"),
      internetChargeType: wanted.internetChargeType,
      isp: wanted.isp ?? "BGP",
      netmode: wanted.netmode,
      resourceGroupId: resourceGroupId ?? defaultResourceGroupId,
    },
    vanishes: context.vanishes,
  });
  if (segment === undefined) throw apiError("OperationFailed.InsufficientEIP");
  return { EipSegmentInstanceId: segment.id };
}

/** Quota, purchase guard and stock. The quota counts the EIPs of segments, one by one (UNVERIFIED), and not those of pools. */
function checkSupply({ cloud, account }: OperationContext, regionId: string, mask: number): void {
  const { store, settings, purchaseGuard } = cloud;
  const count = 2 ** (32 - mask) - settings.reserved;
  const held = [...store.segments.values()]
    .filter(({ accountId }) => accountId === account.accountId)
    .reduce((sum, { eips }) => sum + eips.length, 0);
  if (held + count > settings.quota) throw apiError("QuotaExceeded.Eip");
  const live = [...store.segments.values()];
  const isOut = settings.stock
    .filter((rule) => (rule.regionId ?? regionId) === regionId && (rule.mask ?? mask) === mask)
    .some(
      (rule) =>
        live.filter(
          (segment) =>
            (rule.regionId ?? segment.regionId) === segment.regionId &&
            (rule.mask ?? segment.block.mask) === segment.block.mask,
        ).length >= rule.available,
    );
  if (isOut) throw apiError("OperationFailed.AllocateEipSegment");
  purchaseGuard.admit(account.accountId, count);
}

/** The answer to a repeated token; undefined when the token counts as new. */
function replay({ cloud }: OperationContext, body: ReplyBody): ReplyBody | undefined {
  const { EipSegmentInstanceId: id } = body;
  if (typeof id === "string" && cloud.store.segments.has(id)) {
    if (cloud.isAnswered("token-of-live-segment=exists-named")) {
      throw apiError("InstanceExist.EipSegment", `The eipSegment instance ${id} already exists.`);
    }
    if (cloud.isAnswered("token-of-live-segment=exists")) throw apiError("InstanceExist.EipSegment");
    return body;
  }
  if (cloud.isAnswered("token-after-release=refused")) {
    throw new ApiError(400, "Token.Used", "The segment of this ClientToken was released.");
  }
  if (cloud.isAnswered("token-after-release=exists")) throw apiError("InstanceExist.EipSegment");
  return cloud.isAnswered("token-after-release=new-segment") ? undefined : body;
}
