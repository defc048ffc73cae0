import { useCloud } from "./support/cloud";
import { DeclaredSegment } from "./support/declared-segment";
import type { Written } from "./support/declared-segment";

const cloud = useCloud();
const requestId = "RequestId [0-9A-F]{8}-[0-9A-F-]{27}";
const always = 1000;

/** What `pulumi up` says when AllocateEipSegmentAddress answers a code for good: the cause, and what to do about it. */
const refusedAllocations: [code: string, cause: string, remedy: string][] = [
  ["Forbidden.AllocateEipSegmentAddress", "closed to new users since 2024-08-06", "public IP address pool"],
  ["FUWU_BIZ_COMMODITY_VERIFY_FAIL", "not sold to this account or in this region", "another region"],
  ["COMMODITY_NO_EXIST", "not sold to this account or in this region", "another region"],
  ["QuotaExceeded.Eip", "EIP quota does not cover a segment of this size", "eip_quota_instances_num"],
  [
    "OperationFailed.EipQuotaExceed",
    "EIP quota does not cover a segment of this size",
    "eip_quota_instances_num",
  ],
  ["ORDER.QUANTITY_INVALID", "EIP quota does not cover a segment of this size", "eip_quota_instances_num"],
  ["QuotaExceeded.LargeSpecEip", "quota for EIPs of high bandwidth", "Lower bandwidth"],
  ["OperationFailed.QuotaExceed", "quota for EIPs of high bandwidth", "Lower bandwidth"],
  ["InvalidParameter", "does not accept a value", "internetChargeType is PayByBandwidth"],
  ["InvalidBandwidth.Malformed", "bandwidth is not valid", "whole number of Mbit/s"],
  ["InvalidComponent.EipBandwidthMax", "above what this account may order", "Lower bandwidth"],
  ["MissingParam.Bandwidth", "netmode hybrid needs a bandwidth", "Set bandwidth"],
  ["OperationFailed.ChargeTypeInvalid", "hybrid does not go with PayByTraffic", "PayByBandwidth"],
  ["IllegalParam.EipMask", "mask is not valid", "24 .256 addresses. to 28"],
  ["IllegalParam.Name", "which this request does not contain", "Report this"],
  ["IllegalParam.Description", "which this request does not contain", "Report this"],
  ["IllegalParam.Zone", "zone is not valid", "omit zone"],
  ["UnsupportedFeature.AllocateEipAddressWithZone", "zone of choice", "Omit zone"],
  ["InvalidResourceGroupId", "resource group does not exist", "Correct resourceGroupId"],
  ["InvalidRegion.NotSupport", "does not offer contiguous EIP segments", "another region"],
  ["InvalidRegionId.NotFound", "region does not exist", "Correct regionId"],
  ["Forbidden.RegionNotFound", "region does not exist", "Correct regionId"],
  ["QueryParameter.Illegal", "combination of settings", "Check isp"],
  ["INSTANCE_TYPE_NOT_SUPPORT", "kind of EIP is not offered", "Check isp and netmode"],
  ["IllegalParam.OrderParamComponent", "combination of settings", "Check isp"],
  ["TokenVerfiy.Failed", "could not verify a token", "ticket"],
  ["InstanceExist.EipSegment", "exists already", "adopt"],
  ["OperationFailed.AllocateEipSegment", "in stock", "another eipMask"],
  ["OperationFailed.InsufficientEIP", "in stock", "another eipMask"],
  ["ReserveIpFail", "service behind the API failed", "ticket"],
  ["FrequentPurchase.EIP", "blocked for one hour", "after that hour"],
  ["OperationFailed.FrequentPurchase", "blocked for one hour", "after that hour"],
  ["InsufficientBalance", "enough balance", "Top the account up"],
  ["PAY.INSUFFICIENT_BALANCE", "enough balance", "Top the account up"],
  ["PAYFOR.CREDIT_PAY_INSUFFICIENT_BALANCE", "enough balance", "Top the account up"],
  ["SYSTEM.SALE_VALIDATE_UNEXPECTED_ERROR", "in arrears", "Settle its bills"],
  ["OperationFailed.AccountMoneyInvalid", "enough balance", "Top the account up"],
  ["PAY.MAYI_WITHHOLDING_AGREEMENT_ILLEGAL", "payment agreement", "Renew it"],
  ["OperationFailed.RiskControl", "risk control", "Verify the payment method"],
  ["OperationFailed.CompleteUserInfo", "profile is incomplete", "Complete it"],
  ["OperationFailed.SaleValidate", "conditions of sale", "account manager"],
  ["OperationFailed.SaleExpression", "conditions of sale", "account manager"],
  ["OperationFailed.QueryPrice", "service behind the API failed", "ticket"],
  ["OperationFailed.QueryCredtiInfo", "service behind the API failed", "ticket"],
  ["OperationFailed.QueryUserLabel", "service behind the API failed", "ticket"],
  ["OperationFailed.InvokeInnerApi", "service behind the API failed", "ticket"],
  ["OrderFailed", "order could not be created", "unpaid orders"],
  ["OrderError.EIP", "order could not be created", "unpaid orders"],
  ["OperationFailed.CreateOrderFailed", "order could not be created", "unpaid orders"],
  ["Trade_Sync_Create_Sub_ERROR", "order could not be created", "unpaid orders"],
  ["Forbidden", "may not allocate EIP segments", "vpc:AllocateEipSegmentAddress"],
  ["Forbidden.RAM", "lack a permission", "vpc:AllocateEipSegmentAddress"],
  ["NoPermission", "lack a permission", "vpc:AllocateEipSegmentAddress"],
  ["Forbidden.RiskControl", "risk control", "Verify the account"],
  ["InvalidAccessKeyId.NotFound", "access key does not exist", "alicloud:accessKey"],
  ["InvalidAccessKeyId.Inactive", "access key is disabled", "Enable it"],
  ["SignatureDoesNotMatch", "secret does not belong", "alicloud:secretKey"],
  ["IncompleteSignature", "does not accept the request", "Report this"],
  ["InvalidTimeStamp.Expired", "too far from the server's", "Set this machine's clock"],
  ["IllegalTimestamp", "too far from the server's", "Set this machine's clock"],
  ["InvalidTimeStamp.Format", "does not accept the request", "Report this"],
  ["InvalidSecurityToken.Expired", "temporary credentials have expired", "new temporary credentials"],
  ["InvalidSecurityToken.Malformed", "security token", "new temporary credentials"],
  ["InvalidSecurityToken.MismatchWithAccessKey", "security token", "new temporary credentials"],
  ["MissingSecurityToken", "security token", "new temporary credentials"],
  ["MissingParameter", "does not accept the request", "Report this"],
  ["MissingEipMask", "does not accept the request", "Report this"],
  ["InvalidParameter.Format", "does not accept the request", "Report this"],
  ["UnsupportedHTTPMethod", "does not accept the request", "Report this"],
  ["UnsupportedOperation", "does not accept the request", "Report this"],
  ["InvalidProduct.NotFound", "endpoint does not offer", "alicloud:endpoints"],
  ["InvalidApi.NotFound", "endpoint does not offer", "alicloud:endpoints"],
  ["InvalidAction.NotFound", "endpoint does not offer", "alicloud:endpoints"],
  ["InvalidProtocol.NeedSsl", "wants HTTPS", "alicloud:protocol"],
  ["Never.Heard.Of.It", "Never.Heard.Of.It", "https://api.aliyun.com/troubleshoot\\?q=Never.Heard.Of.It"],
];

