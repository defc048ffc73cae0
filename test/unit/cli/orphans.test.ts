import { isLive } from "../../../cli/cloud/inventory";
import { formatToken, tokenDigest } from "../../../provider/cloud/client-token";
import { startSimulator, type Simulator } from "../../../simulator";
import { PopClient } from "../../simulator/support/pop-client";
import { eipReply } from "../../support/eip-reply";
import { segmentUrn } from "./support/previews";
import { runCli } from "./support/run-cli";

const RegionId = "cn-hangzhou";
const type = "pulumi-nodejs:dynamic/alicloud:EipSegment";
const tokenOf = (name: string, generation = 0): string =>
  formatToken({ digest: tokenDigest("organization", segmentUrn(name), undefined), generation });

let simulator: Simulator;
let pop: PopClient;

beforeEach(async () => {
  simulator = await startSimulator({ quota: 500, rateLimits: false });
  pop = new PopClient({ endpoint: simulator.endpoint });
});

afterEach(() => simulator.stop());

/** Makes a segment, with an ownership tag if `owner` is given. */
async function segment(settings: object = {}, owner?: string): Promise<string> {
  const { EipSegmentInstanceId: id } = await pop.call("AllocateEipSegmentAddress", {
    ...{ RegionId, EipMask: 28 },
    ...settings,
  });
  await pop.call("DescribeEipSegment", { RegionId });
  const ResourceId = simulator.addresses().flatMap((eip) => (eip.segmentId === id ? eip.allocationId : []));
  if (owner !== undefined) {
    const Tag = [{ Key: "pulumi-eip-segment", Value: owner }];
    await pop.call("TagResources", { RegionId, ResourceType: "EIP", ResourceId, Tag });
  }
  return id;
}

const held = (name: string, id: string, outputs: object = {}): object => ({
  ...{ urn: segmentUrn(name), type, id, custom: true },
  outputs: { regionId: RegionId, __ownerToken: tokenOf(name), __accountId: "1234567890123456", ...outputs },
});

const pending = (name: string, inputs: object = {}, generation = 0): object => ({
  type: "creating",
  resource: {
    ...{ urn: segmentUrn(name), type },
    inputs: { eipMask: 28, regionId: RegionId, clientToken: tokenOf(name, generation), ...inputs },
  },
});

const state = (
  resources: object[],
  pending_operations: object[] = [],
  time = new Date().toISOString(),
): string =>
  JSON.stringify({ version: 3, deployment: { manifest: { time }, resources, pending_operations } });

interface Findings {
  orphans: {
    segmentId: string;
    owners: string[];
    madeBy: { urn: string; likelihood: string; grounds: string }[];
  }[];
  pending: { urn: string; finishedAs?: string; matches: { segmentId: string; likelihood: string }[] }[];
  [key: string]: unknown;
}

async function orphans(input: string, ...argv: string[]) {
  const environment = simulator.environment;
  const json = await runCli(["orphans", "--json", ...argv], { input, environment });
  const { out: text } = await runCli(["orphans", ...argv], { input, environment });
  return { ...json, found: JSON.parse(json.out) as Findings, text };
}

