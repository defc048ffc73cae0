import type { Question } from "./question";

/** What changes of EIPs and ReleaseEipSegmentAddress do. */
export const changeQuestions = {
  "modify-bandwidth": {
    asks: "Does ModifyEipAddressAttribute set the bandwidth of one EIP of a segment?",
    documented:
      "Nothing excludes EIPs of segments. The pages disagree whether the bandwidth is the segment's.",
    assumed: "yes, of that EIP alone",
    measured: "ModifyEipAddressAttribute on one EIP, then DescribeEipAddresses",
    alternatives: {
      refused: { is: "refused with OperationDenied", handled: "The update fails with the code." },
      "without-effect": { is: "200, and nothing changes", handled: "A refresh shows the difference." },
      "whole-segment": { is: "It sets all EIPs of the segment.", handled: "The result is the same." },
    },
  },
  "tag-eips": {
    asks: "Can EIPs of a segment be tagged?",
    documented: "Nothing excludes them.",
    assumed: "yes",
    measured: "TagResources on the EIPs, then DescribeEipAddresses",
    alternatives: {
      refused: {
        is: "refused with OperationDenied",
        handled: "One warning that names eipSegment:ownershipTag. Tags in the program fail.",
      },
      "without-effect": { is: "200, and nothing changes", handled: "A refresh shows the difference." },
    },
  },
  "move-group": {
    asks: "Can EIPs of a segment move to another resource group?",
    documented: "Nothing excludes them.",
    assumed: "yes",
    measured: "MoveResourceGroup on an EIP",
    alternatives: {
      refused: { is: "refused with OperationDenied", handled: "The update fails with the code." },
    },
  },
  "eip-changes": {
    asks: "When does DescribeEipAddresses show a change?",
    documented: "nothing",
    assumed: "at once",
    measured: "DescribeEipAddresses right after a change",
    alternatives: {
      late: { is: "after 5 seconds", handled: "Relies on the response to the change." },
    },
  },
  "second-release": {
    asks: "What does ReleaseEipSegmentAddress return while the segment is Releasing?",
    documented: "Concurrent releases are not possible. No code is given.",
    assumed: "400 IncorrectEipStatus",
    measured: "ReleaseEipSegmentAddress twice",
    alternatives: {
      accepted: { is: "200", handled: "Waits for the release." },
      absent: { is: "400 OperationFailed.InstanceNotExist", handled: "Waits for the release." },
    },
  },
  "released-segment": {
    asks: "How is a segment listed that is being released?",
    documented: "as Releasing, then not at all",
    assumed: "as documented",
    measured: "DescribeEipSegment after ReleaseEipSegmentAddress",
    alternatives: {
      allocated: { is: "as Allocated until it is no longer listed", handled: "Waits until it is absent." },
      released: {
        is: "as Released for another minute",
        handled: "Counts as released once none of its EIPs exists.",
      },
    },
  },
  "eips-of-released": {
    asks: "Are EIPs listed after their segment no longer is?",
    documented: "nothing",
    assumed: "no",
    measured: "DescribeEipAddresses once the segment is absent",
    alternatives: {
      "listed-longer": { is: "as Available for 10 seconds", handled: "Waits until they are absent too." },
    },
  },
  "first-release": {
    asks: "Can an accepted release fail in the background?",
    documented: "nothing",
    assumed: "no",
    measured: "DescribeEipSegment after ReleaseEipSegmentAddress",
    alternatives: {
      "without-effect": {
        is: "The first release returns 200, and the segment stays Allocated.",
        handled: "Fails at the timeout. The next `pulumi destroy` sends another request.",
      },
    },
  },
} as const satisfies Record<string, Question>;
