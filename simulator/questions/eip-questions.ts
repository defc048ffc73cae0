import type { Question } from "./question";

/** What DescribeEipAddresses returns for the EIPs of a segment. */
export const eipQuestions = {
  "eips-of-allocating": {
    asks: "Are EIPs listed while their segment is Allocating?",
    documented: "nothing",
    assumed: "no",
    measured: "DescribeEipAddresses while the segment is Allocating",
    alternatives: {
      listed: { is: "yes", handled: "Waits for the segment all the same." },
    },
  },
  "eips-of-ready": {
    asks: "Are all EIPs listed once the segment is Allocated?",
    documented: "nothing",
    assumed: "yes",
    measured: "DescribeEipAddresses right after the segment is Allocated",
    alternatives: {
      late: { is: "none of them for 5 seconds", handled: "Waits until the list is complete." },
      "in-part": { is: "every second one for 30 seconds", handled: "Waits until the list is complete." },
    },
  },
  "eip-filter": {
    asks: "Does DescribeEipAddresses apply the filter SegmentInstanceId?",
    documented: "yes",
    assumed: "yes",
    measured: "DescribeEipAddresses with the segment's id",
    alternatives: {
      ignored: {
        is: "It returns all EIPs of the region.",
        handled: "Uses only EIPs whose segment id or address proves that they belong to the segment.",
      },
      nothing: {
        is: "It returns no EIP.",
        handled: "Waits until the timeout. The segment stays in the state.",
      },
    },
  },
  "eip-fields": {
    asks: "Do EIPs of a segment have its id and all settings?",
    documented: "SegmentInstanceId and all settings are listed.",
    assumed: "yes",
    measured: "the fields in DescribeEipAddresses",
    alternatives: {
      "no-segment-id": { is: "no SegmentInstanceId", handled: "Uses the addresses inside the block." },
      "no-settings": {
        is: "no ISP, Netmode and InternetChargeType",
        handled: "Compares only what is reported.",
      },
    },
  },
  "eip-words": {
    asks: "How are status and line type spelt?",
    documented: "Available, BGP",
    assumed: "as documented",
    measured: "Status and ISP in DescribeEipAddresses",
    alternatives: {
      "other-case": { is: "AVAILABLE, bgp", handled: "Compares without regard to case." },
    },
  },
  "eip-numbers": {
    asks: "Is the bandwidth of an EIP a text?",
    documented: "yes",
    assumed: "yes",
    measured: "Bandwidth in DescribeEipAddresses",
    alternatives: {
      number: { is: "a number", handled: "Reads both." },
    },
  },
  "eip-tags": {
    asks: "Does DescribeEipAddresses return the tags?",
    documented: "yes",
    assumed: "yes",
    measured: "Tags in DescribeEipAddresses after TagResources",
    alternatives: {
      missing: {
        is: "no",
        handled: "Sets the tags again on an update. Interrupted runs are harder to recover.",
      },
    },
  },
  "absent-eip": {
    asks: "What does DescribeEipAddresses return for an id that does not exist?",
    documented: "nothing",
    assumed: "200 with an empty list",
    measured: "DescribeEipAddresses with an id that does not exist",
    alternatives: {
      error: { is: "404 InvalidAllocationId.NotFound", handled: "Counts as absent." },
    },
  },
} as const satisfies Record<string, Question>;
