/** How long what a look showed is as good as another look, in ms. */
export const freshMs = 400;

/** How long the first look of a new wait lets others join after the region was looked at, in ms. */
export const gatherMs = 300;

/** Shortest and longest time between two looks at a segment, in ms. */
const shortestMs = 400;
export const longestMs = 3000;

/** Share of the time waited so far after which another look is worth a call, while it is open how long such a wait takes. */
const openShare = 0.13;

/** The same once others of its kind have shown how long it takes: then a look serves several waits. */
const knownShare = 0.2;

/** Share of the shortest wait of its kind so far before which a new wait needs no look. */
const idleShare = 0.9;

/**
 * Time between two looks: a share of the wait, so that a long wait costs few calls and its end is noticed within a tenth on
 * average, with up to a fifth of jitter so that several programs do not poll in step.
 *
 * @param waitedMs - How long the wait has lasted.
 * @param quickestMs - The shortest wait of its kind in this process; undefined while none has ended.
 * @param random - A number from 0 to 1.
 */
export function pollDelay(waitedMs: number, quickestMs: number | undefined, random: number): number {
  const wished =
    quickestMs === undefined ? waitedMs * openShare : Math.max(waitedMs, quickestMs) * knownShare;
  return Math.min(longestMs, Math.max(shortestMs, wished)) * (1 - random / 5);
}

/** How long a new wait surely goes on, from the shortest wait of its kind, in ms. */
export function idleTime(quickestMs: number): number {
  return quickestMs * idleShare;
}
