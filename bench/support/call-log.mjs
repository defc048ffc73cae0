/** Calls per segment in a simulator's log: in total and by action. */
export function callsPerSegment(log, count) {
  const byAction = {};
  for (const { action } of log) byAction[action] = (byAction[action] ?? 0) + 1 / count;
  return { total: log.length / count, byAction };
}

/** Answers that say that the account's rate is used up. */
export function throttledAnswers(log) {
  return log.filter(({ code }) => code?.includes("Throttling")).length;
}

/** Segments on one page of DescribeEipSegment that lists a region. */
const PAGE = 50;

/**
 * For each segment of a cloud that had none before, ms from the moment it was ready until the first later answer that showed
 * it: one that asked for it by its id, or the page that it is on.
 *
 * @param {{id: string}[]} segments in the order of their allocation
 * @param allocateMs time the simulated cloud takes
 */
export function detectionLags(log, segments, allocateMs) {
  const allocations = log.filter(
    ({ action, status }) => action === "AllocateEipSegmentAddress" && status === 200,
  );
  const looks = log.filter(({ action, status }) => action === "DescribeEipSegment" && status === 200);
  return allocations.flatMap(({ at, durationMs }, index) => {
    const ready = at + durationMs + allocateMs;
    const page = String(Math.floor(index / PAGE) + 1);
    const look = looks.find(
      ({ at: lookedAt, parameters: { SegmentInstanceId, PageNumber } }) =>
        lookedAt >= ready &&
        (SegmentInstanceId === undefined ? PageNumber === page : SegmentInstanceId === segments[index]?.id),
    );
    return look === undefined ? [] : [look.at + look.durationMs - ready];
  });
}
