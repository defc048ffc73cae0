// Records anew the previews that the report is tested with: node test/engine/cli/record-previews.mjs
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../../", import.meta.url));

function run(script, ...args) {
  const env = { ...process.env, RECORD_PREVIEWS: "true" };
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: repository,
    env,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

run(
  "node_modules/jest/bin/jest.js",
  "--selectProjects",
  "engine",
  "--testPathPatterns",
  "test/engine/cli/previews",
);
run("node_modules/prettier/bin/prettier.cjs", "--write", "test/fixtures/previews");
