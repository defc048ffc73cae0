import { startSimulator, type Simulator } from "../../../simulator";
import { PopClient } from "../../simulator/support/pop-client";
import { runCli } from "./support/run-cli";

let simulator: Simulator;
let pop: PopClient;

beforeAll(async () => {
  let now = Date.parse("2026-11-20T00:00:00Z");
  simulator = await startSimulator({ quota: 500, now: () => now });
  const timestamp = () => new Date(now).toISOString().replace(/\.\d+/, "");
  pop = new PopClient({ endpoint: simulator.endpoint, timestamp });
  await allocate("cn-hangzhou", 28);
  const owned = await allocate("cn-hangzhou", 27);
  await allocate("cn-beijing", 28);
  await pop.call("TagResources", {
    RegionId: "cn-hangzhou",
    ResourceType: "EIP",
    ResourceId: addressesOf(owned).slice(0, 20),
    Tag: [{ Key: "pulumi-eip-segment", Value: "eipseg-0123456789abcdef0123456789abcdef-g0" }],
  });
  await pop.call("AssociateEipAddress", {
    RegionId: "cn-hangzhou",
    AllocationId: addressesOf(owned)[0],
    InstanceId: "i-web1",
  });
  now = Date.now();
});

afterAll(() => simulator.stop());

async function allocate(RegionId: string, EipMask: number): Promise<string> {
  return (await pop.call("AllocateEipSegmentAddress", { RegionId, EipMask })).EipSegmentInstanceId;
}

const addressesOf = (segmentId: string): string[] =>
  (simulator.segments().find(({ id }) => id === segmentId)?.addresses ?? []).map(
    ({ allocationId }) => allocationId,
  );

