import { share } from "./scripts/mutation/sample.mjs";

/**
 * Mutation tests: npm run mutation; of one folder: npm run mutation -- --mutate "provider/inputs/*.ts"; of a random
 * share of the mutants: MUTATION_SHARE=0.2 npm run mutation (and MUTATION_SEED for another one).
 */
export default {
  testRunner: "jest",
  // One file holds all tests, so there are none to look for.
  jest: { configFile: "jest.mutation.config.mjs", enableFindRelatedTests: false },
  coverageAnalysis: "perTest",
  mutate: ["provider/cloud/**/*.ts", "provider/handlers/**/*.ts"],
  plugins: ["@stryker-mutator/*", "./scripts/mutation/sample.mjs"],
  checkers: share < 1 ? ["sample"] : [],
  // A copy that nothing else uses; node_modules is linked into it.
  tempDirName: ".cache/stryker",
  ignorePatterns: ["dist", "coverage", "bench", "docs/api", ".cache", "examples"],
  // A text that is only shown may change without a test that quotes all of it.
  mutator: { excludedMutations: ["StringLiteral"] },
  ignoreStatic: true,
  concurrency: 2,
  // A mutant that waits for ever costs the time of all its tests once more, and some are noticed by nothing else.
  timeoutMS: 10_000,
  timeoutFactor: 1.25,
  // Each run of Jest leaves about 100 MB behind in its process.
  maxTestRunnerReuse: 30,
  reporters: ["clear-text", "progress-append-only", "html", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: ".cache/mutation/report.html" },
  jsonReporter: { fileName: ".cache/mutation/report.json" },
  // Mutants that a sample leaves out would be taken for known by the next run.
  incremental: share === 1,
  incrementalFile: ".cache/mutation/incremental.json",
  thresholds: { high: 90, low: 80, break: 80 },
};
