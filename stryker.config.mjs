/** Mutation tests: npm run mutation; of one folder: npm run mutation -- --mutate "provider/handlers/inputs/*.ts" */
export default {
  testRunner: "jest",
  jest: { configFile: "jest.mutation.config.mjs", enableFindRelatedTests: true },
  coverageAnalysis: "perTest",
  mutate: ["provider/operations/**/*.ts", "provider/handlers/**/*.ts"],
  // A copy that nothing else uses; node_modules is linked into it.
  tempDirName: ".cache/stryker",
  ignorePatterns: ["dist", "coverage", "bench", "docs/api", ".cache", "examples"],
  // A text that is only shown may change without a test that quotes all of it.
  mutator: { excludedMutations: ["StringLiteral"] },
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 20_000,
  // All tests of the two levels one after the other, on a machine that may be busy.
  dryRunTimeoutMinutes: 40,
  reporters: ["clear-text", "progress-append-only", "html", "json"],
  htmlReporter: { fileName: ".cache/mutation/report.html" },
  jsonReporter: { fileName: ".cache/mutation/report.json" },
  incremental: true,
  incrementalFile: ".cache/mutation/incremental.json",
  thresholds: { high: 90, low: 80, break: 80 },
};
