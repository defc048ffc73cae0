import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { repository } from "./consumer";

/** What Pulumi stores as `__provider` of each segment, made from the built package by Pulumi's own serialiser. */
export function serialisedProvider(): string {
  const shell = join(repository, "dist", "provider", "shell", "eip-segment-provider.js");
  // In a process of its own: the serialiser looks at functions as they were compiled, and the test runner compiles its own way.
  const script = `
    const { runtime } = require("@pulumi/pulumi");
    const { eipSegmentProvider: provider } = require(${JSON.stringify(shell)});
    runtime.serializeFunction(() => provider).then(({ text }) => process.stdout.write(text));
  `;
  return execFileSync(process.execPath, ["-e", script], { cwd: repository, encoding: "utf8" });
}
