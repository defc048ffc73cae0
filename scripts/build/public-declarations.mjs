import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** Declarations that programs may import; see `exports` in package.json. */
const entries = ["provider/index.d.ts", "simulator/index.d.ts"];

/** Removes the declarations that no entry leads to: nothing outside the package can name them. */
export function keepPublicDeclarations(folder) {
  const kept = new Set();
  const visit = (path) => {
    if (kept.has(path)) return;
    if (!existsSync(path)) throw new Error(`A declaration leads to ${path}, which is not there.`);
    kept.add(path);
    for (const [, target] of readFileSync(path, "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) {
      visit(join(dirname(path), `${target}.d.ts`));
    }
  };
  for (const entry of entries) visit(join(folder, entry));
  for (const file of readdirSync(folder, { recursive: true })) {
    const path = join(folder, file);
    if (path.endsWith(".d.ts") && !kept.has(path)) rmSync(path);
  }
}
