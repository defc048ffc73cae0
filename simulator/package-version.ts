import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Version of this package: that of the first package.json above this file, built or not. */
export function packageVersion(folder = __dirname): string {
  const file = join(folder, "package.json");
  return existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version
    : packageVersion(dirname(folder));
}
