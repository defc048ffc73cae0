import { clearInterval, setInterval } from "node:timers";

const PLAIN_MS = 15_000;
const MOVING_MS = 200;
const CLEAR_LINE = "\r\u001b[2K";

/** The work that is in progress, whose line on a terminal other lines must not run into. */
let current;

/** Prints a line about the set-up on stderr, because stdout belongs to the command the user asked for. */
export function say(line, stream = process.stderr) {
  stream.write(`${current?.isMoving ? CLEAR_LINE : ""}${line}\n`);
}

/** @param {number} ms @returns for example `42 s` or `3 min 5 s` */
export function elapsed(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Shows that `work` is in progress: on a terminal in one line that changes in place, elsewhere in a line every 15 s.
 * @template T
 * @param {string} label what is done
 * @param {(report: (detail: string) => void) => Promise<T>} work may report how far it is, such as `120 of 480 packages`
 * @param {{stream?: NodeJS.WriteStream}} options
 * @returns {Promise<T>}
 */
export async function withProgress(label, work, { stream = process.stderr } = {}) {
  const start = Date.now();
  const isMoving = stream.isTTY === true && process.env.TERM !== "dumb";
  let detail = "";
  const line = () =>
    [`${label} ...`, detail, elapsed(Date.now() - start)].filter((part) => part !== "").join("  ");
  const show = () => {
    // A line that wraps could not be cleared as a whole.
    if (isMoving) stream.write(`${CLEAR_LINE}${line().slice(0, (stream.columns || 80) - 1)}`);
    else stream.write(`${line()}\n`);
  };
  current = { isMoving };
  if (isMoving) show();
  else say(`${label} ...`, stream);
  const timer = setInterval(show, isMoving ? MOVING_MS : PLAIN_MS);
  try {
    const result = await work((text) => {
      detail = text;
    });
    say(`${label}: done in ${elapsed(Date.now() - start)}`, stream);
    return result;
  } catch (error) {
    say(`${label}: failed after ${elapsed(Date.now() - start)}`, stream);
    throw error;
  } finally {
    clearInterval(timer);
    current = undefined;
  }
}
