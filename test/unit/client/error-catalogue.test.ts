import { codeFamilies, commonCodes } from "../../../provider/client/error-codes/common";
import { catalogueEntry, codeTables } from "../../../provider/client/error-catalogue";
import type { ErrorClass } from "../../../provider/util/errors";

const ALLOCATE = "AllocateEipSegmentAddress";
const RELEASE = "ReleaseEipSegmentAddress";
const MODIFY = "ModifyEipAddressAttribute";
const DESCRIBE = "DescribeEipSegment";
const TAG = "TagResources";
const UNTAG = "UnTagResources";
const MOVE = "MoveResourceGroup";

/** Every documented code with the class it asks for, copied from the API's error tables and not from the catalogue. */
const DOCUMENTED: readonly [action: string, code: string, errorClass: ErrorClass][] = [
  [ALLOCATE, "Forbidden.AllocateEipSegmentAddress", "user"],
  [ALLOCATE, "FUWU_BIZ_COMMODITY_VERIFY_FAIL", "user"],
  [ALLOCATE, "COMMODITY_NO_EXIST", "user"],
  [ALLOCATE, "QuotaExceeded.Eip", "user"],
  [ALLOCATE, "OperationFailed.EipQuotaExceed", "user"],
  [ALLOCATE, "ORDER.QUANTITY_INVALID", "user"],
  [ALLOCATE, "QuotaExceeded.LargeSpecEip", "user"],
  [ALLOCATE, "OperationFailed.QuotaExceed", "user"],
  [ALLOCATE, "InvalidParameter", "user"],
  [ALLOCATE, "InvalidBandwidth.Malformed", "user"],
  [ALLOCATE, "InvalidComponent.EipBandwidthMax", "user"],
  [ALLOCATE, "MissingParam.Bandwidth", "user"],
  [ALLOCATE, "OperationFailed.ChargeTypeInvalid", "user"],
  [ALLOCATE, "IllegalParam.EipMask", "user"],
  [ALLOCATE, "IllegalParam.Name", "user"],
  [ALLOCATE, "IllegalParam.Description", "user"],
  [ALLOCATE, "IllegalParam.Zone", "user"],
  [ALLOCATE, "UnsupportedFeature.AllocateEipAddressWithZone", "user"],
  [ALLOCATE, "InvalidResourceGroupId", "user"],
  [ALLOCATE, "InvalidRegion.NotSupport", "user"],
  [ALLOCATE, "InvalidRegionId.NotFound", "user"],
  [ALLOCATE, "QueryParameter.Illegal", "user"],
  [ALLOCATE, "INSTANCE_TYPE_NOT_SUPPORT", "user"],
  [ALLOCATE, "IllegalParam.OrderParamComponent", "user"],
  [ALLOCATE, "TokenVerfiy.Failed", "service"],
  [ALLOCATE, "InstanceExist.EipSegment", "exists"],
  [ALLOCATE, "OperationFailed.AllocateEipSegment", "user"],
  [ALLOCATE, "OperationFailed.InsufficientEIP", "user"],
  [ALLOCATE, "ReserveIpFail", "service"],
  [ALLOCATE, "FrequentPurchase.EIP", "later"],
  [ALLOCATE, "OperationFailed.FrequentPurchase", "later"],
  [ALLOCATE, "InsufficientBalance", "user"],
  [ALLOCATE, "PAY.INSUFFICIENT_BALANCE", "user"],
  [ALLOCATE, "PAYFOR.CREDIT_PAY_INSUFFICIENT_BALANCE", "user"],
  [ALLOCATE, "SYSTEM.SALE_VALIDATE_UNEXPECTED_ERROR", "user"],
  [ALLOCATE, "OperationFailed.AccountMoneyInvalid", "user"],
  [ALLOCATE, "PAY.MAYI_WITHHOLDING_AGREEMENT_ILLEGAL", "user"],
  [ALLOCATE, "OperationFailed.RiskControl", "user"],
  [ALLOCATE, "OperationFailed.CompleteUserInfo", "user"],
  [ALLOCATE, "OperationFailed.SaleValidate", "user"],
  [ALLOCATE, "OperationFailed.SaleExpression", "user"],
  [ALLOCATE, "OperationFailed.QueryPrice", "service"],
  [ALLOCATE, "OperationFailed.QueryCredtiInfo", "service"],
  [ALLOCATE, "OperationFailed.QueryUserLabel", "service"],
  [ALLOCATE, "OperationFailed.InvokeInnerApi", "service"],
  [ALLOCATE, "OrderFailed", "service"],
  [ALLOCATE, "OrderError.EIP", "service"],
  [ALLOCATE, "OperationFailed.CreateOrderFailed", "service"],
  [ALLOCATE, "Trade_Sync_Create_Sub_ERROR", "service"],
  [ALLOCATE, "OperationConflict", "retry"],
  [ALLOCATE, "Forbidden", "user"],
  [ALLOCATE, "InternalError", "retry"],
  [ALLOCATE, "IncorrectStatus", "retry"],
  [MODIFY, "IncorrectStatus", "busy"],
  [MODIFY, "TaskConflict", "busy"],
  [MODIFY, "OperationConflict", "busy"],
  [TAG, "IncorrectEipStatus", "busy"],
  [TAG, "IncorrectStatus", "busy"],
  [TAG, "TaskConflict", "busy"],
  [TAG, "VPC_TASK_CONFLICT", "busy"],
  [TAG, "OperationConflict", "busy"],
  [MOVE, "IncorrectEipStatus", "busy"],
  [MOVE, "IncorrectStatus", "busy"],
  [MOVE, "TaskConflict", "busy"],
  [MOVE, "VPC_TASK_CONFLICT", "busy"],
  [MOVE, "OperationConflict", "busy"],
  [UNTAG, "IncorrectEipStatus", "busy"],
  [UNTAG, "IncorrectStatus", "busy"],
  [UNTAG, "TaskConflict", "busy"],
  [UNTAG, "VPC_TASK_CONFLICT", "busy"],
  [UNTAG, "OperationConflict", "busy"],
  [RELEASE, "OperationFailed.InstanceNotExist", "absent"],
  [RELEASE, "InvalidAllocationId.NotFound", "absent"],
  [RELEASE, "IncorrectEipStatus", "busy"],
  [RELEASE, "OperationFailed.EipStatusInvalid", "busy"],
  [RELEASE, "OperationFailed.EipNumInconsistent", "busy"],
  [RELEASE, "IncorrectStatus", "busy"],
  [RELEASE, "IncorrectStatus.Eip", "busy"],
  [RELEASE, "TaskConflict", "busy"],
  [RELEASE, "VPC_TASK_CONFLICT", "busy"],
  [RELEASE, "OperationFailed.EipInBwp", "user"],
  [RELEASE, "Forbidden.EipInBwp", "user"],
  [RELEASE, "InvalidOperation.DeletionProtection", "user"],
  [RELEASE, "Forbidden.ChargeTypeIsPrepaid", "user"],
  [RELEASE, "Forbidden", "user"],
  [RELEASE, "TaskConflict.AssociateGlobalAccelerationInstance", "later"],
  [RELEASE, "Forbidden.RegionNotFound", "user"],
  [RELEASE, "InternalError", "retry"],
  [MODIFY, "InvalidAllocationId.NotFound", "absent"],
  [MODIFY, "InvalidParameter", "user"],
  [MODIFY, "IncorrectEipStatus", "busy"],
  [MODIFY, "InsufficientBalance.Eip", "user"],
  [MODIFY, "Forbidden.RegionNotFound", "user"],
  [MODIFY, "IncorrectStatus.ResourceStatus", "busy"],
  [MOVE, "IncorrectStatus.Eip", "busy"],
  [TAG, "TaskConflict.Other", "busy"],
  [UNTAG, "IncorrectStatus.Eip", "busy"],
  [RELEASE, "OperationConflict", "busy"],
  [RELEASE, "OperateTooFrequent", "later"],
  [MODIFY, "OperationTooFrequent", "later"],
  [ALLOCATE, "OperationFailed.IdempotentProcessing", "retry"],
  [ALLOCATE, "IdempotentRequestProcessing", "retry"],
  [ALLOCATE, "OperationFailed.IdempotentFailed", "failedReplay"],
  [MODIFY, "VPC_TASK_CONFLICT", "busy"],
  [DESCRIBE, "InvalidRegionId.NotFound", "user"],
  [DESCRIBE, "Forbidden.RegionNotFound", "user"],
  [TAG, "InvalidAllocationId.NotFound", "absent"],
  ...(
    [
      ["Throttling", "retry"],
      ["Throttling.User", "retry"],
      ["Throttling.Api", "retry"],
      ["Throttling.DeepPageSkip", "retry"],
      ["ServiceUnavailable", "retry"],
      ["InternalError", "retry"],
      ["OperationConflict", "retry"],
      ["LastTokenProcessing", "retry"],
      ["OperationFailed.LastTokenProcessing", "retry"],
      ["IdempotenceProcessing", "retry"],
      ["OperationFailed.IdempotentTokenProcessing", "retry"],
      ["IdempotentParameterMismatch", "mismatch"],
      // Sister products of the same vendor; see the page on unverified answers.
      ["IdempotentProcessing", "retry"],
      ["IdempotentFailed", "failedReplay"],
      ["SystemBusy", "retry"],
      ["IncorrectStatus", "retry"],
      ["IncorrectStatus.VSwitch", "retry"],
      ["TaskConflict", "retry"],
      ["VPC_TASK_CONFLICT", "retry"],
      ["Forbidden.RAM", "user"],
      ["NoPermission", "user"],
      ["Forbidden", "user"],
      ["Forbidden.RiskControl", "user"],
      ["InvalidAccessKeyId.NotFound", "user"],
      ["InvalidAccessKeyId.Inactive", "user"],
      ["SignatureDoesNotMatch", "user"],
      ["IncompleteSignature", "user"],
      ["SignatureNonceUsed", "retry"],
      ["InvalidTimeStamp.Format", "user"],
      ["InvalidTimeStamp.Expired", "user"],
      ["IllegalTimestamp", "user"],
      ["MissingParameter", "user"],
      ["MissingRegionId", "user"],
      ["InvalidParameter", "user"],
      ["InvalidParameter.Format", "user"],
      ["UnsupportedHTTPMethod", "user"],
      ["UnsupportedOperation", "user"],
      ["InvalidProduct.NotFound", "user"],
      ["InvalidApi.NotFound", "user"],
      ["InvalidAction.NotFound", "user"],
      ["InvalidProtocol.NeedSsl", "user"],
      ["InvalidSecurityToken.Expired", "user"],
      ["InvalidSecurityToken.Malformed", "user"],
      ["InvalidSecurityToken.MismatchWithAccessKey", "user"],
      ["MissingSecurityToken", "user"],
    ] satisfies [string, ErrorClass][]
  ).map(([code, errorClass]): [string, string, ErrorClass] => [DESCRIBE, code, errorClass]),
];

