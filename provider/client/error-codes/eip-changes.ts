import type { CatalogueRow } from "../types";

/** Codes that say that an EIP is busy, in every operation that changes one. */
export const busyEipCodes: readonly CatalogueRow[] = [
  {
    codes: [
      "IncorrectEipStatus",
      "IncorrectStatus",
      "TaskConflict",
      "VPC_TASK_CONFLICT",
      "OperationConflict",
    ],
    class: "busy",
    says: "the EIP's status does not allow this now",
    remedy: "Wait for its running task to end, then run the command again.",
  },
];

/** Codes of ModifyEipAddressAttribute whose meaning differs there. */
export const eipCodes: readonly CatalogueRow[] = [
  ...busyEipCodes,
  {
    codes: ["InvalidAllocationId.NotFound"],
    class: "absent",
    says: "the EIP does not exist in this account and region",
    remedy: "Run pulumi refresh to compare the state with the cloud.",
  },
  {
    codes: ["InvalidParameter"],
    class: "user",
    says: "the API does not accept a value: {message}",
    remedy: "Set bandwidth to 1 to 500 Mbit/s with PayByBandwidth, 1 to 200 with PayByTraffic.",
    property: "bandwidth",
  },
  {
    codes: ["InsufficientBalance.Eip"],
    class: "user",
    says: "the account does not have enough balance",
    remedy: "Top the account up, then run the command again.",
  },
];
