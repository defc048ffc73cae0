// What `eip-segment report` costs on a preview of 1,000 resources, a hundred of them segments that are replaced.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ensureBuild } from "../scripts/setup/build.mjs";
import { runMain } from "../scripts/setup/failure.mjs";
import { repository } from "../scripts/setup/paths.mjs";
import { median } from "./support/statistics.mjs";

const RUNS = 5;

/** Prints what the process has cost when it ends. */
const METER = `process.on("exit", () => require("fs").writeSync(2, "\\n" + JSON.stringify({
  ms: performance.now(), megabytes: process.resourceUsage().maxRSS / 1024 })));`;

await runMain(async () => {
  await ensureBuild();
  const folder = mkdtempSync(join(tmpdir(), "eip-segment-report-"));
  try {
    const input = join(folder, "preview.json");
    writeFileSync(input, largePreview());
    writeFileSync(join(folder, "meter.cjs"), METER);
    const command = join(repository, "dist", "cli", "main.js");
    const argv = ["--require", join(folder, "meter.cjs"), command, "report", "--no-check", input];
    const costs = Array.from({ length: RUNS }, () => {
      const { status, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8" });
      if (status !== 0) throw new Error(`eip-segment report ended with exit code ${status}: ${stderr}`);
      return JSON.parse(stderr.trim());
    });
    for (const figure of ["ms", "megabytes"]) {
      const values = costs.map((cost) => cost[figure]);
      const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)];
      console.log(
        `${figure}: median ${middle.toFixed(0)} (${least.toFixed(0)}–${most.toFixed(0)}), ${RUNS} runs`,
      );
    }
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function largePreview() {
  const file = join(repository, "test", "fixtures", "previews", "mask-changed.json");
  const preview = JSON.parse(readFileSync(file, "utf8"));
  const text = JSON.stringify(preview.steps.find(({ op }) => op === "replace"));
  const steps = Array.from({ length: 1000 }, (_, index) => {
    const step = JSON.parse(text.replaceAll("::egress", `::egress-${index}`));
    return index % 10 === 0 ? step : { ...step, urn: step.urn.replace("alicloud:EipSegment", "shop:Other") };
  });
  return JSON.stringify({ ...preview, steps }, null, 4);
}
