import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createLookup } from "../../../provider/lookup/segment-lookup";
import type { RamPolicy } from "../../../simulator";
import { runCli } from "../../unit/cli/support/run-cli";
import { useCloud } from "./support/cloud";
import { DeclaredSegment } from "./support/declared-segment";

const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "permissions.md"), "utf8");

/** The policies of the page by their headings. */
const policies = new Map(
  [...page.matchAll(/^## (.+)$[^]*?^```json\n([^]*?)^```$/gm)].map(({ 1: title = "", 2: text = "" }) => [
    title,
    JSON.parse(text) as RamPolicy,
  ]),
);

/** The actions in a row of the page's table, by what is done. */
const needs = new Map(
  [...page.matchAll(/^\| (.+?) +\| (.+?) +\|/gm)].map(({ 1: done = "", 2: actions = "" }) => [
    done,
    [...actions.matchAll(/`(\w+)`/g)].map(({ 1: action = "" }) => action),
  ]),
);

const account = {
  accountId: "1234567890123456",
  accessKeyId: "simulator-access-key-id",
  accessKeySecret: "simulator-access-key-secret",
};
const cloud = useCloud();

function grant(policy: RamPolicy): void {
  cloud.simulator.configure({ accounts: [{ ...account, policy }] });
}

const allowing = (actions: readonly string[]): RamPolicy => ({
  Version: "1",
  Statement: [
    { Effect: "Allow", Action: actions.map((action) => `vpc:${action}`), Resource: "acs:vpc:*:*:eip/*" },
  ],
});

function policyOf(title: string): RamPolicy {
  const policy = policies.get(title);
  if (policy === undefined) {
    throw new Error(`The page has no policy "${title}".`);
  }
  return policy;
}

const untagged = { "eipSegment:ownershipTag": "false" };
const plain = { eipMask: 28 };

async function made(config: Record<string, string> = {}): Promise<DeclaredSegment> {
  const segment = new DeclaredSegment(cloud, config);
  await segment.up({ ...plain, tags: { a: "1" } });
  return segment;
}

/** The command line, with an empty stack on its standard input. */
async function cli(...args: string[]): Promise<void> {
  const input = JSON.stringify({ version: 3, deployment: { resources: [] } });
  const { exitCode, err } = await runCli(args, { input, environment: cloud.simulator.environment });
  if (exitCode !== 0) {
    throw new Error(err);
  }
}

/** Each row of the table: what is there before with every right, and what is then done. */
const rows: Record<string, () => Promise<() => Promise<unknown>>> = {
  "`pulumi up` of a new segment": async () => {
    await Promise.resolve();
    return () => new DeclaredSegment(cloud, untagged).up(plain);
  },
  "tags of the program": async () => {
    const segment = await made();
    return () => segment.up({ ...plain, tags: { b: "2" } });
  },
  "another bandwidth": async () => {
    const segment = await made();
    return () => segment.up({ ...plain, tags: { a: "1" }, bandwidth: 20 });
  },
  "another resource group": async () => {
    const segment = await made();
    return () => segment.up({ ...plain, tags: { a: "1" }, resourceGroupId: "rg-edge" });
  },
  "`pulumi refresh`": async () => {
    const segment = await made();
    return () => segment.refresh();
  },
  "`pulumi destroy`, replacing": async () => {
    const segment = await made();
    return () => segment.destroy();
  },
  "`getEipSegment`, in previews too": async () => {
    await made();
    return () => createLookup(cloud.configWith()).find({ id: cloud.segment.id }, false);
  },
  "`eip-segment list`, `eip-segment orphans`": async () => {
    await made();
    return async () => {
      await cli("list");
      await cli("orphans");
    };
  },
};

describe.each(Object.entries(rows))("%s", (done, prepare) => {
  const actions = needs.get(done) ?? [];

  it("is allowed by the actions of its row", async () => {
    expect(actions.length).toBeGreaterThan(0);
    const act = await prepare();
    grant(allowing(actions));
    await act();
    expect(cloud.simulator.log.map(({ code }) => code)).not.toContain("Forbidden.RAM");
  });

  it.each(actions)("is refused without %s, and the refusal names it", async (missing) => {
    const act = await prepare();
    grant(allowing(actions.filter((action) => action !== missing)));
    await expect(act()).rejects.toThrow(missing);
  });
});

