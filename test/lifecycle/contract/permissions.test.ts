import { readFileSync } from "node:fs";
import { join } from "node:path";
import { useCloud } from "./support/cloud";
import { DeclaredSegment } from "./support/declared-segment";

const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "permissions.md"), "utf8");
const policy = JSON.parse(/```json\n([^]*?)```/.exec(page)?.[1] ?? "{}") as {
  Statement: { Action: string[] }[];
};
const granted = policy.Statement.flatMap(({ Action }) => Action);

const account = {
  accountId: "1234567890123456",
  accessKeyId: "simulator-access-key-id",
  accessKeySecret: "simulator-access-key-secret",
};
const cloud = useCloud();

/** Lets the credentials do only what is named, and STS, which needs no grant. */
function grantOnly(actions: readonly string[]): void {
  const everything = [
    "AllocateEipSegmentAddress",
    "DescribeEipSegment",
    "DescribeEipAddresses",
    "ModifyEipAddressAttribute",
    "MoveResourceGroup",
    "ReleaseEipSegmentAddress",
    "TagResources",
    "UnTagResources",
    "DescribeRegions",
    "DescribeZones",
    "ListTagResources",
    "DeletionProtection",
  ];
  const deniedActions = everything.filter((action) => !actions.includes(`vpc:${action}`));
  cloud.simulator.configure({ accounts: [{ ...account, deniedActions }] });
}

async function live(): Promise<void> {
  const segment = new DeclaredSegment(cloud);
  await segment.up({ eipMask: 28, tags: { a: "1" } });
  await segment.up({ eipMask: 28, bandwidth: 20, resourceGroupId: "rg-edge", tags: { b: "2" } });
  await segment.refresh();
  await segment.destroy();
}

it("the policy of the page covers everything the provider calls", async () => {
  grantOnly(granted);
  await live();
  expect(cloud.simulator.log.map(({ code }) => code)).not.toContain("Forbidden.RAM");
});

it.each(granted)("the policy of the page needs %s", async (action) => {
  grantOnly(granted.filter((other) => other !== action));
  await expect(live()).rejects.toThrow(action);
});

it("without vpc:TagResources a segment without tags comes up, with one warning about its ownership tag", async () => {
  grantOnly(granted.filter((action) => action !== "vpc:TagResources"));
  const segment = new DeclaredSegment(cloud);
  await segment.up({ eipMask: 28 });
  expect(segment.notices).toEqual([
    "The ownership tag could not be set (Forbidden.RAM). Grant vpc:TagResources, or set the configuration eipSegment:ownershipTag to false.",
  ]);
  expect(segment.preview({ eipMask: 28 }).step).toBe("same");
});
