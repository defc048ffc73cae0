import type { CatalogueEntry, CatalogueRow } from "../types";

const runAgain = "Run the command again. If the error stays, open a ticket with the RequestId.";
const grantAction =
  "Grant the action {permission} to the RAM user or role (its resource is acs:vpc:*:*:eip/*).";
const checkKey = "Check the access key (alicloud:accessKey or ALICLOUD_ACCESS_KEY, or the profile in use).";
const renewToken =
  "Get new temporary credentials, and set the access key, its secret and its token (alicloud:securityToken or ALICLOUD_SECURITY_TOKEN) together.";
const setClock = "Set this machine's clock (the API accepts a difference of at most 15 minutes).";
const checkEndpoint = "Check alicloud:endpoints, ALIBABA_CLOUD_ENDPOINT_VPC and ALIBABA_CLOUD_ENDPOINT_STS.";
const report = "Report this with the RequestId: the request was not well formed.";

/** An earlier request under the same ClientToken has not ended: the same request is repeated until it has. */
const inProgress: CatalogueEntry = {
  class: "retry",
  says: "an earlier request under the same ClientToken is still in progress",
  remedy: "Run the command again: it repeats the request under the same ClientToken.",
};

const failedReplay: CatalogueEntry = {
  class: "failedReplay",
  says: "the earlier request under the same ClientToken failed",
  remedy: "Run the command again.",
};

/**
 * Codes any operation may answer.
 * Source: the gateway error lists of several Alibaba Cloud products, the VPC page on idempotence,
 * and the codes the vendor's Terraform provider repeats.
 */
export const commonCodes: readonly CatalogueRow[] = [
  {
    codes: ["Throttling", "Throttling.User", "Throttling.Api", "Throttling.DeepPageSkip"],
    class: "retry",
    says: "the account's requests are being throttled",
    remedy: "Run the command again later, or with a lower --parallel.",
  },
  {
    codes: ["ServiceUnavailable", "InternalError"],
    class: "retry",
    says: "the service failed internally",
    remedy: runAgain,
  },
  {
    codes: ["OperationConflict"],
    class: "retry",
    says: "another request is in progress",
    remedy: runAgain,
  },
  {
    codes: [
      "LastTokenProcessing",
      "OperationFailed.LastTokenProcessing",
      "IdempotenceProcessing",
      "OperationFailed.IdempotentTokenProcessing",
      "IdempotentProcessing",
    ],
    ...inProgress,
  },
  {
    codes: ["IdempotentFailed"],
    ...failedReplay,
  },
  {
    codes: ["SystemBusy", "IncorrectStatus", "TaskConflict", "VPC_TASK_CONFLICT"],
    class: "retry",
    says: "the service is busy with another task",
    remedy: runAgain,
  },
  {
    codes: ["IdempotentParameterMismatch"],
    class: "mismatch",
    says: "an earlier request under the same ClientToken had other settings",
    remedy: "Check the EIP console for a segment of that earlier request before you allocate another.",
  },
  {
    codes: ["InvalidRegionId.NotFound", "Forbidden.RegionNotFound"],
    class: "user",
    says: "the region does not exist or is not offered to this account; the segment may still exist",
    remedy: "Correct regionId or alicloud:region.",
    property: "regionId",
  },
  {
    codes: ["Forbidden.RAM", "NoPermission"],
    class: "user",
    says: "the credentials lack a permission",
    remedy: grantAction,
  },
  {
    codes: ["Forbidden"],
    class: "user",
    says: "the credentials may not do this: {message}",
    remedy: grantAction,
  },
  {
    codes: ["Forbidden.RiskControl"],
    class: "user",
    says: "the account's risk control refuses the request",
    remedy: "Verify the account by the link in the console or in the mail sent to it.",
  },
  {
    codes: ["InvalidAccessKeyId.NotFound"],
    class: "user",
    says: "the access key does not exist",
    remedy: checkKey,
  },
  {
    codes: ["InvalidAccessKeyId.Inactive"],
    class: "user",
    says: "the access key is disabled",
    remedy: "Enable it in the RAM console, or use another.",
  },
  {
    codes: ["SignatureDoesNotMatch"],
    class: "user",
    says: "the secret does not belong to the access key",
    remedy: "Check the access key secret (alicloud:secretKey or ALICLOUD_SECRET_KEY, or the profile in use).",
  },
  {
    codes: ["SignatureNonceUsed"],
    class: "retry",
    says: "the request's random number was used before",
    remedy: runAgain,
  },
  {
    codes: ["InvalidTimeStamp.Expired", "IllegalTimestamp"],
    class: "user",
    says: "the request's time is too far from the server's",
    remedy: setClock,
    once: "newTimestamp",
  },
  {
    codes: ["InvalidSecurityToken.Expired"],
    class: "user",
    says: "the temporary credentials have expired",
    remedy: renewToken,
    once: "renewedCredentials",
  },
  {
    codes: [
      "InvalidSecurityToken.Malformed",
      "InvalidSecurityToken.MismatchWithAccessKey",
      "MissingSecurityToken",
    ],
    class: "user",
    says: "the security token is missing or does not belong to the access key",
    remedy: renewToken,
  },
  {
    codes: ["InvalidProduct.NotFound", "InvalidApi.NotFound", "InvalidAction.NotFound"],
    class: "user",
    says: "the endpoint does not offer this operation",
    remedy: checkEndpoint,
  },
  {
    codes: ["InvalidProtocol.NeedSsl"],
    class: "user",
    says: "the endpoint requires HTTPS",
    remedy: "Omit alicloud:protocol or set it to HTTPS, and use https:// in endpoints.",
  },
  {
    codes: [
      "IncompleteSignature",
      "InvalidTimeStamp.Format",
      "MissingParameter",
      "InvalidParameter",
      "InvalidParameter.Format",
      "UnsupportedHTTPMethod",
      "UnsupportedOperation",
    ],
    class: "user",
    says: "the API does not accept the request: {message}",
    remedy: report,
  },
];

/** Operations on EIPs and segments that a running task of theirs holds up. */
const busyActions: readonly string[] = [
  "ReleaseEipSegmentAddress",
  "ModifyEipAddressAttribute",
  "MoveResourceGroup",
  "TagResources",
  "UnTagResources",
];

/** Families of codes, `*` standing for any text; the exact codes above come first. */
export const codeFamilies: readonly (CatalogueRow & { actions?: readonly string[] })[] = [
  {
    codes: ["Throttling*"],
    class: "retry",
    says: "the account's requests are being throttled",
    remedy: "Run the command again later, or with a lower --parallel.",
  },
  { codes: ["*Idempotent*Processing*", "*LastTokenProcessing*"], ...inProgress },
  { codes: ["*IdempotentFailed", "*IdempotentRequestFailed"], ...failedReplay },
  {
    codes: ["*TooFrequent*"],
    class: "later",
    says: "the operation was requested too often: {message}",
    remedy: "Run the command again in a few minutes.",
  },
  {
    codes: ["IncorrectStatus.*", "TaskConflict.*"],
    actions: busyActions,
    class: "busy",
    says: "another task is running on it: {message}",
    remedy: "Wait for that task to end, then run the command again.",
  },
  {
    codes: ["IncorrectStatus.*", "TaskConflict.*"],
    class: "retry",
    says: "a resource of the request is busy: {message}",
    remedy: runAgain,
  },
  {
    codes: ["Missing*"],
    class: "user",
    says: "the API does not accept the request: {message}",
    remedy: report,
  },
];
