/** Shortest and longest time between two polls, in ms. */
const shortestMs = 200;
const longestMs = 3000;

/** Share of the time waited so far after which another look is worth a call. */
const share = 0.1;

/**
 * Time until the next poll of a wait that has lasted `waitedMs`: a tenth of it, so that a long wait costs few calls and its
 * end is still noticed soon, with up to a fifth of jitter so that several programs do not poll in step.
 *
 * @param random - A number from 0 to 1.
 */
export function pollDelay(waitedMs: number, random: number): number {
  const base = Math.min(longestMs, Math.max(shortestMs, waitedMs * share));
  return base * (1 - random / 5);
}
