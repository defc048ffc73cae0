/** What the documentation says about one error code. */
export interface ApiErrorEntry {
  readonly status: number;
  readonly message: string;
}

/**
 * Error codes with HTTP status and message.
 * The first two blocks are the error tables of the AllocateEipSegmentAddress and ReleaseEipSegmentAddress pages
 * (https://www.alibabacloud.com/help/en/eip), misspellings included; statuses marked UNVERIFIED have no source for VPC.
 */
const entries = {
  // AllocateEipSegmentAddress
  "Forbidden.AllocateEipSegmentAddress": [
    400,
    "Authentication is failed for allocating eip segment address.",
  ],
  FUWU_BIZ_COMMODITY_VERIFY_FAIL: [404, "The commodity verification failed."],
  COMMODITY_NO_EXIST: [400, "commodity is not exist"],
  "QuotaExceeded.Eip": [400, "Elastic IP address quota exceeded"],
  "OperationFailed.EipQuotaExceed": [400, "Operation failed because eip quota exceed."],
  "ORDER.QUANTITY_INVALID": [400, "User quota has exceeded the limit."],
  "QuotaExceeded.LargeSpecEip": [400, "Elastic IP address with large spec quota exceeded."],
  "OperationFailed.QuotaExceed": [400, "Operation failed because over threshold bandwidth quota exceed."],
  InvalidParameter: [400, "The specified parameter is not valid."],
  "InvalidBandwidth.Malformed": [400, "The specified Bandwidth is invalid."],
  "InvalidComponent.EipBandwidthMax": [400, "The eip_bandwidth_max component is invalid."],
  "MissingParam.Bandwidth": [400, "The parameter Bandwidth is mandatory when allocate hybrid EipSegment."],
  "OperationFailed.ChargeTypeInvalid": [
    400,
    "Operation failed because hybrid netmode do not support PayByTraffic.",
  ],
  "IllegalParam.EipMask": [400, "EipMask is illegal."],
  "IllegalParam.Name": [400, "Name is illegal."],
  "IllegalParam.Description": [400, "Description is illegal."],
  "IllegalParam.Zone": [400, "The specified zone is invalid."],
  "UnsupportedFeature.AllocateEipAddressWithZone": [
    400,
    "The feature of AllocateEipAddressWithZone is not supported.",
  ],
  InvalidResourceGroupId: [400, "The specified ResourceGroupId does not exist."],
  "InvalidRegion.NotSupport": [400, "The specified region does not support."],
  "InvalidRegionId.NotFound": [404, 'Specified value of "RegionId" is not supported.'],
  "QueryParameter.Illegal": [400, "query parameter illegal"],
  INSTANCE_TYPE_NOT_SUPPORT: [400, "The instance type is invalid."],
  "IllegalParam.OrderParamComponent": [400, "Product order param has invalid component."],
  "TokenVerfiy.Failed": [400, "token verify failed."],
  "InstanceExist.EipSegment": [400, "The eipSegment instance already exists."],
  "OperationFailed.AllocateEipSegment": [400, "Operation failed because eip segment is out of stock."],
  "OperationFailed.InsufficientEIP": [400, "Eip resource is not enough."],
  ReserveIpFail: [400, "Reserve eip failed."],
  "FrequentPurchase.EIP": [400, "eip frequent purchase"],
  "OperationFailed.FrequentPurchase": [400, "Operation failed because eip frequent purchase."],
  InsufficientBalance: [400, "Your account does not have enough balance."],
  "PAY.INSUFFICIENT_BALANCE": [400, "Your account does not have enough balance."],
  "PAYFOR.CREDIT_PAY_INSUFFICIENT_BALANCE": [400, "Your account does not have enough balance."],
  "SYSTEM.SALE_VALIDATE_UNEXPECTED_ERROR": [400, "You have arrears and do not meet the purchase conditions."],
  "OperationFailed.AccountMoneyInvalid": [400, "Account money is invalid."],
  "PAY.MAYI_WITHHOLDING_AGREEMENT_ILLEGAL": [400, "User withhoding argeement is illegal."],
  "OperationFailed.RiskControl": [400, "Risk control check failed."],
  "OperationFailed.CompleteUserInfo": [400, "Complete user info failed."],
  "OperationFailed.SaleValidate": [400, "Validate sale condition with subArticle failed."],
  "OperationFailed.SaleExpression": [400, "Get the sales expression exception attached to the item."],
  "OperationFailed.QueryPrice": [400, "Query price failed when create order."],
  "OperationFailed.QueryCredtiInfo": [400, "Failed to query credit info."],
  "OperationFailed.QueryUserLabel": [400, "Failed to query user label info."],
  "OperationFailed.InvokeInnerApi": [400, "Failed to invoke inner api."],
  OrderFailed: [400, "The Account failed to create order."],
  "OrderError.EIP": [400, "The Account failed to create order."],
  "OperationFailed.CreateOrderFailed": [400, "Operation failed because create order failed."],
  Trade_Sync_Create_Sub_ERROR: [400, "SyncOrderToSub error."],
  OperationConflict: [400, "Request was denied due to conflict with a previous request."],
  Forbidden: [400, "User not authorized to operate on the specified resource."],
  InternalError: [500, "The request processing has failed due to some unknown error, exception or failure."],

  // ReleaseEipSegmentAddress and single EIPs
  "OperationFailed.InstanceNotExist": [400, "Operation failed because eip segment instance not exist."],
  "InvalidAllocationId.NotFound": [404, "Specified allocation ID is not found."],
  IncorrectEipStatus: [400, "Current elastic IP status does not support this operation."],
  "OperationFailed.EipStatusInvalid": [400, "Operation failed because eip instance status invalid."],
  "OperationFailed.EipNumInconsistent": [400, "Operation failed because the number of eip is inconsistent."],
  "OperationFailed.EipInBwp": [
    400,
    "Operation failed because eip instance has been added to the bandwidth package.",
  ],
  "Forbidden.EipInBwp": [400, "The EIP has been associated with an EIP bandwidth plan."],
  "InvalidOperation.DeletionProtection": [400, "The instance cannnot delete because of deletion protecion."],
  "Forbidden.ChargeTypeIsPrepaid": [400, "It's forbidden to release a prepaid EIP"],
  "TaskConflict.AssociateGlobalAccelerationInstance": [400, "Operate too frequent."],
  "Forbidden.RegionNotFound": [404, "Specified region is not found during access authentication."],
  "Forbidden.ReleaseSegmentEip": [400, "The EIP of a segment cannot be released on its own."],
  "InvalidIAssociatedInstanceType.ValueNotSupported": [
    400,
    "The specified value of AssociatedInstanceType is not supported.",
  ],
  "InvalidAssociation.Duplicated": [400, "Specified instance already is associated."],
  "InvalidInstanId.NotFound": [404, "Specified instance is not found."],
  "InvalidInstanceType.ValueNotSupported": [400, "The specified value of InstanceType is not supported."],
  "InvalidParameter.Mismatch": [400, "The specified parameters do not match."],

  // Tags, resource groups and dry runs: codes of sister products, UNVERIFIED for VPC
  "NumberExceed.ResourceIds": [400, "The ResourceIds parameter's number is exceed."],
  "NumberExceed.Tags": [400, "The Tags parameter's number is exceed."],
  "Duplicate.TagKey": [400, "The Tag.N.Key contain duplicate key."],
  "InvalidResourceId.NotFound": [404, "The specified ResourceIds are not found in our records."],
  "InvalidResourceType.NotFound": [404, "The ResourceType provided does not exist in our records."],
  "InvalidParameter.TagKey": [400, "The Tag.N.Key parameter is invalid."],
  "InvalidParameter.TagValue": [400, "The Tag.N.Value parameter is invalid."],
  DryRunOperation: [400, "Request validation has been passed with DryRun flag set."],

  // ClientToken: codes from the idempotence page and other products, statuses UNVERIFIED for VPC
  IdempotentParameterMismatch: [
    400,
    "The request uses the same client token as a previous, but non-identical request.",
  ],
  LastTokenProcessing: [403, "The last token request is processing."],

  // Gateway
  Throttling: [400, "Request was denied due to request throttling."],
  "Throttling.User": [400, "Request was denied due to user flow control."],
  "Throttling.Api": [400, "Request was denied due to api flow control."],
  ServiceUnavailable: [503, "The request has failed due to a temporary failure of the server."],
  "Forbidden.RAM": [
    403,
    "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
  ],
  "InvalidAccessKeyId.NotFound": [404, "Specified access key is not found."],
  "InvalidAccessKeyId.Inactive": [400, "Specified access key is disabled."],
  SignatureDoesNotMatch: [400, "Specified signature is not matched with our calculation."],
  IncompleteSignature: [400, "The request signature does not conform to Aliyun standards."],
  SignatureNonceUsed: [400, "Specified signature nonce was used already."],
  "InvalidTimeStamp.Format": [400, "Specified time stamp or date value is not well formatted."],
  "InvalidTimeStamp.Expired": [400, "Specified time stamp or date value is expired."],
  MissingSecurityToken: [400, "SecurityToken is mandatory for this action."],
  "InvalidSecurityToken.Expired": [400, "Specified SecurityToken is expired."],
  "InvalidSecurityToken.MismatchWithAccessKey": [400, "Specified SecurityToken mismatch with the AccessKey."],
  "InvalidParameter.Format": [400, 'Specified value of "Format" is not valid.'],
  UnsupportedHTTPMethod: [400, "This http method is not supported."],
  "InvalidApi.NotFound": [404, "Specified api is not found, please check your url and method."],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** An error code of the table. */
export type ApiErrorCode = keyof typeof entries;

/** Status and message of a code, or undefined for a code that the table does not hold. */
export function documentedError(code: string): ApiErrorEntry | undefined {
  const entry = (entries as Record<string, readonly [number, string] | undefined>)[code];
  return entry && { status: entry[0], message: entry[1] };
}
