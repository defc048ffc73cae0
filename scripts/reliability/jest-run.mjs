import { spawn } from "node:child_process";
import { join } from "node:path";

import { repository } from "../setup/paths.mjs";
import { environmentFor } from "../setup/pulumi-find.mjs";

/**
 * Runs tests and passes on what they measure.
 *
 * @param {import("../setup/pulumi-find.mjs").PulumiCli} cli
 * @param {string[]} args arguments of jest
 * @param {Record<string, string>} variables
 * @param {(line: string) => void} report
 * @returns {Promise<{ ok: boolean, failed: number, points: number, histories: number }>} how many tests failed, and the kill
 *   points and histories without a violation that they counted
 */
export function runJest(cli, args, variables, report) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join("node_modules", "jest", "bin", "jest.js"), ...args], {
      cwd: repository,
      env: { ...environmentFor(cli), RELIABILITY_MEASURES: "1", ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (part) => (text += part));
    child.on("error", reject);
    child.on("close", (code) => {
      for (const line of text.split("\n")) if (line.startsWith("measure: ")) report(line);
      if (code !== 0) report(text);
      const count = (kind) => Number(new RegExp(`^Tests:.*?(\\d+) ${kind}`, "m").exec(text)?.[1] ?? "0");
      const total = (pattern) =>
        [...text.matchAll(pattern)].reduce((sum, [, number]) => sum + Number(number), 0);
      resolve({
        ok: code === 0,
        failed: count("failed"),
        points: total(/^points: (\d+)/gm),
        histories: total(/^measure: \w+ histories: (\d+)/gm),
      });
    });
  });
}