const nobody = { HOME: "/nonexistent", ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" };

const segmentsIn = (out: string): { regionId: string }[] =>
  (JSON.parse(out) as { segments: { regionId: string }[] }).segments;

const list = (argv: string[], outputIsTerminal = false, environment: NodeJS.ProcessEnv = {}) =>
  runCli(["list", ...argv], {
    outputIsTerminal,
    environment: { ...simulator.environment, ...environment },
  });

describe("list", () => {
  it("prints a table on a terminal", async () => {
    const { out, exitCode } = await list([], true, { NO_COLOR: "1" });
    expect(exitCode).toBe(0);
    const [head, ...rows] = out.trimEnd().split("\n");
    expect(head?.split(/ {2,}/)).toEqual(["SEGMENT", "REGION", "BLOCK", "STATUS", "USED", "AGE", "OWNER"]);
    expect(rows.map((row) => row.split(/ {2,}/).slice(1))).toEqual([
      [
        "cn-hangzhou",
        expect.stringMatching(/\/28$/),
        "Allocated",
        "0/16",
        expect.stringMatching(/^\d+ d$/),
        "none",
      ],
      [
        "cn-hangzhou",
        expect.stringMatching(/\/27$/),
        "Allocated",
        "1/32",
        expect.stringMatching(/^\d+ d$/),
        "eipseg-0123456789abcdef0123456789abcdef-g0",
      ],
    ]);
  });

  it("prints JSON into a pipe", async () => {
    const segments = segmentsIn((await list([])).out);
    expect(segments).toHaveLength(2);
    expect(segments[1]).toMatchObject({
      segmentId: expect.stringMatching(/^eipsg-/) as string,
      regionId: "cn-hangzhou",
      status: "Allocated",
      owners: ["eipseg-0123456789abcdef0123456789abcdef-g0"],
      addressesTotal: 32,
      addressesUsed: 1,
    });
  });

  it("prints what is asked for wherever it goes", async () => {
    expect((await list(["--table"])).out).toMatch(/^SEGMENT/);
    expect((await list(["--json"], true)).out).toMatch(/^\{/);
  });

  it("colours a terminal only, and not with NO_COLOR", async () => {
    const escape = "\u001b[";
    expect((await list([], true)).out).toContain(escape);
    expect((await list([], true, { NO_COLOR: "1" })).out).not.toContain(escape);
    expect((await list(["--table"])).out).not.toContain(escape);
  });

  it("looks into the regions that are named", async () => {
    const { out } = await list(["--region", "cn-beijing", "--region", "cn-shanghai", "--table"]);
    expect(out.trimEnd().split("\n")).toHaveLength(2);
    expect(out).toContain("cn-beijing");
  });

  it("looks into all regions", async () => {
    const segments = segmentsIn((await list(["--all-regions"])).out);
    expect(segments.map(({ regionId }) => regionId)).toEqual(["cn-beijing", "cn-hangzhou", "cn-hangzhou"]);
  });

  it("says that there is none", async () => {
    expect((await list(["--region", "cn-shanghai", "--table"])).out).toBe("No segments in cn-shanghai.\n");
    expect(JSON.parse((await list(["--region", "cn-shanghai"])).out)).toEqual({
      schemaVersion: 1,
      regions: ["cn-shanghai"],
      failures: [],
      segments: [],
    });
  });

  it("prints the other regions and ends with 1 when one does not answer", async () => {
    const match = { RegionId: "cn-beijing" };
    simulator.addFault({
      kind: "error",
      action: "DescribeEipSegment",
      match,
      code: "Forbidden.RAM",
      status: 403,
    });
    const { exitCode, err, out } = await list(["--region", "cn-hangzhou", "--region", "cn-beijing"]);
    expect(exitCode).toBe(1);
    expect(segmentsIn(out)).toHaveLength(2);
    expect(JSON.parse(out)).toMatchObject({
      regions: ["cn-hangzhou"],
      failures: [{ regionId: "cn-beijing", message: expect.stringContaining("Forbidden.RAM") as string }],
    });
    expect(err).toMatch(/^eip-segment: Not every region could be read\. cn-beijing: .*Forbidden\.RAM/);
  });

  it("looks into the regions that the cloud names, and no others", async () => {
    const before = simulator.log.length;
    const { regions } = JSON.parse((await list(["--all-regions"])).out) as { regions: string[] };
    const { Regions } = await pop.call("DescribeRegions");
    expect(regions).toEqual(Regions.Region.map(({ RegionId }) => RegionId).sort());
    expect(simulator.log.slice(before).map(({ action }) => action)).toContain("DescribeRegions");
  });

  it("says which permission is missing when the cloud does not name its regions", async () => {
    simulator.addFault({ kind: "error", action: "DescribeRegions", code: "Forbidden.RAM", status: 403 });
    const { exitCode, err } = await list(["--all-regions"]);
    expect(exitCode).toBe(1);
    expect(err).toMatch(
      /^eip-segment: The regions of the account cannot be listed \(DescribeRegions\): .*vpc:DescribeRegions.* Or name regions with --region\.\n$/,
    );
  });

  it.each([
    [
      "cn-hangzou",
      "--region cn-hangzou does not exist or is not offered to this account. Did you mean cn-hangzhou? [",
    ],
    ["xy-nowhere-9", "--region xy-nowhere-9 does not exist or is not offered to this account. ["],
  ])("names the option for the region %s", async (region, message) => {
    const { exitCode, err } = await list(["--region", region]);
    expect(exitCode).toBe(1);
    expect(err.slice(0, `eip-segment: ${message}`.length)).toBe(`eip-segment: ${message}`);
  });

  it("refuses what cannot be a region", async () => {
    expect(await list(["--region", "no where"])).toMatchObject({
      exitCode: 2,
      err: "eip-segment: --region no where is not the id of a region, such as cn-hangzhou.\n",
    });
  });

  it("passes over regions that the account does not have when it looks into all", async () => {
    const match = { RegionId: "me-east-1" };
    const code = "Forbidden.RegionNotFound";
    simulator.addFault({ kind: "error", action: "DescribeEipSegment", match, code, status: 404 });
    expect((await list(["--all-regions"])).exitCode).toBe(0);
  });

  it("ends with the reason when no region answers", async () => {
    simulator.addFault({ kind: "error", action: "DescribeEipSegment", code: "Forbidden.RAM", status: 403 });
    const { exitCode, err, out } = await list([]);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
    expect(err).toMatch(/^eip-segment: Reading EIP segments failed .*\n$/);
  });

  it.each([
    ["--table", "--json"],
    ["--region", "cn-beijing", "--all-regions"],
  ])("refuses %s beside what contradicts it", async (...argv) => {
    const { exitCode, err } = await list(argv);
    expect(exitCode).toBe(2);
    expect(err).toContain("cannot be used with option");
  });

  it("says where credentials are looked for", async () => {
    const environment = { ...nobody, ALICLOUD_REGION: "cn-hangzhou" };
    const { exitCode, err } = await runCli(["list"], { environment });
    expect(exitCode).toBe(1);
    expect(err).toContain(
      "Set it in the environment: report, list and orphans do not read alicloud: keys of a stack.\n",
    );
  });

  it("lets no tag steer the terminal", async () => {
    const id = await allocate("cn-fuzhou", 28);
    const ResourceId = addressesOf(id);
    const Tag = [{ Key: "pulumi-eip-segment", Value: "red\u001b[31m" }];
    await pop.call("TagResources", { RegionId: "cn-fuzhou", ResourceType: "EIP", ResourceId, Tag });
    expect((await list(["--region", "cn-fuzhou", "--table"])).out).toContain("red?[31m\n");
  });

  it("asks for a region when none is known", async () => {
    const { exitCode, err } = await list([], false, { ALICLOUD_REGION: "" });
    expect(exitCode).toBe(2);
    expect(err).toBe(
      "eip-segment: No region is set. Give --region or --all-regions, or set ALICLOUD_REGION: no stack's configuration is read.\n",
    );
  });
});
