import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(__dirname, "..", "..", "..", "fixtures", "previews");

/** Names of the recorded previews. */
export const previewNames = readdirSync(folder).map((name) => name.replace(/\.json$/, ""));

export const previewFile = (name: string): string => join(folder, `${name}.json`);

export const previewText = (name: string): string => readFileSync(previewFile(name), "utf8");

/** URN of a segment of the stack `project/stack`. */
export const segmentUrn = (name: string, { project = "shop", stack = "dev", parents = "" } = {}): string =>
  `urn:pulumi:${stack}::${project}::${parents}pulumi-nodejs:dynamic/alicloud:EipSegment::${name}`;

/** A state of a segment, as a preview shows it. */
export const segmentState = (outputs: object = {}, more: object = {}): object => ({
  id: "eipsg-bp1000000000000000001",
  inputs: { eipMask: 28, regionId: "cn-hangzhou" },
  outputs: {
    cidrBlock: "203.0.113.0/28",
    regionId: "cn-hangzhou",
    ipCount: 2,
    __accountId: "1234567890123456",
    addresses: [
      { allocationId: "eip-1", ipAddress: "203.0.113.0" },
      { allocationId: "eip-2", ipAddress: "203.0.113.1" },
    ],
    ...outputs,
  },
  ...more,
});

/** Text of a preview with these steps. */
export const preview = (...steps: object[]): string => JSON.stringify({ steps, changeSummary: {} });
