const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
  ],
};

/** Tests of what a POSIX shell runs: recipes, stand-ins for programs, groups of processes. */
const withShell = [
  "test/unit/cli/(release-command|doctor|recipe-scripts)\\.test\\.ts$",
  "test/package/(simulator-clients|trial)\\.test\\.ts$",
];

/** One folder below test/ is one project, so that each level of the tests can be run by itself. */
const project = (name) => ({
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/examples/", "<rootDir>/.cache/"],
  testPathIgnorePatterns: process.platform === "win32" ? withShell : [],
  testEnvironment: "node",
  transform,
});

export default {
  projects: ["unit", "simulator", "lifecycle", "package", "engine"].map(project),
  watchman: false,
  // A limit only ends a hang: on a busy machine a story of many calls takes longer than the usual 5 s.
  testTimeout: 30_000,
  // Files that hold nothing but types are never loaded, and would count as lines that no test reaches.
  collectCoverageFrom: [
    "provider/**/*.ts",
    "!provider/client/{types,vpc-api}.ts",
    "!provider/handlers/deps.ts",
    "!provider/util/verbs.ts",
    "!provider/resource/eip-segment-args.ts",
  ],
  // Lines that run are counted by the engine itself: instrumented code would not be what is tested.
  coverageProvider: "v8",
  coverageReporters: ["text", "lcovonly"],
  coverageThreshold: { "./provider/": { lines: 95 } },
};
