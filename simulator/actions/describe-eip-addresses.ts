import { apiError, invalidParameter } from "../api-error";
import type { Eip } from "../eip";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import { pageOf } from "../paging";
import type { ReplyBody } from "../reply-body";
import { instanceTypes } from "./instance-types";
import { renderEip } from "./render-eip";

/** Filters that compare one field. LockReason matches nothing: no EIP is ever locked here. */
const filters: Readonly<Record<string, (eip: Eip) => string | undefined>> = {
  SegmentInstanceId: (eip) => eip.segmentId,
  Status: (eip) => eip.status,
  ResourceGroupId: (eip) => eip.resourceGroupId,
  ISP: (eip) => eip.isp,
  ChargeType: () => "PostPaid",
  AssociatedInstanceType: (eip) => eip.association?.instanceType,
  AssociatedInstanceId: (eip) => eip.association?.instanceId,
  EipName: (eip) => eip.name,
  PublicIpAddressPoolId: (eip) => eip.publicIpAddressPoolId,
  LockReason: () => undefined,
};

const listFilters: Readonly<Record<string, (eip: Eip) => string>> = {
  AllocationId: (eip) => eip.allocationId,
  EipAddress: (eip) => eip.ipAddress,
};

/**
 * DescribeEipAddresses: the account's EIPs in one region that pass all filters, ordered by allocation id and so not by address.
 * The filters Filter.N, IncludeReservationData, SecurityProtectionEnabled and ServiceManaged are ignored.
 */
export const describeEipAddresses: Operation = {
  version: vpcVersion,
  required: ["RegionId"],
  methods: ["GET", "POST", "HEAD"],
  run: describe,
};

function describe(context: OperationContext): ReplyBody {
  const { cloud, account, parameters, regionId } = context;
  const type = parameters.filled("AssociatedInstanceType");
  if (type !== undefined && !(type in instanceTypes)) {
    throw apiError("InvalidIAssociatedInstanceType.ValueNotSupported");
  }
  const tests = [...fieldTests(context), ...listTests(context), ...tagTests(context)];
  const matching = [...cloud.store.eips.values()]
    .filter((eip) => eip.accountId === account.accountId && eip.regionId === regionId)
    .filter((eip) => isListed(context, eip) && tests.every((test) => test(eip)))
    .sort((left, right) => (left.allocationId < right.allocationId ? -1 : 1));
  const page = pageOf(matching, parameters, 100);
  if (parameters.flag("DryRun")) throw apiError("DryRunOperation");
  const body = {
    ...page.header,
    EipAddresses: { EipAddress: page.items.map((eip) => renderEip(cloud.store.shown(eip))) },
  };
  for (const { transition } of page.items) if (transition !== undefined) transition.describes += 1;
  return body;
}

type Test = (eip: Eip) => boolean;

function isListed({ cloud }: OperationContext, eip: Eip): boolean {
  const segment = eip.segmentId === undefined ? undefined : cloud.store.segments.get(eip.segmentId);
  if (segment === undefined) return true;
  if (!cloud.store.isVisible(segment)) return false;
  if (segment.readyAt === undefined) return cloud.isAnswered("eips-of-allocating=listed");
  const isYounger = (ms: number): boolean => cloud.now() < (segment.readyAt ?? 0) + ms;
  const isLate =
    (cloud.isAnswered("eips-of-ready=late") && isYounger(5000)) ||
    (cloud.isAnswered("eips-of-ready=in-part") && isYounger(30_000) && segment.eips.indexOf(eip) % 2 === 1);
  return !isLate;
}

function fieldTests({ parameters }: OperationContext): Test[] {
  return Object.entries(filters).flatMap(([name, field]): Test[] => {
    const wanted = parameters.filled(name);
    return wanted === undefined ? [] : [(eip) => field(eip) === wanted];
  });
}

function listTests({ parameters }: OperationContext): Test[] {
  return Object.entries(listFilters).flatMap(([name, field]): Test[] => {
    const wanted = parameters.filled(name)?.split(",");
    if (wanted === undefined) return [];
    if (wanted.length > 50) throw invalidParameter(name);
    return [(eip) => wanted.includes(field(eip))];
  });
}

function tagTests({ parameters }: OperationContext): Test[] {
  const tags = parameters.keyValues("Tag");
  if (tags.length > 20) throw apiError("NumberExceed.Tags");
  return tags.map(({ key, value }) => {
    if (!key) throw apiError("InvalidParameter.TagKey");
    return (eip) => (value === undefined ? eip.tags.has(key) : eip.tags.get(key) === value);
  });
}
