/** How a check ended. `not tried`: it would change something, or what it needs failed or is not set. */
export type CheckStatus = "ok" | "warning" | "failed" | "not tried";

/** One line of the examination. */
export interface Check {
  status: CheckStatus;
  /** What was checked, as it is printed: `region`, `vpc:DescribeEipSegment`. Unique within an examination. */
  subject: string;
  /** What was found, as sentences. */
  finding: string;
  /** What to do, as sentences; absent where there is nothing to do, or where the finding says it. */
  remedy?: string;
}

const withStatus =
  (status: CheckStatus) =>
  (subject: string, finding: string, remedy?: string): Check => ({
    status,
    subject,
    finding,
    ...(remedy === undefined ? {} : { remedy }),
  });

/** Makes a check of each status. */
export const ok = withStatus("ok");
export const warning = withStatus("warning");
export const failed = withStatus("failed");
export const notTried = withStatus("not tried");
