import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { pulumiCli } from "../engine/support/pulumi-cli";
import { Consumer, repository } from "./support/consumer";

jest.setTimeout(240_000);

const { devDependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
  devDependencies: Record<string, string>;
};

const packed = new Consumer();
const folder = mkdtempSync(join(tmpdir(), "eip-segment-trial-"));

afterAll(() => {
  packed.remove();
  rmSync(folder, { recursive: true, maxRetries: 5 });
});

/** The shell lines of the README's trial, with the tarball, and with this repository's versions of the others. */
function session(): string {
  const readme = readFileSync(join(repository, "README.md"), "utf8");
  const [, trial = ""] = /^## Try it without an account$(.*?)^## /ms.exec(readme) ?? [];
  return [...trial.matchAll(/^```sh\n(.*?)^```$/gms)]
    .map(([, lines = ""]) => lines)
    .join("")
    .replace(/(?<=^npm install )pulumi-alicloud-eip-segment (.*)/, (_, others: string) =>
      [packed.tarball, ...others.split(" ").map((name) => `${name}@${devDependencies[name] ?? ""}`)].join(
        " ",
      ),
    );
}

it("the README's trial runs as it is written, in an empty folder", () => {
  const env = {
    ...process.env,
    PATH: pulumiCli().path,
    PULUMI_HOME: join(folder, "pulumi-home"),
    npm_config_prefer_offline: "true",
    // Both shells end at the first command that fails; the inner one reads on where the outer one started it.
    SHELLOPTS: "errexit",
  };
  const { status, stdout, stderr } = spawnSync("bash", {
    cwd: folder,
    env,
    input: session(),
    encoding: "utf8",
  });
  expect({ status, stderr }).toMatchObject({
    status: 0,
    stderr: expect.not.stringContaining("eip-segment:") as string,
  });
  expect(stdout).toMatch(/cidrBlock: "203\.0\.113\.0\/28"/);
  expect(stdout).toContain("+-1 to replace");
  expect(stdout).toMatch(/- 2 deleted$/m);
  expect(existsSync(join(folder, "Pulumi.trial.yaml"))).toBe(false);
});
