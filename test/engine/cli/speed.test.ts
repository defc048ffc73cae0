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

/** Prints what the process has cost when it ends. */
const meter = `process.on("exit", () => require("fs").writeSync(2, "\\n" + JSON.stringify({
  ms: performance.now(), megabytes: process.resourceUsage().maxRSS / 1024 })));`;

it("a report on 1,000 resources takes less than half a second and 150 MB", () => {
  const folder = mkdtempSync(join(tmpdir(), "eip-segment-speed-"));
  const input = join(folder, "preview.json");
  writeFileSync(input, largePreview());
  writeFileSync(join(folder, "meter.cjs"), meter);
  const main = join(repository, "dist", "cli", "main.js");
  const runs = Array.from({ length: 5 }, () => {
    const argv = ["--require", join(folder, "meter.cjs"), main, "report", "--no-look", input];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8" });
    expect(status).toBe(0);
    expect(stdout).toContain("releases 100 address blocks (1600 addresses)");
    return JSON.parse(stderr.trim()) as { ms: number; megabytes: number };
  });
  rmSync(folder, { recursive: true });
  // The best of several: the rest is what else the machine does.
  expect(Math.min(...runs.map(({ ms }) => ms))).toBeLessThan(500);
  expect(Math.max(...runs.map(({ megabytes }) => megabytes))).toBeLessThan(150);
});
