import { readdirSync, readFileSync } from "node:fs";
import { clearInterval, setInterval } from "node:timers";

const EVERY_MS = 250;

/** Watches the memory of the process in which Pulumi runs dynamic providers; only where there is a /proc. */
export class ProviderMemory {
  #mark;
  #pids = new Set();
  #peaks = [];
  #timer;

  /** @param {string} mark a value in the environment of the processes to watch, and of no others */
  constructor(mark) {
    this.#mark = mark;
    this.#timer = setInterval(() => this.#sample(), EVERY_MS);
  }

  /** Ends watching. @returns {number | undefined} the largest resident set that any of them had, in MB */
  stop() {
    clearInterval(this.#timer);
    return this.#peaks.length === 0 ? undefined : Math.max(...this.#peaks);
  }

  #sample() {
    for (const pid of numbersIn("/proc")) {
      if (!this.#pids.has(pid) && this.#isProvider(pid)) this.#pids.add(pid);
    }
    for (const pid of this.#pids) {
      const peak = /^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`));
      if (peak !== null) this.#peaks.push((Number(peak[1]) * 1024) / 1e6);
    }
  }

  #isProvider(pid) {
    const [command, script = ""] = read(`/proc/${pid}/cmdline`).split("\0");
    return (
      command.endsWith("node") &&
      script.includes("dynamic-provider") &&
      read(`/proc/${pid}/environ`).includes(this.#mark)
    );
  }
}

function numbersIn(folder) {
  try {
    return readdirSync(folder).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Processes end while they are looked at, and others' are closed to us. */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
