import { readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { repository } from "../setup/paths.mjs";

/** The project as it is in the clone, in a folder where Pulumi may write the stack's settings. */
export function linkProject(folder) {
  for (const name of readdirSync(repository).filter((entry) => !/^(\.git|Pulumi\..+\.yaml)$/.test(entry))) {
    symlinkSync(join(repository, name), join(folder, name));
  }
}
