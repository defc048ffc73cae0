/** Calls per segment in a simulator's log: in total and by action. */
export function callsPerSegment(log, count) {
  const byAction = {};
  for (const { action } of log) byAction[action] = (byAction[action] ?? 0) + 1 / count;
  return { total: log.length / count, byAction };
}

/**
 * For each segment, ms from the moment the cloud had it ready until the first later answer that showed it so.
 *
 * @param allocateMs time the simulated cloud takes
 */
export function detectionLags(log, allocateMs) {
  const allocations = log.filter(
    ({ action, status }) => action === "AllocateEipSegmentAddress" && status === 200,
  );
  const looks = log.filter(({ action, status }) => action === "DescribeEipSegment" && status === 200);
  return allocations.flatMap(({ at }) => {
    const ready = at + allocateMs;
    const look = looks.find((entry) => entry.at >= ready);
    return look === undefined ? [] : [look.at - ready];
  });
}
