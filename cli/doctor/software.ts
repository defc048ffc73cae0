import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { packageVersion } from "../../simulator/package-version";
import type { Check } from "./check";
import { failed, ok, warning } from "./check";
import { isSupportedPulumi, supported } from "./supported";

const packageName = "pulumi-alicloud-eip-segment";
const sdkName = "@pulumi/pulumi";
const nodeRange = `Supported: ${supported.node.join(", ")}.`;
const pulumiRange = `Supported: ${supported.pulumi} and later 3.x.`;

/** Checks Node.js, this package and the SDK as a program in `folder` loads them, and the Pulumi CLI on the PATH. */
export const checkSoftware = (folder: string, environment: NodeJS.ProcessEnv): Promise<Check>[] => [
  Promise.resolve(checkNode(process.versions.node)),
  Promise.resolve(checkPackage(packageVersion(), installedVersion(packageName, folder))),
  Promise.resolve(checkSdk(installedVersion(sdkName, folder))),
  checkCli(environment),
];

/** Judges a version of Node.js. */
export function checkNode(version: string): Check {
  const major = Number.parseInt(version, 10);
  const [least, ...later] = supported.node;
  if (major < least) {
    return failed("Node.js", `${version}. ${nodeRange}`, `Install Node.js ${later.at(-1) ?? least}.`);
  }
  return [least, ...later].some((one) => one === major)
    ? ok("Node.js", `${version}.`)
    : warning("Node.js", `${version}. ${nodeRange}`, "If something fails, try a supported version first.");
}

/** Compares this command's version with that of the package a program loads; undefined when it loads none. */
export function checkPackage(own: string, used: string | undefined): Check {
  return used === undefined || used === own
    ? ok(packageName, `${own}.`)
    : warning(
        packageName,
        `This command is ${own}; programs in this folder use ${used}.`,
        "Run `npx --no eip-segment doctor`.",
      );
}

/** Judges the version of the SDK that a program loads; undefined when it loads none. */
export function checkSdk(version: string | undefined): Check {
  if (version === undefined) {
    return warning(
      sdkName,
      "Not installed for programs in this folder.",
      "Run the command in the folder of your Pulumi program.",
    );
  }
  return isSupportedPulumi(version)
    ? ok(sdkName, `${version}.`)
    : failed(sdkName, `${version}. ${pulumiRange}`, `Run \`npm install ${sdkName}@^${supported.pulumi}\`.`);
}

async function checkCli(environment: NodeJS.ProcessEnv): Promise<Check> {
  const subject = "Pulumi CLI";
  try {
    const { stdout } = await promisify(execFile)("pulumi", ["version"], {
      env: environment,
      timeout: 10_000,
    });
    const version = stdout.trim().replace(/^v/, "");
    return isSupportedPulumi(version)
      ? ok(subject, `${version}.`)
      : failed(
          subject,
          `${version}. ${pulumiRange}`,
          "Install a later one: https://www.pulumi.com/docs/install/.",
        );
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT"
      ? failed(subject, "`pulumi` is not on the PATH.", "Install it: https://www.pulumi.com/docs/install/.")
      : failed(subject, "`pulumi version` failed.", "Run it to see why.");
  }
}

/** Version of a package as a program in `folder` loads it; undefined when it is not installed there. */
function installedVersion(name: string, folder: string): string | undefined {
  try {
    const file = require.resolve(`${name}/package.json`, { paths: [folder] });
    return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
  } catch {
    return undefined;
  }
}
