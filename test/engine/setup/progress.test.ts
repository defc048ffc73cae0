import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { repository } from "../support";

const script = pathToFileURL(join(repository, "scripts", "setup", "progress.mjs")).href;

/** What is written while two steps of work are reported. */
function written(stream: Record<string, unknown>): string {
  const program = `import { say, withProgress } from ${JSON.stringify(script)};
    let text = "";
    const stream = { ...${JSON.stringify(stream)}, write: (part) => (text += part) };
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    await withProgress("Building", async (report) => {
      report("1 of 2 packages compiled");
      await wait(300);
      say("A line of its own.", stream);
      report("2 of 2 packages compiled, in a text that is much longer than the terminal is wide");
      await wait(300);
    }, { stream });
    process.stdout.write(text);`;
  return execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    env: { ...process.env, TERM: "xterm" },
  });
}

it("is one line on a terminal, which changes in place and never wraps", () => {
  const text = written({ isTTY: true, columns: 60 });
  const parts = text.split("\r\u001b[2K");
  expect(parts).toContainEqual(
    expect.stringMatching(/^Building \.\.\. {2}1 of 2 packages compiled {2}\d s$/),
  );
  expect(parts).toContain("A line of its own.\n");
  expect(parts.at(-1)).toMatch(/^Building: done in \d s\n$/);
  expect(parts.filter((part) => part.trimEnd().length > 59)).toEqual([]);
});

it("is plain lines elsewhere", () => {
  expect(written({})).toMatch(/^Building \.\.\.\nA line of its own\.\nBuilding: done in \d s\n$/);
});
