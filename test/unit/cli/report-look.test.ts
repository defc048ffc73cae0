import { startSimulator, type Simulator } from "../../../simulator";
import { PopClient } from "../../simulator/support/pop-client";
import { preview, segmentState, segmentUrn } from "./support/previews";
import { startRelay } from "./support/relay";
import { runCli } from "./support/run-cli";

let simulator: Simulator;
let segmentId: string;

beforeAll(async () => {
  simulator = await startSimulator({ quota: 100 });
  const pop = new PopClient({ endpoint: simulator.endpoint });
  const RegionId = "cn-hangzhou";
  const { EipSegmentInstanceId } = await pop.call("AllocateEipSegmentAddress", { RegionId, EipMask: 28 });
  segmentId = EipSegmentInstanceId;
});

beforeEach(() => {
  simulator.clearFaults();
});

afterAll(() => simulator.stop());

const regionId = "cn-hangzhou";

/** Attaches the second address of the segment, or detaches it again. */
async function attach(attached: boolean): Promise<void> {
  const AllocationId = simulator.segments()[0]?.addresses[1]?.allocationId;
  const action = attached ? "AssociateEipAddress" : "UnassociateEipAddress";
  const pop = new PopClient({ endpoint: simulator.endpoint });
  await pop.call(action, { RegionId: regionId, AllocationId, InstanceId: "i-web1" });
}

/** Reports on a preview that deletes the segment. */
async function report(
  argv: string[],
  outputs: object = {},
  environment: NodeJS.ProcessEnv = simulator.environment,
) {
  const { cidrBlock = "" } = simulator.segments()[0] ?? {};
  const state = segmentState({ cidrBlock, addresses: [], ...outputs }, { id: segmentId });
  const input = preview({ op: "delete", urn: segmentUrn("egress"), oldState: state });
  return runCli(["report", ...argv], { input, environment });
}

