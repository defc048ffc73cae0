import * as alicloud from "@pulumi/alicloud";
import * as pulumi from "@pulumi/pulumi";
import { EipSegment, getEipSegment, getEipSegmentOutput } from "../../provider";

// The examples import the package by its name, which leads to the built files; here they get the sources.
jest.mock("pulumi-alicloud-eip-segment", () => jest.requireActual<object>("../../provider"), {
  virtual: true,
});

/** Every resource that a program declared, with what it wrote. */
const declared: pulumi.runtime.MockResourceArgs[] = [];

/** Outputs by kind of resource, as a unit test of a program would make them up. */
const madeUp: Record<string, object> = {
  EipSegment: {
    cidrBlock: "203.0.113.0/28",
    ipCount: 16,
    addresses: Array.from({ length: 16 }, (_, index) => ({
      allocationId: `eip-${index}`,
      ipAddress: `203.0.113.${index}`,
    })),
  },
  NatGateway: { snatTableIds: "stb-1" },
};

beforeEach(async () => {
  declared.length = 0;
  pulumi.runtime.setAllConfig({
    "project:instanceId": "i-1",
    "project:loadBalancerId": "lb-1",
    "project:natGatewayId": "ngw-1",
    "project:vswitchId": "vsw-1",
  });
  await pulumi.runtime.setMocks({
    newResource: (args) => {
      declared.push(args);
      const made = madeUp[args.type.split(":").at(-1) ?? ""];
      const id = (args.id ?? "") === "" ? `${args.name}-id` : args.id;
      return { id, state: { ...(args.inputs as object), ...made } };
    },
    call: ({ token, inputs }) => {
      if (token !== "pulumi-alicloud-eip-segment:index:getEipSegment") {
        throw new Error("No other call is mocked.");
      }
      return { ...(inputs as object), ...madeUp.EipSegment };
    },
  });
});

const valueOf = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => {
    output.apply(resolve);
  });

describe("a program under Pulumi's mocks", () => {
  it("declares a segment whatever the mocks answer", async () => {
    const segment = new EipSegment("segment", { eipMask: 28 });
    expect(await valueOf(segment.id)).toBe("segment-id");
    expect(await valueOf(segment.cidrBlock)).toBe("203.0.113.0/28");
  });

  it("leaves the depth of stack traces as it was, and shows the program's line in an error of the SDK", () => {
    const limit = Error.stackTraceLimit;
    new EipSegment("traced", { eipMask: 28 });
    expect(Error.stackTraceLimit).toBe(limit);
    let error: unknown;
    try {
      new EipSegment("", { eipMask: 28 });
    } catch (thrown) {
      error = thrown;
    }
    expect((error as Error).message).toContain("Missing resource name argument");
    expect((error as Error).stack).toContain("mocks.test.ts");
    expect(Error.stackTraceLimit).toBe(limit);
  });

  it("keeps the trace of an error that a transformation throws and somebody else made", () => {
    const early = new Error("made early");
    const { stack } = early;
    const fail = (): never => {
      throw early;
    };
    expect(() => new EipSegment("transformed", { eipMask: 28 }, { transformations: [fail] })).toThrow(early);
    expect(early.stack).toBe(stack);
  });

  it("declares one below a component, with every option", async () => {
    const parent = new pulumi.ComponentResource("test:Network", "network");
    const options = { parent, protect: true, customTimeouts: { create: "20m" }, ignoreChanges: ["tags"] };
    const segment = new EipSegment("child", { eipMask: 28, tags: { team: "edge" } }, options);
    expect(await valueOf(segment.urn)).toContain(
      "test:Network$pulumi-nodejs:dynamic/alicloud:EipSegment::child",
    );
  });

  it("finds the segment that the mocks make up, and sends nothing", async () => {
    const expected = { id: "eipsg-1", cidrBlock: "203.0.113.0/28" };
    expect(await getEipSegment({ id: "eipsg-1" })).toMatchObject(expected);
    const found = getEipSegmentOutput({ id: pulumi.output("eipsg-1") });
    expect(await valueOf(found)).toMatchObject(expected);
    expect(await valueOf(found.addresses[1]?.ipAddress ?? pulumi.output(""))).toBe("203.0.113.1");
  });

  it("declares one whatever the configuration and the tags hold, because only the real engine checks them", async () => {
    pulumi.runtime.setAllConfig({ "eipSegment:nonsense": "x" });
    const tags = { ["__proto__"]: "x", later: pulumi.output("y") };
    const segment = new EipSegment("odd", { eipMask: 28, tags }, { ignoreChanges: ["*"] });
    expect(await valueOf(segment.id)).toBe("odd-id");
  });

  it.each<[options: object, problem: string]>([
    [{ customTimeouts: { create: "10 minutes" } }, 'customTimeouts.create is "10 minutes", but it must be'],
    [{ customTimeouts: { craete: "10m" } }, "customTimeouts has no craete; it may have create, read"],
    [{ import: "eipsg-1" }, 'the option "import" cannot work for dynamic resources'],
    [{ id: "eipsg-1" }, 'the option "id" cannot work for dynamic resources'],
  ])("does not hide its mistakes: the options %j are refused", (options, problem) => {
    expect(() => new EipSegment("segment", { eipMask: 28 }, options)).toThrow(
      `EipSegment "segment": ${problem}`,
    );
  });

  it("does not hide its mistakes: a provider in the options is refused", async () => {
    const provider = new alicloud.Provider("beijing", { region: "cn-beijing" });
    await valueOf(provider.urn);
    expect(() => new EipSegment("segment", { eipMask: 28 }, { provider })).toThrow(
      'EipSegment "segment": the options "provider" and "providers" have no effect on this resource.',
    );
  });
});

