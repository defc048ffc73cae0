import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { repository } from "../support";

const main = join(repository, "dist", "cli", "main.js");
const preview = join(repository, "test", "fixtures", "previews", "destroy.json");

/** Runs a line of bash with the built command line as `eip-segment`. */
const bash = (line: string) =>
  spawnSync(
    "bash",
    ["-o", "pipefail", "-c", `eip-segment() { '${process.execPath}' '${main}' "$@"; }\n${line}`],
    {
      encoding: "utf8",
      timeout: 60_000,
    },
  );

it("a reader that closes the pipe early does not hide that addresses would be lost", () => {
  const { status, stderr } = bash(`eip-segment report --no-check --fail-on-loss '${preview}' | true`);
  expect(status).toBe(3);
  expect(stderr).toMatch(/^eip-segment: Addresses would be lost: .*\n$/);
});

it("nor does one that closes the error output too", () => {
  expect(bash(`eip-segment report --no-check --fail-on-loss '${preview}' 2>&1 | true`).status).toBe(3);
});

// Only Linux has a device that is always full.
(existsSync("/dev/full") ? it : it.skip)("an output that cannot be written is a failure in one line", () => {
  const { status, stderr } = bash(`eip-segment report --no-check '${preview}' > /dev/full`);
  expect(status).toBe(1);
  expect(stderr).toBe("eip-segment: The output cannot be written: ENOSPC.\n");
});

it("a closed standard input is an empty one", () => {
  const { status, stderr } = bash("eip-segment report <&-");
  expect(status).toBe(1);
  expect(stderr).toBe(
    "eip-segment: There is nothing in standard input. Check whether the command before it failed.\n",
  );
});