describe("a look at a lost block", () => {
  it("lists every address of the cloud and says that none is attached", async () => {
    const { out, exitCode } = await report(["--fail-on-loss=in-use"]);
    expect(exitCode).toBe(0);
    expect(out).toContain("(16 addresses), none of them in use.");
    expect(out).toContain("None of its addresses is attached to anything.");
    expect(out).toContain("All 16 addresses: 203.0.113.0, 203.0.113.1,");
  });

  it("names what an address is attached to, and fails for it", async () => {
    await attach(true);
    const { out, exitCode, err } = await report(["--fail-on-loss=in-use"]);
    await attach(false);
    expect(exitCode).toBe(3);
    expect(out).toMatch(/\| 203\.0\.113\.1 \| `eip-\w+` \| EcsInstance i-web1 \|/);
    expect(err).toContain("Addresses that are or may be in use would be lost: 203.0.113.0/28 of egress.");
  });

  it("counts nothing as in use that is not proven to be of the segment", async () => {
    const pop = new PopClient({ endpoint: simulator.endpoint });
    const { EipSegmentInstanceId } = await pop.call("AllocateEipSegmentAddress", {
      RegionId: "cn-hangzhou",
      EipMask: 28,
    });
    const stranger = simulator.addresses().find((one) => one.segmentId === EipSegmentInstanceId);
    await pop.call("AssociateEipAddress", {
      RegionId: "cn-hangzhou",
      AllocationId: stranger?.allocationId,
      InstanceId: "i-theirs",
    });
    const relay = await startRelay(simulator, async (parameters) => {
      const PageNumber = parameters.get("PageNumber");
      return parameters.get("Action") === "DescribeEipAddresses"
        ? pop.call("DescribeEipAddresses", { RegionId: "cn-hangzhou", PageSize: 100, PageNumber })
        : undefined;
    });
    const environment = { ...simulator.environment, ALIBABA_CLOUD_ENDPOINT_VPC: relay.url };
    const { out, exitCode } = await report(["--fail-on-loss=in-use"], {}, environment);
    relay.stop();
    expect(exitCode).toBe(0);
    expect(out).toContain("All 16 addresses:");
    expect(out).not.toContain("i-theirs");
  });

  it("takes addresses that the cloud does not list for in use", async () => {
    const addresses = [...Array(17).keys()].map((n) => ({ ipAddress: `203.0.113.${n}` }));
    const { out, exitCode } = await report(["--fail-on-loss=in-use"], { addresses });
    expect(exitCode).toBe(3);
    expect(out).toContain(
      "The cloud does not list 1 of its addresses: what they are attached to is not known.",
    );
    expect(out).toContain("All 17 addresses:");
  });

  it("tells machines the same", async () => {
    await attach(true);
    const { out } = await report(["--json"]);
    await attach(false);
    const [block] = (JSON.parse(out) as { stacks: { segments: { released: object[] }[] }[] }).stacks.flatMap(
      ({ segments }) => segments.flatMap(({ released }) => released),
    );
    expect(JSON.parse(out)).toMatchObject({ losesAddresses: true, losesAddressesInUse: true });
    expect(block).toMatchObject({ segmentId, lookup: "listed", unlisted: 0, mayBeInUse: true });
    expect((block as { addresses: object[] }).addresses.slice(0, 2)).toEqual([
      { ipAddress: "203.0.113.0", allocationId: expect.stringMatching(/^eip-/) as string, attachedTo: null },
      {
        ipAddress: "203.0.113.1",
        allocationId: expect.any(String) as string,
        attachedTo: "EcsInstance i-web1",
      },
    ]);
  });

  it("keeps addresses to itself that the stack keeps secret", async () => {
    await attach(true);
    const secret = { cidrBlock: "[secret]", addresses: "[secret]" };
    const markdown = await report([], secret);
    const json = await report(["--json"], secret);
    await attach(false);
    expect(markdown.out).toContain("1 of its addresses are attached: EcsInstance i-web1.");
    expect(markdown.out + json.out).not.toContain("203.0.113");
  });

  it("finds that a block is gone already, which is no loss", async () => {
    const state = segmentState({}, { id: "eipsg-bp1gonegonegonegone0" });
    const input = preview({ op: "delete", urn: segmentUrn("egress"), oldState: state });
    const ended = await runCli(["report", "--fail-on-loss"], { input, environment: simulator.environment });
    expect(ended).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining("**No address is lost.**") as string,
    });
    expect(ended.out).toContain("| deleted | `203.0.113.0/28` no longer exists |");
  });

  it("changes nothing in the cloud", async () => {
    await report([]);
    const actions = new Set(simulator.log.map(({ action }) => action));
    for (const action of ["ReleaseEipSegmentAddress", "TagResources", "ModifyEipAddressAttribute"]) {
      expect(actions).not.toContain(action);
    }
  });
});

describe("a report that could not look says so", () => {
  it("without credentials", async () => {
    const environment = { HOME: "/nonexistent", ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" };
    const { out, exitCode } = await report(["--fail-on-loss=in-use"], {}, environment);
    expect(out).toContain("was not checked: No Alibaba Cloud credentials were found");
    expect(exitCode).toBe(3);
  });

  it("with the credentials of another account", async () => {
    const { out } = await report([], { __accountId: "9999999999999999" });
    expect(out).toContain(
      "it is in account 9999999999999999, and the credentials are those of account 1234567890123456.",
    );
  });

  it("when the cloud refuses", async () => {
    simulator.addFault({ kind: "error", action: "DescribeEipAddresses", code: "Forbidden.RAM", status: 403 });
    const { out } = await report([]);
    expect(out).toMatch(/was not checked: .*Forbidden\.RAM/);
  });

  it("when the segment is not listed and its account is not known", async () => {
    const state = segmentState({ __accountId: undefined }, { id: "eipsg-bp1gonegonegonegone0" });
    const input = preview({ op: "delete", urn: segmentUrn("egress"), oldState: state });
    const { exitCode } = await runCli(["report", "--fail-on-loss=in-use"], {
      input,
      environment: simulator.environment,
    });
    expect(exitCode).toBe(3);
  });
});

describe("the cloud is not asked", () => {
  it.each([
    ["when nothing is lost", ["report"], "create"],
    ["with --no-check", ["report", "--no-check"], "delete"],
  ])("%s", async (_, argv, op) => {
    const before = simulator.log.length;
    const input = preview({ op, urn: segmentUrn("egress"), oldState: segmentState() });
    await runCli(argv, { input, environment: simulator.environment });
    expect(simulator.log).toHaveLength(before);
  });
});