describe("a live segment is an orphan", () => {
  it("but not one that is listed as released, unless one of its EIPs exists", () => {
    const released = { ...{ segmentId: "eipsg-1", regionId: RegionId, status: "Released" }, owners: [] };
    expect(isLive({ ...released, eips: [] })).toBe(false);
    expect(isLive({ ...released, eips: [eipReply(1)] })).toBe(true);
    expect(isLive({ ...released, status: "Failed", eips: [] })).toBe(true);
  });

  it("unless a given state owns it, whichever of several", async () => {
    const [a, b, c] = [await segment(), await segment(), await segment()];
    const official = {
      ...{ urn: "urn:pulumi:dev::shop::alicloud:ecs/eipSegmentAddress:EipSegmentAddress::c", id: c },
      type: "alicloud:ecs/eipSegmentAddress:EipSegmentAddress",
    };
    const { found, exitCode } = await orphans(`${state([held("a", a)])}\n${state([held("b", b), official])}`);
    expect(exitCode).toBe(0);
    expect(found.orphans).toEqual([]);
  });

  it("although a program reads it, which is not owning it", async () => {
    const id = await segment();
    const { found } = await orphans(state([{ ...held("a", id), external: true }]));
    expect(found.orphans).toMatchObject([{ segmentId: id }]);
  });

  it("not while its replaced resource still waits for the release", async () => {
    const id = await segment();
    const { found } = await orphans(state([{ ...held("a", id), delete: true }]));
    expect(found.orphans).toEqual([]);
  });

  it("with an ownership tag of a stack that was not given", async () => {
    const id = await segment({}, tokenOf("elsewhere"));
    const { found, text } = await orphans(state([]));
    expect(found.orphans).toMatchObject([{ segmentId: id, owners: [tokenOf("elsewhere")], madeBy: [] }]);
    expect(text).toContain(
      `Ownership tag ${tokenOf("elsewhere")}: most likely owned by a stack whose state was not given.`,
    );
  });

  it("without any ownership tag", async () => {
    const id = await segment();
    const { text } = await orphans(state([]));
    expect(text).toContain(id);
    expect(text).toContain(
      "No ownership tag: made by hand, by another tool, or by a run that ended before it was ready.",
    );
  });

  it("that another creation of a given resource made", async () => {
    await segment({}, tokenOf("a", 3));
    const { text } = await orphans(state([held("a", "eipsg-elsewhere")]));
    expect(text).toContain(`another creation of ${segmentUrn("a")}, which now has another segment.`);
  });

  it("that a state names as an answer never seen", async () => {
    const id = await segment();
    const { text } = await orphans(state([held("a", "eipsg-elsewhere", { __abandoned: [id] })]));
    expect(text).toContain(
      `The state of ${segmentUrn("a")} names it as an id that was returned and never listed.`,
    );
  });
});

describe("a pending creation", () => {
  it("certainly made the segment that carries its token", async () => {
    const id = await segment({}, tokenOf("a"));
    const { found, text } = await orphans(state([], [pending("a")]));
    expect(found.pending[0]?.matches).toMatchObject([{ segmentId: id, likelihood: "certainly" }]);
    expect(text).toContain(`Certainly made by the pending creation of ${segmentUrn("a")}`);
    expect(text).toContain("First, run `pulumi up` with the unchanged program");
  });

  it("most likely made the unowned, unused segment with its settings", async () => {
    const others = [await segment({ EipMask: 27 }), await segment({}, tokenOf("elsewhere"))];
    const used = await segment();
    const AllocationId = simulator.addresses().find(({ segmentId }) => segmentId === used)?.allocationId;
    await pop.call("AssociateEipAddress", { RegionId, AllocationId, InstanceId: "i-web1" });
    const id = await segment();
    const { found } = await orphans(state([], [pending("a")]));
    expect(found.pending[0]?.matches).toEqual([
      expect.objectContaining({ segmentId: id, likelihood: "most likely" }),
      expect.objectContaining({ segmentId: others[0], likelihood: "possibly" }),
    ]);
  });

  it("does not compare what is secret", async () => {
    const id = await segment({ Bandwidth: 50 });
    const bandwidth = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      ciphertext: "v1:x",
    };
    const { found } = await orphans(state([], [pending("a", { bandwidth })]));
    expect(found.pending[0]?.matches).toMatchObject([{ segmentId: id, likelihood: "most likely" }]);
  });

  it("only possibly made a segment of another day", async () => {
    await segment();
    const { found } = await orphans(state([], [pending("a")], "2020-01-01T00:00:00Z"));
    expect(found.pending[0]?.matches).toMatchObject([{ likelihood: "possibly" }]);
  });

  it("made no segment of another region", async () => {
    await segment();
    const { found } = await orphans(state([], [pending("a", { regionId: "cn-beijing" })]));
    expect(found.pending[0]?.matches).toEqual([]);
  });

  it("is told to be finished when a later run finished it", async () => {
    const id = await segment({}, tokenOf("a"));
    const { found, text } = await orphans(state([held("a", id)], [pending("a")]));
    expect(found.pending).toMatchObject([{ finishedAs: id, matches: [] }]);
    expect(text).toContain(
      `was completed later as ${id}: \`pulumi refresh --clear-pending-creates\` clears the entry.`,
    );
  });

  it("that was to adopt a segment is certainly that segment's", async () => {
    const id = await segment({ EipMask: 27 });
    const { found } = await orphans(state([], [pending("a", { adopt: id })]));
    expect(found.pending[0]?.matches).toMatchObject([{ segmentId: id, likelihood: "certainly" }]);
  });
});

