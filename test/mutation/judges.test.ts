import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * The tests that judge mutants of provider/cloud and provider/handlers, in one file: a mutant then costs one load of the
 * modules instead of one for each file of tests. Random histories, faults and kills at every call are left out, because they would take
 * longer than all the others together; a mutant that only they notice counts as survived.
 */
const levels = ["unit/inputs", "unit/handlers", "unit/cloud", "unit/settings", "lifecycle"];
const tooLong = ["faults.test.ts", "kills.test.ts", "properties.test.ts"];

/** It takes the most time of the others, and few mutants get as far. */
const last = "bounds.test.ts";

for (const level of levels) {
  const folder = join(__dirname, "..", level);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !tooLong.includes(file))
    .sort((one, other) => Number(one === last) - Number(other === last) || one.localeCompare(other));
  for (const file of files) {
    describe(`${level}/${file}`, () => {
      // Each file declares its tests while it is loaded, so it has to be loaded within its own describe.
      jest.requireActual(join(folder, file));
    });
  }
}
