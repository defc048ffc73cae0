import { ApiError, apiError } from "./api-error";
import type { ApiErrorCode } from "./api-errors";
import type { OperationContext } from "./operation";
import type { Answer, IsAnswered } from "./questions";
import type { ReplyBody, ReplyValue } from "./reply-body";

/*
 * Alternatives that change requests and replies, and nothing of what the cloud does. Those that change what it does are read where that
 * happens, by `cloud.isAnswered`.
 */

type Parameters = Readonly<Record<string, string>>;
type ReplyChange = (body: ReplyBody, parameters: Parameters) => ReplyBody;

const [segmentList, eipList] = ["DescribeEipSegment", "DescribeEipAddresses"] as const;

const requestChanges: readonly (readonly [Answer, string, (parameters: Parameters) => Parameters])[] = [
  ["segment-filter=ignored", segmentList, (all) => without(all, "SegmentInstanceId")],
  ["eip-filter=ignored", eipList, (all) => without(all, "SegmentInstanceId")],
  ["eip-filter=nothing", eipList, (all) => ("SegmentInstanceId" in all ? { ...all, Status: "none" } : all)],
  ["page-size=ten", segmentList, (all) => without(all, "PageSize")],
  ["page-size=ten", eipList, (all) => without(all, "PageSize")],
];

const refusedActions: readonly (readonly [Answer, string])[] = [
  ["modify-bandwidth=refused", "ModifyEipAddressAttribute"],
  ["tag-eips=refused", "TagResources"],
  ["move-group=refused", "MoveResourceGroup"],
];

const idleActions: readonly (readonly [Answer, string])[] = [
  ["modify-bandwidth=without-effect", "ModifyEipAddressAttribute"],
  ["tag-eips=without-effect", "TagResources"],
];

const replyChanges: readonly (readonly [Answer, string, ReplyChange])[] = [
  [
    "absent-segment=error",
    segmentList,
    refuseAbsent("SegmentInstanceId", "OperationFailed.InstanceNotExist"),
  ],
  ["absent-segment=no-list", segmentList, (body) => (body.TotalCount === 0 ? { TotalCount: 0 } : body)],
  ["absent-eip=error", eipList, refuseAbsent("AllocationId", "InvalidAllocationId.NotFound")],
  ["ready-status=upper-case", segmentList, onRows(respell("Allocated", "ALLOCATED"))],
  ["ready-status=other-word", segmentList, onRows(respell("Allocated", "Available"))],
  ["released-segment=allocated", segmentList, onRows(respell("Releasing", "Allocated"))],
  ["released-segment=released", segmentList, onRows(respell("Releasing", "Released"))],
  ["ip-count=missing", segmentList, onRows((row) => without(row, "IpCount"))],
  [
    "ip-count=mask",
    segmentList,
    onRows((row) => ({ ...row, IpCount: textOf(row.Segment).replace(/.*\//, "") })),
  ],
  ["segment-fields=no-block", segmentList, onRows((row) => without(row, "Segment"))],
  ["segment-fields=no-creation-time", segmentList, onRows((row) => without(row, "CreationTime"))],
  ["total-count=missing", segmentList, (body) => without(body, "TotalCount")],
  ["total-count=missing", eipList, (body) => without(body, "TotalCount")],
  ["total-count=too-high", segmentList, countOneMore],
  ["total-count=too-high", eipList, countOneMore],
  ["eip-fields=no-segment-id", eipList, onRows((row) => without(row, "SegmentInstanceId"))],
  ["eip-fields=no-settings", eipList, onRows((row) => without(row, "ISP", "Netmode", "InternetChargeType"))],
  [
    "eip-words=other-case",
    eipList,
    onRows((row) => ({
      ...row,
      Status: textOf(row.Status).toUpperCase(),
      ISP: textOf(row.ISP).toLowerCase(),
    })),
  ],
  ["eip-numbers=number", eipList, onRows((row) => ({ ...row, Bandwidth: Number(row.Bandwidth) }))],
  ["eip-tags=missing", eipList, onRows((row) => without(row, "Tags"))],
];

/** The parameters that the operation reads. */
export function answeredParameters(
  isAnswered: IsAnswered,
  action: string,
  parameters: Parameters,
): Parameters {
  return requestChanges
    .filter(([answer, changed]) => changed === action && isAnswered(answer))
    .reduce((all, [, , change]) => change(all), parameters);
}

/**
 * The reply of a call that does not reach its operation; undefined for every other call.
 *
 * @throws ApiError `OperationDenied`
 */
export function replyInstead({ cloud }: OperationContext, action: string): ReplyBody | undefined {
  const isAmong = (actions: readonly (readonly [Answer, string])[]): boolean =>
    actions.some(([answer, name]) => name === action && cloud.isAnswered(answer));
  if (isAmong(refusedActions)) {
    throw new ApiError(400, "OperationDenied", "The operation is denied for EIPs of a segment.");
  }
  return isAmong(idleActions) ? {} : undefined;
}

/**
 * The reply that is sent.
 *
 * @throws ApiError where an alternative refuses instead.
 */
export function answeredBody(
  isAnswered: IsAnswered,
  action: string,
  parameters: Parameters,
  body: ReplyBody,
): ReplyBody {
  return replyChanges
    .filter(([answer, changed]) => changed === action && isAnswered(answer))
    .reduce((reply, [, , change]) => change(reply, parameters), body);
}

function without<Value>(all: Readonly<Record<string, Value>>, ...names: string[]): Record<string, Value> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
}

function textOf(value: ReplyValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function respell(status: string, other: string): (row: ReplyBody) => ReplyBody {
  return (row) => (row.Status === status ? { ...row, Status: other } : row);
}

/** Changes each row of the list that a reply holds as `{ EipSegments: { EipSegment: [] } }`. */
function onRows(change: (row: ReplyBody) => ReplyBody): ReplyChange {
  const changed = (value: ReplyValue): ReplyValue =>
    Array.isArray(value) ? (value as ReplyBody[]).map(change) : value;
  return (body) =>
    Object.fromEntries(
      Object.entries(body).map(([name, value]) => [
        name,
        typeof value === "object"
          ? Object.fromEntries(Object.entries(value as ReplyBody).map(([key, list]) => [key, changed(list)]))
          : value,
      ]),
    );
}

function countOneMore(body: ReplyBody): ReplyBody {
  return { ...body, TotalCount: Number(body.TotalCount) + 1 };
}

/** Refuses a request that names something by the parameter and finds none of it. */
function refuseAbsent(parameter: string, code: ApiErrorCode): ReplyChange {
  return (body, parameters) => {
    if (body.TotalCount === 0 && parameters[parameter] !== undefined) throw apiError(code);
    return body;
  };
}