describe("the ways on", () => {
  it("are a declaration with what the segment has, under the name of its pending creation", async () => {
    const id = await segment({ Bandwidth: 50, InternetChargeType: "PayByTraffic" });
    const { text } = await orphans(
      state([], [pending("a", { bandwidth: 50, internetChargeType: "PayByTraffic" })]),
    );
    const declaration = [
      `new EipSegment("a", {`,
      `  adopt: "${id}",`,
      `  regionId: "cn-hangzhou",`,
      `  eipMask: 28,`,
      `  bandwidth: 50,`,
      `  internetChargeType: "PayByTraffic",`,
      `});`,
    ];
    expect(text).toContain(declaration.map((line) => `    ${line}`).join("\n"));
  });

  it("name each of several declarations differently", async () => {
    const ids = [await segment(), await segment({ EipMask: 27 }), await segment({ EipMask: 27 })];
    const { text } = await orphans(state([], [pending("a"), pending("b", { eipMask: 27 })]));
    const names = [...text.matchAll(/new EipSegment\("(.*)", \{\n +adopt: "(.*)"/g)].map(([, name, id]) => [
      name,
      id,
    ]);
    expect(names).toEqual([
      ["a", ids[0]],
      [ids[1], ids[1]],
      [ids[2], ids[2]],
    ]);
  });

  it("leave out the release while an address is in use", async () => {
    const id = await segment();
    const AllocationId = simulator.addresses().find(({ segmentId }) => segmentId === id)?.allocationId;
    await pop.call("AssociateEipAddress", { RegionId, AllocationId, InstanceId: "i-web1" });
    const { text } = await orphans(state([]));
    expect(text).toContain("  in use: 203.0.113.0 (EcsInstance i-web1)\n");
    expect(text).toContain("It cannot be released while addresses are in use.");
    expect(text).not.toContain("ReleaseEipSegmentAddress");
  });

  it("are left out while the segment is still being allocated", async () => {
    simulator.setProgression({ kind: "time", allocateMs: Infinity, releaseMs: 0 });
    await segment();
    const { text } = await orphans(state([]));
    expect(text).toContain("It is still being allocated, perhaps by a run in progress.");
    expect(text).not.toContain("adopt:");
  });

  it("are only told: orphans changes nothing", async () => {
    await segment();
    const start = simulator.log.length;
    await orphans(state([], [pending("a")]));
    const actions = new Set(simulator.log.slice(start).map(({ action }) => action));
    expect([...actions].sort()).toEqual(["DescribeEipAddresses", "DescribeEipSegment", "GetCallerIdentity"]);
  });
});

describe("orphans says what it cannot know", () => {
  it("and which account and regions it asked", async () => {
    const { text } = await orphans(
      state([held("a", "eipsg-1", { regionId: "cn-beijing", __accountId: "9" })]),
    );
    expect(text).toMatch(
      /^No orphans in cn-beijing, cn-hangzhou\. Live segments: 0\. Compared with the state of shop\/dev\. Nothing was changed\.\n/,
    );
    expect(text).toContain("Only account 1234567890123456 was read");
    expect(text).toContain("The states also hold segments of 9, which was not read.");
    expect(text).not.toContain("these segments");
  });

  it("and that the account is not known when STS does not tell it", async () => {
    const fault = {
      kind: "error",
      action: "GetCallerIdentity",
      code: "Forbidden.RAM",
      status: 403,
      times: 2,
    } as const;
    simulator.addFault(fault);
    const { text, found } = await orphans(state([held("a", "eipsg-1", { __accountId: "9" })]));
    expect(found).toMatchObject({ account: null, otherAccounts: [] });
    expect(text).toContain("Only the account of these credentials was read");
  });

  it("and refuses what is no state", async () => {
    const { exitCode, err } = await runCli(["orphans"], { input: "{}", environment: simulator.environment });
    expect(exitCode).toBe(1);
    expect(err).toBe(
      "eip-segment: What is in standard input is not the output of `pulumi stack export`. Run `pulumi stack export > state.json` and name the file.\n",
    );
  });
});
