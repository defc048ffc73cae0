import type { Question } from "./question";

/** What DescribeEipSegment returns. */
export const segmentQuestions = {
  "new-segment": {
    asks: "When is a new segment listed?",
    documented: "nothing",
    assumed: "at once, as Allocating",
    measured: "DescribeEipSegment right after Allocate",
    alternatives: {
      late: { is: "after 10 seconds", handled: "Waits for the grace period." },
      "after-grace": {
        is: "after 45 seconds, longer than the grace period",
        handled: "Sends another request, uses the segment that is listed first, and releases the other.",
      },
    },
  },
  "failed-allocation": {
    asks: "What is listed when an allocation fails in the background?",
    documented: "Allocating, Allocated and Releasing are the only statuses.",
    assumed: "The segment is no longer listed.",
    measured: "cannot be provoked",
    alternatives: {
      "failed-status": {
        is: "The segment stays, with the status Failed.",
        handled: "Waits until the timeout, and names the status. `pulumi destroy` releases it.",
      },
    },
  },
  "absent-segment": {
    asks: "What does DescribeEipSegment return for an id that does not exist?",
    documented: '"Cannot be found" means released. No error is listed.',
    assumed: "200 with an empty list",
    measured: "DescribeEipSegment with an id that does not exist",
    alternatives: {
      error: {
        is: "400 OperationFailed.InstanceNotExist",
        handled: "Counts as absent, once the EIPs are absent too.",
      },
      "no-list": { is: "200 with TotalCount 0 and no list", handled: "Counts as an empty list." },
    },
  },
  "segment-filter": {
    asks: "Does DescribeEipSegment apply the filter SegmentInstanceId?",
    documented: "yes",
    assumed: "yes",
    measured: "DescribeEipSegment with the id, in a region with several segments",
    alternatives: {
      ignored: {
        is: "It returns all segments of the region.",
        handled: "Picks the segment by its id.",
      },
    },
  },
  "ready-status": {
    asks: "How is the status of a ready segment spelt?",
    documented: "Allocated",
    assumed: "Allocated",
    measured: "Status in DescribeEipSegment",
    alternatives: {
      "upper-case": { is: "ALLOCATED", handled: "Compares without regard to case." },
      "other-word": {
        is: "another word, such as Available",
        handled: "Waits until the timeout, and names the status.",
      },
    },
  },
  "ip-count": {
    asks: "What is IpCount?",
    documented: "The number of addresses. One sample shows the mask instead.",
    assumed: "the number of EIPs, as text",
    measured: "IpCount in DescribeEipSegment",
    alternatives: {
      missing: { is: "left out", handled: "Counts the listed EIPs." },
      mask: { is: "the mask", handled: "Counts the listed EIPs." },
    },
  },
  "segment-fields": {
    asks: "Does DescribeEipSegment always return the block and the creation time?",
    documented: "yes",
    assumed: "yes",
    measured: "Segment and CreationTime in DescribeEipSegment",
    alternatives: {
      "no-block": { is: "no block", handled: "Relies on the segment id of the EIPs." },
      "no-creation-time": {
        is: "no creation time",
        handled: "Counts the segment as old: it is not recovered once tagged.",
      },
    },
  },
  "total-count": {
    asks: "Is TotalCount exact?",
    documented: "yes",
    assumed: "yes",
    measured: "TotalCount in DescribeEipSegment and DescribeEipAddresses",
    alternatives: {
      missing: { is: "left out", handled: "Reads pages until one has nothing new." },
      "too-high": { is: "one too high", handled: "Reads one page more." },
    },
  },
  "page-size": {
    asks: "Is PageSize honoured?",
    documented: "up to 50 segments and 100 EIPs",
    assumed: "yes",
    measured: "DescribeEipAddresses with PageSize 100",
    alternatives: {
      ten: { is: "A page has ten rows, whatever the request says.", handled: "Reads all pages." },
    },
  },
} as const satisfies Record<string, Question>;