describe("a provider that a parent hands on", () => {
  const warnings: string[] = [];

  beforeEach(() => {
    warnings.length = 0;
    jest.spyOn(pulumi.log, "warn").mockImplementation((message) => {
      warnings.push(message);
      return Promise.resolve();
    });
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it("is not used, and the segment below it says so", async () => {
    const provider = new alicloud.Provider("beijing", { region: "cn-beijing" });
    const parent = new pulumi.ComponentResource(
      "test:Network",
      "network",
      {},
      { providers: { alicloud: provider } },
    );
    await valueOf(new EipSegment("child", { eipMask: 28 }, { parent }).urn);
    expect(warnings).toEqual([
      "EipSegment \"child\" does not use the alicloud provider of its parent: the account comes from the stack's configuration or the environment, and the region from the input regionId. Check that they are the parent's.",
    ]);
  });

  it("of another package is nothing to warn of", async () => {
    const parent = new pulumi.ComponentResource("test:Network", "network");
    await valueOf(new EipSegment("child", { eipMask: 28 }, { parent }).urn);
    expect(warnings).toEqual([]);
  });
});

/** What the program wrote for each resource of a type, once everything is declared. */
async function inputsOf(type: string): Promise<unknown[]> {
  await pulumi.runtime.disconnect();
  return declared.filter((resource) => resource.type === type).map(({ inputs }): unknown => inputs);
}

describe("the examples under Pulumi's mocks", () => {
  it("basic declares one segment and gives its addresses", async () => {
    const { addresses, cidrBlock } = jest.requireActual<{
      addresses: pulumi.Output<string[]>;
      cidrBlock: pulumi.Output<string>;
    }>("../../examples/basic/index");
    expect(await valueOf(cidrBlock)).toBe("203.0.113.0/28");
    expect(await valueOf(addresses)).toHaveLength(16);
    expect(declared.map(({ name, inputs }) => [name, (inputs as { eipMask: unknown }).eipMask])).toEqual([
      ["egress", 28],
    ]);
  });

  it.each([
    ["ecs-instance", { instanceId: "i-1", instanceType: "EcsInstance" }],
    ["load-balancer", { instanceId: "lb-1", instanceType: "SlbInstance" }],
  ])("%s associates the first address", async (folder, instance) => {
    const { publicIp } = jest.requireActual<{ publicIp: pulumi.Output<string> }>(
      `../../examples/${folder}/index`,
    );
    expect(await valueOf(publicIp)).toBe("203.0.113.0");
    expect(await inputsOf("alicloud:ecs/eipAssociation:EipAssociation")).toEqual([
      { ...instance, allocationId: "eip-0" },
    ]);
  });

  it("nat-gateway associates four addresses with the gateway, and then lets a vSwitch use them", async () => {
    const { egressIps } = jest.requireActual<{ egressIps: pulumi.Output<string[]> }>(
      "../../examples/nat-gateway/index",
    );
    const ips = await valueOf(egressIps);
    expect(ips).toEqual([0, 1, 2, 3].map((index) => `203.0.113.${index}`));
    expect(await inputsOf("alicloud:ecs/eipAssociation:EipAssociation")).toEqual(
      [0, 1, 2, 3].map((index) => ({
        allocationId: `eip-${index}`,
        instanceId: "ngw-1",
        instanceType: "Nat",
      })),
    );
    expect(await inputsOf("alicloud:vpc/snatEntry:SnatEntry")).toEqual([
      { snatTableId: "stb-1", sourceVswitchId: "vsw-1", snatIp: ips.join(",") },
    ]);
    expect(declared.at(-1)?.type).toBe("alicloud:vpc/snatEntry:SnatEntry");
  });

  it("two-regions declares a segment in each", async () => {
    const { singapore } = jest.requireActual<{ singapore: pulumi.Output<string> }>(
      "../../examples/two-regions/index",
    );
    expect(await valueOf(singapore)).toBe("203.0.113.0/28");
    expect(await inputsOf("pulumi-nodejs:dynamic/alicloud:EipSegment")).toMatchObject([
      { regionId: "cn-hangzhou" },
      { regionId: "ap-southeast-1" },
    ]);
  });
});
