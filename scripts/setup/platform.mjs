import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";

export const isWindows = process.platform === "win32";

/** Name of a program's file. @param {string} name without an extension */
export function programFile(name) {
  return isWindows ? `${name}.exe` : name;
}

/** Command and arguments that start npm: on Windows it is a batch file, which Node.js starts only through a shell. */
export function npmCommand(args) {
  if (!isWindows) return ["npm", args];
  const started = process.env.npm_execpath ?? "";
  const beside = join(dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js");
  return [process.execPath, [started.endsWith("npm-cli.js") ? started : beside, ...args]];
}

/** Variables that make `folder` the home, with those that programs need on Windows to start at all. */
export function homeEnvironment(folder) {
  const needed = isWindows ? ["SystemRoot", "PATHEXT", "ComSpec", "TEMP", "TMP"] : [];
  return {
    ...Object.fromEntries(needed.map((name) => [name, process.env[name]])),
    HOME: folder,
    USERPROFILE: folder,
  };
}

/** Signals a process and those it started, which must be a group; ones that have ended already are fine. */
export function signalGroup(pid, signal) {
  if (isWindows) {
    // Windows has neither groups nor signals: what it started can only be ended, and only by force.
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
