import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/**
 * Kills a process and everything it started, as a machine that loses power does. Plugins of the Pulumi CLI run in
 * process groups of their own, so killing the CLI's group would leave them running.
 */
export function killTree(root: number): void {
  const stopped = new Set<number>();
  for (;;) {
    const running = treeOf(root).filter((pid) => !stopped.has(pid));
    if (running.length === 0) break;
    // Stopped before it is killed: a process that still runs could start another one between two looks.
    for (const pid of running) {
      signal(pid, "SIGSTOP");
      stopped.add(pid);
    }
  }
  for (const pid of stopped) signal(pid, "SIGKILL");
}

/** Sends a signal; a process or group (negative id) that has ended already is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** A process and everything it started, the process itself first. */
export function treeOf(root: number): number[] {
  const parents = existsSync("/proc/self/stat") ? parentsFromProc() : parentsFromPs();
  const tree = parents.has(root) ? [root] : [];
  for (const pid of tree) {
    for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  }
  return tree;
}

/** Slim container images have no `ps`. */
function parentsFromProc(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      // The command name in parentheses may itself contain spaces and parentheses.
      const [, state, parent] = /^.*\) (\S) (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
      if (state !== "Z") parents.set(Number(pid), Number(parent));
    } catch {
      continue; // The process ended while the folder was being read.
    }
  }
  return parents;
}

function parentsFromPs(): Map<number, number> {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  return new Map(
    table
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]),
  );
}
