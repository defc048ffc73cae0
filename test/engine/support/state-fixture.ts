import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./pulumi-cli";
import type { Deployment } from "./engine-types";
import type { Stack } from "./stack";
import { outside } from "./outside";

/** Segments whose states are kept, by their names in the program: `args` is what the program says. */
export const keptSegments: Record<string, Record<string, unknown>> = {
  plain: { eipMask: 28 },
  everything: {
    eipMask: "27",
    bandwidth: "50",
    internetChargeType: "PayByTraffic",
    isp: "BGP",
    netmode: "public",
    zone: "cn-hangzhou-b",
    resourceGroupId: "rg-edge",
    regionId: "cn-hangzhou",
    tags: { team: "edge", stage: "prod" },
  },
  adopted: { eipMask: 28, bandwidth: 10 },
  unfinished: { eipMask: 28, bandwidth: 20 },
};

/** What each of them is called in the cloud when it is bought by someone else. */
const bought: Record<string, Record<string, string>> = {
  plain: { EipMask: "28" },
  everything: {
    EipMask: "27",
    Bandwidth: "50",
    InternetChargeType: "PayByTraffic",
    Zone: "cn-hangzhou-b",
    ResourceGroupId: "rg-edge",
  },
  adopted: { EipMask: "28", Bandwidth: "10" },
  unfinished: { EipMask: "28" },
};

const fixturePath = (shape: string): string =>
  join(repository, "test", "fixtures", "state", shape, "stack.json");

/** Buys one segment of the kept ones as someone else would; answers its id. */
export async function buy({ simulator }: Pick<Stack, "simulator">, name: string): Promise<string> {
  const reply = await outside(simulator)("AllocateEipSegmentAddress", bought[name] ?? {});
  return String(reply.EipSegmentInstanceId);
}

/** A kept state whose segments are those of a simulator: each is bought, and its ids put in place of the recorded ones. */
export async function loadState(shape: string, stack: Pick<Stack, "simulator">): Promise<Deployment> {
  let text = readFileSync(fixturePath(shape), "utf8");
  for (const { id, addresses } of segmentsIn(JSON.parse(text) as Deployment)) {
    const fresh = await buy(stack, id.replace("eipsg-bp1kept", ""));
    const live = stack.simulator.segments().find((segment) => segment.id === fresh);
    text = text.replaceAll(id, fresh);
    for (const [index, { allocationId }] of addresses.entries()) {
      text = text.replaceAll(`"${allocationId}"`, `"${live?.addresses[index]?.allocationId ?? ""}"`);
    }
  }
  return JSON.parse(text) as Deployment;
}

/** Keeps the state of a stack, without what differs from machine to machine and from day to day. */
export function keepState(shape: string, deployment: Deployment): void {
  const dropped = new Set(["sourcePosition", "stackTrace", "created", "modified", "time"]);
  let text = JSON.stringify(deployment, (key, value: unknown) => (dropped.has(key) ? undefined : value), 2);
  for (const { urn, id } of segmentsIn(deployment)) {
    text = text.replaceAll(id, `eipsg-bp1kept${urn.split("::").at(-1) ?? ""}`);
  }
  writeFileSync(fixturePath(shape), `${text}\n`);
}

interface KeptSegment {
  urn: string;
  id: string;
  addresses: { allocationId: string }[];
}

function segmentsIn({ deployment }: Deployment): KeptSegment[] {
  return (deployment.resources ?? [])
    .filter(({ type }) => type.endsWith(":EipSegment"))
    .map(({ urn, id = "", outputs }) => ({
      urn,
      id,
      addresses: (outputs?.addresses ?? []) as KeptSegment["addresses"],
    }));
}
