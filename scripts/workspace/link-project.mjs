import { copyFileSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { repository } from "../setup/paths.mjs";

/** The project as it is in the clone, in a folder where Pulumi may write the stack's settings. */
export function linkProject(folder) {
  for (const name of readdirSync(repository).filter((entry) => !/^(\.git|Pulumi\..+\.yaml)$/.test(entry))) {
    const [from, to] = [join(repository, name), join(folder, name)];
    // Windows lets everyone link to folders, by junctions, but not to files.
    if (statSync(from).isDirectory()) symlinkSync(from, to, "junction");
    else copyFileSync(from, to);
  }
}
