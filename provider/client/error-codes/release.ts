import type { CatalogueRow } from "../types";

const leaveBandwidthPackage = "Remove its EIPs from the Internet Shared Bandwidth instance first.";
const waitForTasks =
  "Wait for the tasks of its EIPs to end and disassociate those in use, then run the command again.";

/**
 * Codes of ReleaseEipSegmentAddress.
 * Source: the error tables of its API page (versions of 2024-07 and 2026).
 */
export const releaseCodes: readonly CatalogueRow[] = [
  {
    codes: ["OperationFailed.InstanceNotExist", "InvalidAllocationId.NotFound"],
    class: "absent",
    says: "the segment does not exist in this account and region",
    remedy: "If it should exist, check the account and the region; otherwise run pulumi refresh.",
  },
  {
    codes: ["IncorrectEipStatus", "OperationFailed.EipStatusInvalid"],
    class: "busy",
    says: "one of its EIPs is in use or changing",
    remedy: waitForTasks,
  },
  {
    codes: ["OperationFailed.EipNumInconsistent"],
    class: "busy",
    says: "the number of its EIPs is not what the service expects",
    remedy:
      "Wait for the tasks of its EIPs to end, then run the command again. If the error stays, open a ticket with the RequestId.",
  },
  {
    codes: ["IncorrectStatus", "TaskConflict", "VPC_TASK_CONFLICT", "OperationConflict"],
    class: "busy",
    says: "another task is running on it",
    remedy: waitForTasks,
  },
  {
    codes: ["OperationFailed.EipInBwp", "Forbidden.EipInBwp"],
    class: "user",
    says: "at least one of its EIPs is in an Internet Shared Bandwidth instance",
    remedy: leaveBandwidthPackage,
  },
  {
    codes: ["InvalidOperation.DeletionProtection"],
    class: "user",
    says: "deletion protection is on for one of its EIPs",
    remedy: "Switch deletion protection off in the EIP console, then run the command again.",
  },
  {
    codes: ["Forbidden.ChargeTypeIsPrepaid"],
    class: "user",
    says: "one of its EIPs is a subscription and cannot be released",
    remedy: "Wait until the subscription ends, or open a ticket.",
  },
  {
    codes: ["Forbidden"],
    class: "user",
    says: "the credentials belong to another account than the segment, or may not release it",
    remedy: "Use the account that owns it, and grant {permission}.",
  },
  {
    codes: ["TaskConflict.AssociateGlobalAccelerationInstance"],
    class: "later",
    says: "an EIP of it is being attached to a Global Accelerator instance",
    remedy: "Run the command again in a few minutes.",
  },
];
