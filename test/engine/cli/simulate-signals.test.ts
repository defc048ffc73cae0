import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { repository } from "../support";

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Starts `eip-segment simulate`, and answers its first line once it is there. */
async function simulate(...argv: string[]) {
  const main = join(repository, "dist", "cli", "main.js");
  const child = spawn(process.execPath, [main, "simulate", ...argv], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const lines: string[] = [];
  const reader = createInterface(child.stdout);
  reader.on("line", (line) => lines.push(line));
  await once(reader, "line");
  return { child, lines };
}

it.each(["SIGINT", "SIGTERM"] as const)(
  "on its own, it ends cleanly on %s and its port is free again",
  async (signal) => {
    const { child, lines } = await simulate("--region", "cn-beijing");
    child.kill(signal);
    expect(await once(child, "close")).toEqual([0, null]);
    const endpoint = lines.find((line) => line.includes("ENDPOINT_VPC"))?.split("=")[1] ?? "";
    expect(lines).toEqual([
      "export ALICLOUD_ACCESS_KEY=simulator-access-key-id",
      "export ALICLOUD_SECRET_KEY=simulator-access-key-secret",
      "export ALICLOUD_REGION=cn-beijing",
      expect.stringMatching(/^export ALIBABA_CLOUD_ENDPOINT_VPC=http:\/\/127\.0\.0\.1:\d+$/),
      `export ALIBABA_CLOUD_ENDPOINT_STS=${endpoint}`,
    ]);
    await expect(fetch(endpoint)).rejects.toThrow("fetch failed");
  },
);

it.each(["SIGHUP", "SIGTERM"] as const)(
  "around a command, it passes %s on and lets the command end",
  async (signal) => {
    const script = `
    process.on("${signal}", async () => {
      const { status } = await fetch(process.env.ALIBABA_CLOUD_ENDPOINT_VPC + "/_simulator/segments");
      process.exit(status === 200 ? 9 : 1);
    });
    setTimeout(() => undefined, 60_000);
    console.log("ready");`;
    const { child } = await simulate("--", process.execPath, "-e", script);
    child.kill(signal);
    expect(await once(child, "close")).toEqual([9, null]);
  },
);
