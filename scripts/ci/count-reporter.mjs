import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { scratch } from "../setup/paths.mjs";

/** Writes "N passed, N failed" to .cache/test-counts. Jest loads a reporter by its default export. */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    // A test file that cannot be loaded has no tests to count, yet it must not look like success.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    mkdirSync(scratch, { recursive: true });
    writeFileSync(join(scratch, "test-counts"), `${results.numPassedTests} passed, ${failed} failed\n`);
  }
}
