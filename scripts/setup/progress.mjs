import { clearInterval, setInterval } from "node:timers";

const REPEAT_MS = 15_000;

/** Prints a line about the set-up on stderr, because stdout belongs to the command the user asked for. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** @param {number} ms @returns for example `42 s` or `3 min 5 s` */
export function elapsed(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Announces `label`, repeats it with the elapsed time every 15 s while `work` runs, and says when it is done. */
export async function withProgress(label, work) {
  const start = Date.now();
  say(`${label} ...`);
  const timer = setInterval(() => {
    say(`  still at it after ${elapsed(Date.now() - start)}: ${label}`);
  }, REPEAT_MS);
  try {
    const result = await work();
    say(`  done in ${elapsed(Date.now() - start)}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
