import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders: string[] = [];

/** A new temporary folder, removed after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "eip-segment-settings-"));
  folders.push(folder);
  return folder;
}

/** A file of command line profiles in a new temporary folder. */
export function writeProfiles(profiles: readonly object[], current = "default"): string {
  const path = join(temporaryFolder(), "config.json");
  writeFileSync(path, JSON.stringify({ current, profiles, meta_path: "" }));
  return path;
}

export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true });
  }
}
