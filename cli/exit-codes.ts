/** How a command ends; the same numbers for every command. */
export const exitCodes = {
  /** The command did what it was asked for. */
  ok: 0,
  /** A failure of the input, the network or the cloud. */
  failure: 1,
  /** The command line is invalid. */
  usage: 2,
  /** `report --fail-on-loss`: the change would lose addresses. */
  loss: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
