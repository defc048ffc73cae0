import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { clearInterval, setInterval } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";

import { elapsed, say } from "./progress.mjs";

const HEARTBEAT_MS = 2_000;
const SILENT_MS = 30_000;
const POLL_MS = 500;
const REPEAT_MS = 15_000;

/**
 * Runs `work` while holding the lock file `path`; another process that wants it waits and says so.
 * A lock whose owner is dead, or has not touched it for 30 s, is taken over.
 * @param {string} path
 * @param {string} purpose what the lock protects, for the line a waiting process prints
 */
export async function withLock(path, purpose, work) {
  mkdirSync(dirname(path), { recursive: true });
  await acquire(path, purpose);
  const release = () => {
    rmSync(path, { force: true });
  };
  process.on("exit", release);
  const heartbeat = setInterval(() => {
    touch(path);
  }, HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.off("exit", release);
    release();
  }
}

async function acquire(path, purpose) {
  const start = Date.now();
  let nextLine = start;
  while (!create(path)) {
    const owner = readOwner(path);
    if (owner === undefined) continue;
    if (owner.stale) {
      takeAway(path, owner.text);
      continue;
    }
    if (Date.now() >= nextLine) {
      say(`Waiting for process ${owner.pid} (${purpose}): ${elapsed(Date.now() - start)} ...`);
      nextLine = Date.now() + REPEAT_MS;
    }
    await sleep(POLL_MS);
  }
}

function create(path) {
  try {
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname(), since: Date.now() }), {
      flag: "wx",
    });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

/** @returns the owner, or undefined when the lock has just been released */
function readOwner(path) {
  try {
    const text = readFileSync(path, "utf8");
    const silent = Date.now() - statSync(path).mtimeMs > SILENT_MS;
    // The file is empty for the instant between its creation and its content.
    const { pid, host } = text === "" ? {} : JSON.parse(text);
    const dead = pid !== undefined && host === hostname() && !isAlive(pid);
    return { pid, text, stale: dead || silent };
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Removes a stale lock; if another process has renewed it meanwhile, it is put back. */
function takeAway(path, judged) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  if (readFileSync(aside, "utf8") === judged) rmSync(aside);
  else renameSync(aside, path);
}

function touch(path) {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch (error) {
    // Someone took the lock over while this process was suspended; the work itself is safe to do twice.
    if (error.code !== "ENOENT") throw error;
  }
}
