import config from "./jest.config.mjs";

/**
 * The tests that judge mutants: one project, because Stryker counts what each test covers only in a configuration without
 * projects, and without random histories, which take too long for each of thousands of mutants.
 */
const [{ transform, modulePathIgnorePatterns, testEnvironment }] = config.projects;

export default {
  testMatch: ["<rootDir>/test/unit/**/*.test.ts", "<rootDir>/test/lifecycle/**/*.test.ts"],
  testPathIgnorePatterns: ["/test/unit/cli/", "/properties.test.ts$"],
  modulePathIgnorePatterns,
  testEnvironment,
  transform,
  watchman: false,
};
