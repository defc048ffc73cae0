import type { Config } from "jest";

const transform: Config["transform"] = {
  "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }],
};

const project = (name: string, extra: Config = {}): Config => ({
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/examples/"],
  testEnvironment: "node",
  transform,
  ...extra,
});

const config: Config = {
  projects: [project("unit"), project("simulator"), project("lifecycle"), project("package"), project("engine")],
  watchman: false,
};

export default config;
