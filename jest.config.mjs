const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
  ],
};

/** One folder below test/ is one project, so that each level of the tests can be run by itself. */
const project = (name) => ({
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/examples/", "<rootDir>/.cache/"],
  collectCoverageFrom: ["provider/**/*.ts"],
  testEnvironment: "node",
  transform,
});

export default {
  projects: ["unit", "simulator", "lifecycle", "package", "engine"].map(project),
  watchman: false,
  // Lines that run are counted by the engine itself: instrumented code would not be what is tested.
  coverageProvider: "v8",
  coverageReporters: ["text", "lcovonly"],
  coverageThreshold: { "./provider/": { lines: 95 } },
};