describe("an up that the cloud refuses says why and what to do, and holds nothing", () => {
  it.each(refusedAllocations)("%s", async (code, cause, remedy) => {
    const segment = new DeclaredSegment(cloud);
    cloud.simulator.addFault({ kind: "error", code, action: "AllocateEipSegmentAddress", times: always });
    const said = await segment.up({ eipMask: 28 }).then(
      () => "",
      (error: unknown) => (error as Error).message,
    );
    expect(said).toMatch(
      new RegExp(
        `^Allocating the segment failed.* \\(cn-hangzhou.*\\): .*${cause}.* .*${remedy}.*\\[${code}, ${requestId}\\]`,
      ),
    );
    expect(said).not.toContain("\n");
    expect(segment.id).toBeUndefined();
    expect(cloud.simulator.segments()).toEqual([]);
  });
});

const passing = [
  "Throttling",
  "Throttling.User",
  "Throttling.Api",
  "ServiceUnavailable",
  "InternalError",
  "OperationConflict",
  "LastTokenProcessing",
  "OperationFailed.LastTokenProcessing",
  "IdempotenceProcessing",
  "OperationFailed.IdempotentTokenProcessing",
  "SystemBusy",
  "IncorrectStatus",
  "IncorrectStatus.Eip",
  "TaskConflict",
  "VPC_TASK_CONFLICT",
  "SignatureNonceUsed",
];

describe("an up survives what passes by itself, with one token and one segment", () => {
  it.each([...passing, "FrequentPurchase.EIP", "ReserveIpFail", "InvalidTimeStamp.Expired"])(
    "%s",
    async (code) => {
      const segment = new DeclaredSegment(cloud);
      cloud.simulator.addFault({ kind: "error", code, action: "AllocateEipSegmentAddress" });
      await segment.up({ eipMask: 28 });
      expect(segment.id).toBe(cloud.segment.id);
      const tokens = cloud.simulator.log.flatMap(({ action, parameters }) =>
        action === "AllocateEipSegmentAddress" ? [parameters.ClientToken] : [],
      );
      expect(tokens).toEqual([segment.state.clientToken, segment.state.clientToken]);
    },
  );
});

