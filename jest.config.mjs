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
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/examples/"],
  testEnvironment: "node",
  transform,
});

export default {
  projects: ["unit", "simulator", "lifecycle", "package", "engine"].map(project),
  watchman: false,
};
