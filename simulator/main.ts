#!/usr/bin/env node
import { parseArgs } from "node:util";

import { startSimulator } from "./simulator";

const usage = `Simulates the EIP segment operations of the Alibaba Cloud VPC API on a loopback port.

  --port N                    port (default: a free one)
  --region ID                 region in the printed environment (default cn-hangzhou)
  --allocate-ms N             time a segment is Allocating (default 3000)
  --release-ms N              time a segment is Releasing (default 1000)
  --associate-ms N            time an EIP is Associating or Unassociating (default 0)
  --quota N                   EIPs per account (default 20)
  --reserved 0|1|3|4          addresses of a segment that the cloud keeps (default 0)
  --token-memory-ms N         how long a ClientToken is remembered (default 24 h)
  --no-rate-limits            do not limit Allocate to 6 and Release to 60 calls a minute
  --frequent-purchase-guard   refuse more than twice the quota within an hour
  --help                      this text
`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const options = {
  port: text,
  region: text,
  "allocate-ms": text,
  "release-ms": text,
  "associate-ms": text,
  quota: text,
  reserved: text,
  "token-memory-ms": text,
  "no-rate-limits": flag,
  "frequent-purchase-guard": flag,
  help: flag,
};

type NumberOption =
  "port" | "allocate-ms" | "release-ms" | "associate-ms" | "quota" | "reserved" | "token-memory-ms";

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  if (values.help === true) {
    process.stdout.write(usage);
    return;
  }
  const number = (name: NumberOption, fallback: number): number => {
    const value = values[name] === undefined ? fallback : Number(values[name]);
    if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} must be a whole number.`);
    return value;
  };
  const reserved = number("reserved", 0);
  if (reserved !== 0 && reserved !== 1 && reserved !== 3 && reserved !== 4) {
    throw new Error("--reserved must be 0, 1, 3 or 4.");
  }
  const simulator = await startSimulator({
    port: number("port", 0),
    regionId: values.region ?? "cn-hangzhou",
    progression: {
      kind: "time",
      allocateMs: number("allocate-ms", 3000),
      releaseMs: number("release-ms", 1000),
      associateMs: number("associate-ms", 0),
    },
    quota: number("quota", 20),
    reserved,
    tokenMemoryMs: number("token-memory-ms", 24 * 60 * 60 * 1000),
    rateLimits: values["no-rate-limits"] !== true,
    frequentPurchaseGuard: values["frequent-purchase-guard"] === true,
    console: true,
  });
  for (const [name, value] of Object.entries(simulator.environment)) {
    process.stdout.write(`export ${name}=${value}\n`);
  }
  const stop = (): void => {
    simulator.stop().catch(fail);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

main().catch(fail);