describe("a replacement that the cloud refuses", () => {
  const refused = async (to: Written, code: string): Promise<string> => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28 });
    cloud.simulator.addFault({ kind: "error", code, action: "AllocateEipSegmentAddress", times: always });
    return String(await segment.up(to).catch((thrown: unknown) => thrown));
  };

  it("advises to delete before replacing where the new segment is no larger and the quota is the reason", async () => {
    const error = await refused({ eipMask: 28, isp: "ChinaTelecom" }, "OperationFailed.EipQuotaExceed");
    expect(error).toContain("OperationFailed.EipQuotaExceed");
    expect(error).toContain("deleteBeforeReplace: true releases the old segment first");
  });

  it("says how many EIPs a larger segment needs, and never to release the old one first", async () => {
    const error = await refused({ eipMask: 27 }, "OperationFailed.EipQuotaExceed");
    expect(error).toMatch(/The new segment needs 32 EIPs beside those of eipsg-\w+, which is kept until/);
    expect(error).not.toContain("deleteBeforeReplace");
  });

  it("says nothing of either otherwise", async () => {
    const error = await refused({ eipMask: 28, isp: "ChinaTelecom" }, "Forbidden.RAM");
    expect(error).toContain("Forbidden.RAM");
    expect(error).not.toMatch(/deleteBeforeReplace|needs 16 EIPs/);
  });
});

/** What `pulumi destroy` says when ReleaseEipSegmentAddress answers a code for good. */
const refusedReleases: [code: string, cause: string, remedy: string][] = [
  ["IncorrectEipStatus", "in use or changing", "disassociate"],
  ["OperationFailed.EipStatusInvalid", "in use or changing", "disassociate"],
  ["OperationFailed.EipNumInconsistent", "number of its EIPs", "ticket"],
  ["OperationFailed.EipInBwp", "Internet Shared Bandwidth", "Remove its EIPs"],
  ["Forbidden.EipInBwp", "Internet Shared Bandwidth", "Remove its EIPs"],
  ["InvalidOperation.DeletionProtection", "deletion protection is on", "Switch deletion protection off"],
  ["Forbidden.ChargeTypeIsPrepaid", "subscription", "Wait until the subscription ends"],
  ["Forbidden", "another account", "vpc:ReleaseEipSegmentAddress"],
  ["Forbidden.RAM", "lack a permission", "vpc:ReleaseEipSegmentAddress"],
  ["TaskConflict.AssociateGlobalAccelerationInstance", "Global Accelerator", "in a few minutes"],
  ["Forbidden.RegionNotFound", "region does not exist", "does not mean that a segment no longer exists"],
  ["InvalidRegionId.NotFound", "region does not exist", "does not mean that a segment no longer exists"],
  ["IncorrectStatus.Eip", "another task is running", "Wait for that task"],
];

describe("a destroy that the cloud refuses says why and what to do, and keeps the segment in the stack", () => {
  it.each(refusedReleases)("%s", async (code, cause, remedy) => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28, customTimeouts: { delete: "30s" } });
    cloud.simulator.addFault({ kind: "error", code, action: "ReleaseEipSegmentAddress", times: always });
    await expect(segment.destroy()).rejects.toThrow(
      new RegExp(
        `^Releasing the segment failed.* \\(${segment.id ?? ""}.*\\): .*${cause}.* .*${remedy}.* \\[${code}, ${requestId}\\]$`,
      ),
    );
    expect(segment.id).toBe(cloud.segment.id);
  });
});

describe("a destroy survives what passes by itself", () => {
  it.each([
    ...passing,
    "IncorrectEipStatus",
    "OperationFailed.EipStatusInvalid",
    "OperationFailed.EipNumInconsistent",
    "TaskConflict.AssociateGlobalAccelerationInstance",
  ])("%s", async (code) => {
    const segment = new DeclaredSegment(cloud);
    await segment.up({ eipMask: 28 });
    cloud.simulator.addFault({ kind: "error", code, action: "ReleaseEipSegmentAddress" });
    await segment.destroy();
    expect(cloud.simulator.segments()).toEqual([]);
  });

  it.each(["OperationFailed.InstanceNotExist", "InvalidAllocationId.NotFound"])(
    "%s, once the segment is really gone",
    async (code) => {
      const segment = new DeclaredSegment(cloud);
      await segment.up({ eipMask: 28 });
      cloud.simulator.addFault({
        kind: "error",
        code,
        action: "ReleaseEipSegmentAddress",
        afterEffect: true,
      });
      await segment.destroy();
      expect(cloud.simulator.segments()).toEqual([]);
    },
  );
});

describe("an answer that is none", () => {
  it.each([
    ["an HTML page of a proxy", { kind: "html502" }],
    ["an empty body after the effect", { kind: "emptyBody" }],
    ["half a body after the effect", { kind: "truncatedBody" }],
    ["a connection cut before the effect", { kind: "dropBefore" }],
    ["a connection cut after the effect", { kind: "dropAfter" }],
  ] as const)("%s is asked for again, and makes one segment", async (_, fault) => {
    const segment = new DeclaredSegment(cloud);
    cloud.simulator.addFault({ ...fault, action: "AllocateEipSegmentAddress" });
    await segment.up({ eipMask: 28 });
    expect(segment.id).toBe(cloud.segment.id);
  });
});