const unknown = catalogueEntry(DESCRIBE, "Some.NewCode");

describe("the error catalogue", () => {
  it.each(DOCUMENTED)("knows for %s that %s is of class %s", (action, code, errorClass) => {
    const entry = catalogueEntry(action, code);
    expect(entry.class).toBe(errorClass);
    expect(entry.remedy).not.toBe(unknown.remedy);
  });

  it.each(["InvalidTimeStamp.Expired", "IllegalTimestamp"])(
    "repeats %s once with a new timestamp",
    (code) => {
      expect(catalogueEntry(ALLOCATE, code).once).toBe("newTimestamp");
    },
  );

  it("repeats InvalidSecurityToken.Expired once with renewed credentials", () => {
    expect(catalogueEntry(ALLOCATE, "InvalidSecurityToken.Expired").once).toBe("renewedCredentials");
  });

  it("never takes a missing region for a missing segment", () => {
    for (const code of ["Forbidden.RegionNotFound", "InvalidRegionId.NotFound"]) {
      expect([RELEASE, DESCRIBE, MODIFY].map((action) => catalogueEntry(action, code).class)).not.toContain(
        "absent",
      );
    }
  });

  it("does not believe outside a release that a segment is gone", () => {
    expect(catalogueEntry(ALLOCATE, "OperationFailed.InstanceNotExist").class).toBe("user");
  });

  it("knows the families Throttling, IncorrectStatus and Missing by their beginning", () => {
    expect(catalogueEntry(ALLOCATE, "Throttling.Anything").class).toBe("retry");
    expect(catalogueEntry(ALLOCATE, "MissingZone").class).toBe("user");
    expect(catalogueEntry(ALLOCATE, "MissingZone").says).not.toBe(unknown.says);
  });

  it("points for an unknown code to the page that explains it", () => {
    expect(unknown).toEqual({
      class: "user",
      isUnknown: true,
      says: "{message}",
      remedy:
        "Find this code at https://api.aliyun.com/troubleshoot?q={code}&product=Vpc and remove its cause, then run the command again.",
    });
  });

  it.each([500, 503, 429])("repeats an unknown code of status %s", (status) => {
    expect(catalogueEntry(ALLOCATE, "Some.NewCode", status).class).toBe("retry");
  });

  it("has no code whose class is not held to the documentation here", () => {
    const tables = { ...codeTables, [DESCRIBE]: commonCodes };
    for (const [action, rows] of Object.entries(tables)) {
      const documented = DOCUMENTED.filter(([where]) => where === action).map(([, code]) => code);
      const codes = rows.flatMap((row) => row.codes);
      expect(codes.filter((code) => !documented.includes(code))).toEqual([]);
    }
  });

  it("lists each code once per table, with a fault without and a remedy with its full stop", () => {
    const tables = [...Object.values(codeTables), commonCodes];
    for (const table of tables) {
      const codes = table.flatMap((row) => row.codes);
      expect(new Set(codes).size).toBe(codes.length);
    }
    for (const row of [...tables, codeFamilies].flat()) {
      expect(row.says).toMatch(/[^.\s]$/);
      expect(row.remedy).toMatch(/^[A-Z].*[^.\s]\.$/);
    }
  });
});
