import { readFileSync } from "node:fs";
import { join } from "node:path";

import { repository } from "../setup/paths.mjs";

/** A JSON file of the repository's root. */
export function readJson(name) {
  return JSON.parse(readFileSync(join(repository, name), "utf8"));
}

/**
 * The packages that users install along with this one, as package-lock.json lays them out; peer dependencies are theirs to choose.
 * @returns {Map<string, object>} entries of the lock by their paths, each with its `name`
 */
export function installedPackages() {
  const { packages } = readJson("package-lock.json");
  const found = new Map();
  const visit = (name, from) => {
    const path = resolve(name, from, packages);
    if (path === undefined || found.has(path)) return;
    const entry = packages[path];
    found.set(path, { name, ...entry });
    for (const next of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }))
      visit(next, path);
  };
  for (const name of Object.keys(packages[""].dependencies)) visit(name, "");
  return found;
}

/** Where Node.js finds a package that the one at `from` imports. */
function resolve(name, from, packages) {
  const parts = from === "" ? [] : `/${from}`.split("/node_modules/").slice(1);
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const path = [...parts.slice(0, depth), name].map((part) => `node_modules/${part}`).join("/");
    if (packages[path] !== undefined) return path;
  }
  return undefined;
}
