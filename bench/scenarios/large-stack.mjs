import { say } from "../../scripts/setup/progress.mjs";
import { startCloud, withStack } from "../support/bench-run.mjs";
import { PROGRAMS } from "../support/programs.mjs";
import { seconds } from "../support/statistics.mjs";

/** What a preview of a large stack costs with one more segment, which reads the stack's checkpoint, and without. */
export async function measureLargeStack(bench, { others, runs }) {
  const simulator = await startCloud(bench, { limited: false });
  const stack = { subject: "empty", count: others, limited: false, name: "large" };
  try {
    await withStack(bench, simulator, stack, async ({ project, time }) => {
      say(`a stack of ${others} other resources: up ${seconds(await time("up"))}`);
      for (let run = 0; run <= runs; run += 1) {
        for (const subject of ["empty", "segment"]) {
          const added = subject === "segment" ? PROGRAMS.segment(1) : "";
          project.writeProgram(`${PROGRAMS.empty(others)}\n{ ${added} }`);
          const ms = await time("preview");
          const key = { scenario: "large", count: others, rate: "none", command: "preview", subject };
          // Run 0 warms the file system's caches and is not counted.
          if (run > 0) bench.record(key, { times: ms });
          say(
            `${others} others ${subject === "segment" ? "and a segment" : "alone"}: preview ${seconds(ms)}`,
          );
        }
      }
    });
  } finally {
    await simulator.stop();
  }
}
