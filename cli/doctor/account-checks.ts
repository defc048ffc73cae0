import type { Settings } from "../../provider/settings/settings";
import type { RawAnswer, RawApi } from "../cloud/raw-api";
import { openRawApi, quotasUrl } from "../cloud/raw-api";
import { printable } from "../printable";
import { isRecord, textAt } from "../json-values";
import type { Check } from "./check";
import { failed, notTried, ok, warning } from "./check";

/** A RAM action of the provider, and what its reply counts where it only reads. */
interface Permission {
  /** Operation of the VPC API. */
  action: string;
  counts?: "segments" | "EIPs";
}

/** Every action of the first policy of `docs/permissions.md`. */
export const permissions: readonly Permission[] = [
  { action: "DescribeEipSegment", counts: "segments" },
  { action: "DescribeEipAddresses", counts: "EIPs" },
  { action: "AllocateEipSegmentAddress" },
  { action: "ModifyEipAddressAttribute" },
  { action: "MoveResourceGroup" },
  { action: "ReleaseEipSegmentAddress" },
  { action: "TagResources" },
  { action: "UnTagResources" },
];

/** Addresses of the smallest segment. */
const smallestSegment = 16;

const quotaConsole = "https://quotas.console.alibabacloud.com/products/eip/quotas";

/** Checks the account of the credentials, what it may do, and what it has. */
export async function checkAccount(settings: Settings, regionId: string): Promise<Check[]> {
  const api = openRawApi(settings, regionId);
  const identity = await api({ service: "sts", action: "GetCallerIdentity" });
  const account = identityCheck(identity);
  if (account.status === "failed") {
    return [account, notTried("permissions", "The credentials were refused.")];
  }
  const readable = permissions.filter(({ counts }) => counts !== undefined);
  const [quota, ...answers] = await Promise.all([
    checkQuota(api, settings, regionId),
    ...readable.map(({ action }) => api({ action, parameters: { PageNumber: 1, PageSize: 10 } })),
  ]);
  const inUse = readable.flatMap(({ counts }, index) => countOf(answers[index], counts) ?? []);
  return [
    account,
    ...permissions.map(({ action }) => {
      const answer = answers[readable.findIndex((one) => one.action === action)];
      return answer === undefined
        ? notTried(`vpc:${action}`, "It changes resources.")
        : permissionCheck(`vpc:${action}`, answer);
    }),
    inUse.length === 0
      ? notTried("resources", "No response had counts.")
      : ok("resources", `${inUse.join(" and ")} in ${regionId}.`),
    quota,
  ];
}

function identityCheck(answer: RawAnswer): Check {
  const subject = "account";
  if (answer.kind === "refusal") {
    return failed(subject, refusalText(answer));
  }
  if (answer.kind === "none") {
    return warning(
      subject,
      `STS did not return the account: ${answer.reason}.`,
      "Check the STS endpoint. Without the account's id, an unlisted segment counts as deleted, with a warning.",
    );
  }
  const text = (key: string) => printable(textAt(answer.body, key) ?? "unknown");
  return ok(subject, `${text("AccountId")}, ${text("IdentityType")} ${text("Arn")}.`);
}

function permissionCheck(subject: string, answer: RawAnswer): Check {
  switch (answer.kind) {
    case "reply":
      return ok(subject, "Granted.");
    case "refusal":
      return (answer.isTemporary ? warning : failed)(subject, refusalText(answer));
    case "none":
      return failed(
        subject,
        `No usable response: ${answer.reason}.`,
        "Check the endpoints above, then run the command again.",
      );
  }
}

function refusalText({ code, explanation, requestId }: RawAnswer & { kind: "refusal" }): string {
  const label = requestId === undefined ? code : `${code}, RequestId ${requestId}`;
  return printable(`${explanation.charAt(0).toUpperCase()}${explanation.slice(1)} [${label}]`);
}

function countOf(answer: RawAnswer | undefined, what: Permission["counts"]): string | undefined {
  const count = answer?.kind === "reply" ? Number(answer.body.TotalCount) : Number.NaN;
  return Number.isInteger(count) ? `${count} ${count === 1 ? what?.slice(0, -1) : what}` : undefined;
}

/** The VPC API does not tell the quota; the Quota Center does, to those whom RAM allows it. */
async function checkQuota(api: RawApi, settings: Settings, regionId: string): Promise<Check> {
  const subject = "EIP quota";
  if (!new URL(settings.endpoint("vpc", regionId).url).hostname.endsWith(".aliyuncs.com")) {
    return notTried(subject, `The VPC endpoint is not Alibaba Cloud's, so ${quotasUrl} was not requested.`);
  }
  const answer = await api({
    service: "quotas",
    action: "GetProductQuota",
    parameters: { ProductCode: "eip", QuotaActionCode: "eip_quota_instances_num" },
  });
  return quotaCheck(answer);
}

/** Judges a reply of the Quota Center. */
export function quotaCheck(answer: RawAnswer): Check {
  const subject = "EIP quota";
  const quota = answer.kind === "reply" && isRecord(answer.body.Quota) ? answer.body.Quota : {};
  const left = Number(quota.TotalQuota) - Number(quota.TotalUsage);
  if (Number.isNaN(left)) {
    const why = answer.kind === "refusal" ? `it returned ${answer.code}` : "it gave no usable response";
    return notTried(
      subject,
      `The Quota Center did not return the quota (${printable(why)}); see ${quotaConsole}.`,
    );
  }
  const finding = `${left} of ${Number(quota.TotalQuota)} EIPs left.`;
  return left >= smallestSegment
    ? ok(subject, finding)
    : warning(
        subject,
        finding,
        `The smallest segment takes ${smallestSegment}: request a higher quota at ${quotaConsole}.`,
      );
}