it.each(["AllocateEipSegmentAddress", "DescribeEipSegment"])(
  "nothing is allocated without %s",
  async (missing) => {
    const actions = needs.get("`pulumi up` of a new segment") ?? [];
    grant(allowing(actions.filter((action) => action !== missing)));
    await expect(new DeclaredSegment(cloud, untagged).up(plain)).rejects.toThrow(missing);
    expect(cloud.simulator.segments()).toEqual([]);
  },
);

it("the page names actions for what is tried here, and for nothing else", () => {
  const below = ["the ownership tag, on by default", "`adopt`"];
  const withActions = [...needs].filter(([, actions]) => actions.length > 0).map(([done]) => done);
  expect(withActions.sort()).toEqual([...Object.keys(rows), ...below].sort());
});

describe("the ownership tag", () => {
  const warning =
    "The ownership tag could not be set (Forbidden.RAM), so interrupted runs are harder to recover. Grant vpc:TagResources, or run `pulumi config set eipSegment:ownershipTag false`.";
  const withoutTags = allowing(["AllocateEipSegmentAddress", "DescribeEipSegment", "DescribeEipAddresses"]);

  it("is left out with one warning where TagResources is missing", async () => {
    grant(withoutTags);
    const segment = new DeclaredSegment(cloud);
    await segment.up(plain);
    expect(segment.notices).toEqual([warning]);
    expect((await segment.preview(plain)).step).toBe("same");
  });

  it("is left out of an adopted segment with the same warning, and set with the actions of the row", async () => {
    const { EipSegmentInstanceId: adopt } = await cloud.outside("AllocateEipSegmentAddress", {
      EipMask: "28",
    });
    grant(withoutTags);
    const segment = new DeclaredSegment(cloud);
    await segment.up({ ...plain, adopt });
    expect(segment.notices).toContain(warning);
    grant(allowing(needs.get("`adopt`") ?? []));
    const other = new DeclaredSegment(cloud, {}, "other");
    await other.up({ ...plain, adopt });
    expect(other.notices).not.toContain(warning);
    expect(cloud.each(({ tags }) => Object.keys(tags))).toEqual([["pulumi-eip-segment"]]);
  });
});

describe("the policies of the page", () => {
  it("for everything lets a segment live its whole life without a refusal, in one region as well", async () => {
    const policy = policyOf("Everything the provider does");
    const oneRegion = JSON.parse(
      JSON.stringify(policy).replace("acs:vpc:*", "acs:vpc:cn-hangzhou"),
    ) as RamPolicy;
    for (const each of [policy, oneRegion]) {
      grant(each);
      const segment = await made();
      await segment.up({ ...plain, bandwidth: 20, resourceGroupId: "rg-edge", tags: { b: "2" } });
      await segment.refresh();
      await segment.destroy();
    }
    expect(cloud.simulator.log.map(({ code }) => code)).not.toContain("Forbidden.RAM");
  });

  it("without releases lets segments be allocated and changed, and refuses to release them", async () => {
    grant(policyOf("Everything but releases"));
    const segment = await made();
    await segment.up({ ...plain, bandwidth: 20, resourceGroupId: "rg-edge", tags: { b: "2" } });
    await segment.refresh();
    await expect(segment.destroy()).rejects.toThrow("vpc:ReleaseEipSegmentAddress");
    expect(cloud.segment.status).toBe("Allocated");
  });

  it("for looking lets a segment be looked at, and nothing be bought, changed or released", async () => {
    const segment = await made();
    grant(policyOf("Read only"));
    await segment.refresh();
    await cli("list");
    await expect(new DeclaredSegment(cloud, {}, "new").up(plain)).rejects.toThrow(
      "AllocateEipSegmentAddress",
    );
    await expect(segment.up({ ...plain, tags: { a: "1" }, bandwidth: 20 })).rejects.toThrow(
      "ModifyEipAddress",
    );
    await expect(segment.destroy()).rejects.toThrow("ReleaseEipSegmentAddress");
    expect(cloud.each(({ bandwidth }) => bandwidth)).toEqual([5]);
  });
});
