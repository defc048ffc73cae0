import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { repository } from "../support";

interface Step {
  urn: string;
  op: string;
}

/** A preview of 1,000 resources, a hundred of them segments that are replaced, with states of a real size. */
function largePreview(): string {
  const file = join(repository, "test", "fixtures", "previews", "mask-changed.json");
  const preview = JSON.parse(readFileSync(file, "utf8")) as { steps: Step[] };
  const replaced = preview.steps.find(({ op }) => op === "replace");
  const text = JSON.stringify(replaced).replaceAll("exports.handler = __f0;", "x".repeat(2_000));
  const steps = Array.from({ length: 1_000 }, (_, index) => {
    const step = JSON.parse(text.replaceAll("::egress", `::egress-${index}`)) as Step;
    return index % 10 === 0 ? step : { ...step, urn: step.urn.replace("alicloud:EipSegment", "shop:Other") };
  });
  return JSON.stringify({ ...preview, steps }, null, 4);
}

it("a report on 1,000 resources counts every address that would be lost", () => {
  const folder = mkdtempSync(join(tmpdir(), "eip-segment-large-"));
  const input = join(folder, "preview.json");
  writeFileSync(input, largePreview());
  const main = join(repository, "dist", "cli", "main.js");
  const { status, stdout } = spawnSync(process.execPath, [main, "report", "--no-check", input], {
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  expect(status).toBe(0);
  expect(stdout).toContain("releases 100 address blocks (1600 addresses)");
});
