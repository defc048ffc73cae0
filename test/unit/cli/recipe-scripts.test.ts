import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";

interface Workflow {
  jobs: { preview: { steps: { name?: string; run?: string }[] } };
}

const file = resolve(__dirname, "..", "..", "..", "examples", "ci", "github-actions.yml");
const { steps } = (parse(readFileSync(file, "utf8")) as Workflow).jobs.preview;

/** Calls that change something, made by a step of the GitHub workflow when `gh` answers every question with `answer`. */
function changes(step: string, answer: string, environment: NodeJS.ProcessEnv, report = ""): string[] {
  const folder = mkdtempSync(join(tmpdir(), "eip-segment-recipe-"));
  writeFileSync(join(folder, "report.md"), report);
  const gh = `gh() { case "$*" in *--jq*) printf '%s' '${answer}' ;; *) echo "$*" ;; esac; }`;
  const script = steps.find(({ name }) => name === step)?.run ?? "exit 64";
  const { status, stdout } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", `${gh}\n${script}`], {
    ...{ cwd: folder, env: { ...process.env, ...environment }, encoding: "utf8" },
  });
  rmSync(folder, { recursive: true });
  expect(status).toBe(0);
  return stdout.split("\n").filter((line) => line !== "");
}

describe("the GitHub workflow's label", () => {
  it.each([
    [
      "is set when addresses are lost",
      "3",
      "",
      ["api --silent --method POST L --field labels[]=loses-addresses"],
    ],
    ["stays when they are still lost", "3", "loses-addresses", []],
    [
      "is removed when none is lost any more",
      "0",
      "loses-addresses",
      ["api --silent --method DELETE L/loses-addresses"],
    ],
    ["is not set when none is lost", "0", "", []],
    ["stays when the preview failed", "1", "loses-addresses", []],
  ])("%s", (_, LOSS, label, calls) => {
    expect(changes("Label", label, { LOSS, LABELS: "L" })).toEqual(calls);
  });
});

describe("the GitHub workflow's comment", () => {
  const environment = { COMMENTS: "C", PULL_REQUEST: "7" };

  it.each([
    ["is posted", "", "a report", ["api --silent --method POST C/7/comments --field body=@report.md"]],
    [
      "is replaced",
      "4711",
      "a report",
      ["api --silent --method PATCH C/comments/4711 --field body=@report.md"],
    ],
    [
      "is deleted when --only-changes prints nothing",
      "4711",
      "",
      ["api --silent --method DELETE C/comments/4711"],
    ],
    ["is not there when --only-changes prints nothing", "", "", []],
  ])("%s", (_, comment, report, calls) => {
    expect(changes("Comment", comment, environment, report)).toEqual(calls);
  });
});
