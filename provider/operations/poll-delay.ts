/** Shortest and longest time between two looks at a segment, in ms. */
export const shortestMs = 400;
const longestMs = 3000;

/** Share of the time waited so far after which another look is worth a call. */
const share = 0.2;

/** Share of the shortest wait of its kind so far before which a new wait needs no look. */
const idleShare = 0.7;

/**
 * Time until the next look of a wait that has lasted `waitedMs`: a fifth of it, so that a long wait costs few calls and its
 * end is noticed within a tenth on average, with up to a fifth of jitter so that several programs do not poll in step.
 *
 * @param random - A number from 0 to 1.
 */
export function pollDelay(waitedMs: number, random: number): number {
  const base = Math.min(longestMs, Math.max(shortestMs, waitedMs * share));
  return base * (1 - random / 5);
}

/**
 * Time until the first look of a new wait, from what waits of its kind have taken in this process; 0 when there were none.
 *
 * @param quickestMs - The shortest of them.
 */
export function firstLookDelay(quickestMs: number | undefined): number {
  return quickestMs === undefined ? 0 : Math.min(longestMs, quickestMs * idleShare);
}
