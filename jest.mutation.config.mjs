import config from "./jest.config.mjs";

/** The tests that judge mutants: one project, because Stryker counts what each test covers only in a configuration without projects. */
const [{ transform, modulePathIgnorePatterns }] = config.projects;

export default {
  testMatch: ["<rootDir>/test/mutation/*.test.ts"],
  testTimeout: config.testTimeout,
  modulePathIgnorePatterns,
  testEnvironment: "./scripts/mutation/first-failure-environment.mjs",
  transform,
  watchman: false,
};
