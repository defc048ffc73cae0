import type { CatalogueRow } from "../types";

const chooseAnother = "Choose another eipMask, isp, zone or region, or try again on another day.";
const raiseQuota =
  "Raise the quota eip_quota_instances_num in the Quota Center, release EIPs, or choose a larger eipMask (a smaller segment).";
const lowerBandwidth = "Lower bandwidth, or request a higher bandwidth quota in the Quota Center.";
const askManager = "Ask the account manager or open a ticket: this account may not order this product.";
const tryLater =
  "Run the command again in a few minutes. If the error stays, open a ticket with the RequestId.";
const checkOrders =
  "Check unpaid orders and funds in the billing console; if both are in order, open a ticket with the RequestId.";

/**
 * Codes of AllocateEipSegmentAddress.
 * Source: the error tables of its API page (versions of 2024-07 and 2025 or later).
 */
export const allocateCodes: readonly CatalogueRow[] = [
  {
    codes: ["Forbidden.AllocateEipSegmentAddress"],
    class: "user",
    says: "this account may not allocate contiguous EIP segments, a service closed to new users since 2024-08-06",
    remedy:
      "Use a public IP address pool (alicloud.vpc.PublicIpAddressPool) instead, or ask the account manager.",
  },
  {
    codes: ["FUWU_BIZ_COMMODITY_VERIFY_FAIL", "COMMODITY_NO_EXIST"],
    class: "user",
    says: "contiguous EIP segments are not sold to this account or in this region",
    remedy: "Choose another region, or open a ticket with the RequestId.",
  },
  {
    codes: ["QuotaExceeded.Eip", "OperationFailed.EipQuotaExceed", "ORDER.QUANTITY_INVALID"],
    class: "user",
    says: "the account's EIP quota does not cover a segment of this size",
    remedy: raiseQuota,
    property: "eipMask",
  },
  {
    codes: ["QuotaExceeded.LargeSpecEip", "OperationFailed.QuotaExceed"],
    class: "user",
    says: "the account's quota for EIPs of high bandwidth is used up",
    remedy: lowerBandwidth,
    property: "bandwidth",
  },
  {
    codes: ["InvalidParameter"],
    class: "user",
    says: "the API does not accept a value: {message}",
    remedy:
      "Correct the input: internetChargeType is PayByBandwidth (bandwidth 1 to 500 Mbit/s) or PayByTraffic (1 to 200).",
  },
  {
    codes: ["InvalidBandwidth.Malformed"],
    class: "user",
    says: "the bandwidth is not valid",
    remedy: "Set a whole number of Mbit/s: 1 to 500 with PayByBandwidth, 1 to 200 with PayByTraffic.",
    property: "bandwidth",
  },
  {
    codes: ["InvalidComponent.EipBandwidthMax"],
    class: "user",
    says: "the bandwidth is above what this account may order",
    remedy: lowerBandwidth,
    property: "bandwidth",
  },
  {
    codes: ["MissingParam.Bandwidth"],
    class: "user",
    says: "netmode hybrid needs a bandwidth",
    remedy: "Set bandwidth.",
    property: "bandwidth",
  },
  {
    codes: ["OperationFailed.ChargeTypeInvalid"],
    class: "user",
    says: "netmode hybrid does not support PayByTraffic",
    remedy: "Set internetChargeType to PayByBandwidth.",
    property: "internetChargeType",
  },
  {
    codes: ["IllegalParam.EipMask"],
    class: "user",
    says: "the mask is not valid",
    remedy: "Set eipMask to a number from 24 (256 addresses) to 28 (16 addresses).",
    property: "eipMask",
  },
  {
    codes: ["IllegalParam.Name", "IllegalParam.Description"],
    class: "user",
    says: "the API rejects a name or description, which this request does not contain",
    remedy: "Report this with the RequestId.",
  },
  {
    codes: ["IllegalParam.Zone"],
    class: "user",
    says: "the zone is not valid",
    remedy: "Set a zone of the region (DescribeZones lists them), or omit zone.",
    property: "zone",
  },
  {
    codes: ["UnsupportedFeature.AllocateEipAddressWithZone"],
    class: "user",
    says: "the region does not let you choose the zone of a segment",
    remedy: "Omit zone.",
    property: "zone",
  },
  {
    codes: ["InvalidResourceGroupId"],
    class: "user",
    says: "the resource group does not exist",
    remedy: "Correct resourceGroupId.",
    property: "resourceGroupId",
  },
  {
    codes: ["InvalidRegion.NotSupport"],
    class: "user",
    says: "the region does not offer contiguous EIP segments",
    remedy: "Choose another region.",
    property: "regionId",
  },
  {
    codes: ["QueryParameter.Illegal"],
    class: "user",
    says: "the API does not accept the combination of settings: {message}",
    remedy: "Check isp, netmode, zone, bandwidth and internetChargeType.",
  },
  {
    codes: ["INSTANCE_TYPE_NOT_SUPPORT"],
    class: "user",
    says: "the region does not offer this kind of EIP",
    remedy: "Check isp and netmode.",
    property: "isp",
  },
  {
    codes: ["IllegalParam.OrderParamComponent"],
    class: "user",
    says: "the order does not accept the combination of settings",
    remedy: "Check isp, bandwidth and internetChargeType.",
  },
  {
    codes: ["TokenVerfiy.Failed"],
    class: "service",
    says: "the service could not verify a token of the order",
    remedy: tryLater,
  },
  {
    codes: ["InstanceExist.EipSegment"],
    class: "exists",
    says: "the service reports that this segment exists already",
    remedy: "Find it in the EIP console and adopt it (input adopt), or release it if it is not needed.",
  },
  {
    codes: ["OperationFailed.AllocateEipSegment", "OperationFailed.InsufficientEIP"],
    class: "user",
    says: "no contiguous addresses of this kind are in stock",
    remedy: chooseAnother,
  },
  {
    codes: [
      "ReserveIpFail",
      "OperationFailed.QueryPrice",
      "OperationFailed.QueryCredtiInfo",
      "OperationFailed.QueryUserLabel",
      "OperationFailed.InvokeInnerApi",
    ],
    class: "service",
    says: "a service behind the API failed: {message}",
    remedy: tryLater,
  },
  {
    codes: ["FrequentPurchase.EIP", "OperationFailed.FrequentPurchase"],
    class: "later",
    says: "more than twice the EIP quota was requested within an hour, so allocations are blocked for one hour",
    remedy: "Run the command again after that hour, or raise the quota eip_quota_instances_num.",
  },
  {
    codes: [
      "InsufficientBalance",
      "PAY.INSUFFICIENT_BALANCE",
      "PAYFOR.CREDIT_PAY_INSUFFICIENT_BALANCE",
      "OperationFailed.AccountMoneyInvalid",
    ],
    class: "user",
    says: "the account does not have enough balance",
    remedy: "Top the account up, then run the command again.",
  },
  {
    codes: ["SYSTEM.SALE_VALIDATE_UNEXPECTED_ERROR"],
    class: "user",
    says: "the account is in arrears",
    remedy: "Settle its bills, then run the command again.",
  },
  {
    codes: ["PAY.MAYI_WITHHOLDING_AGREEMENT_ILLEGAL"],
    class: "user",
    says: "the account's payment agreement is not valid",
    remedy: "Renew it in the billing console.",
  },
  {
    codes: ["OperationFailed.RiskControl"],
    class: "user",
    says: "the account's risk control check failed",
    remedy: "Verify the payment method by the link in the console or in the mail sent to the account.",
  },
  {
    codes: ["OperationFailed.CompleteUserInfo"],
    class: "user",
    says: "the account's profile is incomplete",
    remedy: "Complete it in the account centre.",
  },
  {
    codes: ["OperationFailed.SaleValidate", "OperationFailed.SaleExpression"],
    class: "user",
    says: "the account does not meet the conditions of sale",
    remedy: askManager,
  },
  {
    codes: [
      "OrderFailed",
      "OrderError.EIP",
      "OperationFailed.CreateOrderFailed",
      "Trade_Sync_Create_Sub_ERROR",
    ],
    class: "service",
    says: "the order could not be created",
    remedy: checkOrders,
  },
  {
    codes: ["Forbidden"],
    class: "user",
    says: "the credentials may not allocate EIP segments",
    remedy: "Grant the action {permission} to the RAM user or role.",
  },
];
