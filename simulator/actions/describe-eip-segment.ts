import { formatCidr } from "../address-space";
import { formatApiTime } from "../api-time";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import { pageOf } from "../paging";
import type { ReplyBody } from "../reply-body";
import type { Segment } from "../segment";

/** DescribeEipSegment: the account's segments in one region, or one of them. An unknown id gives an empty list. */
export const describeEipSegment: Operation = {
  version: vpcVersion,
  required: ["RegionId"],
  run: describe,
};

function describe({ cloud, account, parameters, regionId }: OperationContext): ReplyBody {
  const { store } = cloud;
  const id = parameters.filled("SegmentInstanceId");
  const matching = [...store.segments.values()].filter(
    (segment) =>
      segment.accountId === account.accountId &&
      segment.regionId === regionId &&
      (id === undefined || segment.id === id),
  );
  const visible = matching.filter((segment) => store.isVisible(segment));
  const page = pageOf(visible, parameters, 50);
  for (const segment of matching) if (!visible.includes(segment)) segment.hiddenDescribes += 1;
  const body = { ...page.header, EipSegments: { EipSegment: page.items.map(renderSegment) } };
  for (const { transition } of page.items) if (transition !== undefined) transition.describes += 1;
  return body;
}

function renderSegment(segment: Segment): ReplyBody {
  return {
    InstanceId: segment.id,
    RegionId: segment.regionId,
    Status: segment.status,
    Segment: formatCidr(segment.block),
    IpCount: String(segment.eips.length),
    Name: "",
    Descritpion: "",
    Zone: segment.zone,
    CreationTime: formatApiTime(segment.createdAt),
  };
}
