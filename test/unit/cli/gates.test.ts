import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { preview, previewText, segmentState, segmentUrn } from "./support/previews";
import { runCli } from "./support/run-cli";

const page = readFileSync(resolve(__dirname, "..", "..", "..", "docs", "command-line.md"), "utf8");

/** The filter of the gate on the page. */
const filter = /jq --exit-status '(.+)'/.exec(page)?.[1] ?? "";

const isHere = spawnSync("jq", ["--version"]).status === 0;

/** Whether the gate lets a preview pass. */
async function passes(input: string): Promise<boolean> {
  const { out } = await runCli(["report", "--no-check", "--json"], { input });
  return spawnSync("jq", ["--exit-status", filter], { input: out }).status === 0;
}

const deletion = (name: string, outputs: object = {}): object => ({
  ...{ op: "delete", urn: segmentUrn(name), oldState: segmentState(outputs) },
});

(isHere ? it : it.skip)("the gate with jq passes up to 16 lost addresses of a complete preview", async () => {
  expect(await passes(previewText("unchanged"))).toBe(true);
  expect(await passes(previewText("removed"))).toBe(true);
  expect(await passes(preview(deletion("a", { ipCount: 16 }), deletion("b")))).toBe(true);
  expect(await passes(previewText("destroy"))).toBe(false);
  expect(await passes(preview({ op: "delete", urn: segmentUrn("of-unknown-size") }))).toBe(false);
  expect(await passes(previewText("refused-inputs"))).toBe(false);
});
