import type { ApiErrorCode } from "../api-errors";
import { apiError } from "../api-error";
import { type Operation, type OperationContext, vpcVersion } from "../operation";
import type { ReplyBody } from "../reply-body";
import type { Segment } from "../segment";
import { findSegment } from "./find-segment";

/** Preconditions of a release. Which code answers a second release under way is UNVERIFIED. */
const obstacles: readonly {
  readonly stands: (segment: Segment) => boolean;
  readonly code: ApiErrorCode;
}[] = [
  { stands: ({ status }) => status === "Allocating", code: "OperationFailed.EipStatusInvalid" },
  { stands: ({ status }) => status === "Releasing", code: "IncorrectEipStatus" },
  { stands: ({ eips }) => eips.some(({ status }) => status !== "Available"), code: "IncorrectEipStatus" },
  {
    stands: ({ eips }) => eips.some(({ bandwidthPackageId }) => bandwidthPackageId !== undefined),
    code: "OperationFailed.EipInBwp",
  },
  {
    stands: ({ eips }) => eips.some(({ deletionProtection }) => deletionProtection),
    code: "InvalidOperation.DeletionProtection",
  },
];

/** ReleaseEipSegmentAddress: gives a segment and all its EIPs back. */
export const releaseEipSegmentAddress: Operation = {
  version: vpcVersion,
  required: ["RegionId", "SegmentInstanceId"],
  remembersToken: true,
  run: release,
};

function release(context: OperationContext): ReplyBody {
  const segment = findSegment(context, context.parameters.required("SegmentInstanceId"));
  if (segment.status === "Releasing") {
    if (context.cloud.isAnswered("second-release=accepted")) return {};
    if (context.cloud.isAnswered("second-release=absent")) throw apiError("OperationFailed.InstanceNotExist");
  }
  const obstacle = obstacles.find(({ stands }) => stands(segment));
  if (obstacle !== undefined) throw apiError(obstacle.code);
  context.cloud.store.startRelease(segment);
  return {};
}
