import { changesOf, createStack, messagesOf, segmentProgram, type Stack } from "./support";

jest.setTimeout(240_000);

const config = { "alicloud:region": "cn-hangzhou" };

/** A program that looks segments up; `body` assigns its exports. */
const lookingUp = (body: string): string => `
  const pulumi = require("@pulumi/pulumi");
  const { EipSegment, getEipSegment, getEipSegmentOutput } = require("pulumi-alicloud-eip-segment");
  module.exports = async () => { ${body} };
`;

describe("a program that looks up a segment of another stack", () => {
  let owner: Stack;
  let reader: Stack;
  let id: string;
  let cidrBlock: string;

  /** Runs a program of the second stack. */
  async function up(body: string): Promise<{ outputs: Record<string, unknown>; calls: string[] }> {
    reader.writeProgram(lookingUp(body));
    const from = owner.simulator.log.length;
    const { outputs } = await reader.up();
    return { outputs, calls: owner.simulator.log.slice(from).map(({ action }) => action) };
  }

  async function refused(body: string): Promise<string> {
    reader.writeProgram(lookingUp(body));
    const result = await reader.up({ expectFailure: true });
    const printed = result.stdout + result.stderr;
    expect(printed).not.toMatch(/^\s+at .*:\d+/m);
    return messagesOf(result, "error").join("\n");
  }

  beforeAll(async () => {
    const args = { eipMask: 28, bandwidth: 50, tags: { team: "edge" } };
    const program = segmentProgram({ args }, { name: "other", args: { eipMask: 27 } });
    owner = await createStack({ program, config });
    await owner.up();
    const { outputs } = await owner.resource("segment");
    id = String(outputs?.__segmentId);
    cidrBlock = String(outputs?.cidrBlock);
    reader = await createStack({ program: "", config, simulator: owner.simulator, project: "reader" });
  });

  afterAll(async () => {
    await reader.dispose();
    await owner.dispose();
  });

  it("gets its outputs by id, block, address and tags, with one listing of the region", async () => {
    const recorded = (await owner.resource("segment")).outputs as { addresses: { ipAddress: string }[] };
    const { outputs, calls } = await up(`
      const all = await Promise.all([
        { id: "${id}" }, { cidrBlock: "${cidrBlock}" }, { ipAddress: "${recorded.addresses[9]?.ipAddress ?? ""}" }, { tags: { team: "edge" } },
      ].map((args) => getEipSegment(args)));
      return { all, output: getEipSegmentOutput({ id: pulumi.output("${id}") }) };
    `);
    const found = outputs.output as Record<string, unknown>;
    expect(outputs.all).toEqual([found, found, found, found]);
    expect(found).not.toHaveProperty("clientToken");
    expect({ id, ...recorded }).toMatchObject(found);
    expect(calls.filter((action) => action === "DescribeEipSegment")).toHaveLength(1);
    expect(calls.filter((action) => action === "DescribeEipAddresses")).toHaveLength(2);
  });

  it("changes nothing, and is refreshed and destroyed without a request", async () => {
    await up(`return { id: (await getEipSegment({ id: "${id}" })).id };`);
    const from = owner.simulator.log.length;
    await reader.refresh();
    await reader.destroy();
    expect(owner.simulator.log.slice(from)).toEqual([]);
    expect(changesOf(await owner.refresh())).toEqual({ same: 3 });
  });

  it("stops with what is there when none or several match", async () => {
    expect(await refused(`await getEipSegment({ cidrBlock: "198.51.100.0/28" });`)).toContain(
      'No segment in cn-hangzhou matches cidrBlock "198.51.100.0/28". Visible to these credentials: eipsg-',
    );
    await owner.setConfig("eipSegment:tokenSalt", "another");
    const args = { eipMask: 28, tags: { team: "edge" } };
    owner.writeProgram(
      segmentProgram({ args: { ...args, bandwidth: 50 } }, { name: "other", args: { ...args } }),
    );
    await owner.up();
    const several = await refused(`return { a: getEipSegmentOutput({ tags: { team: "edge" } }).cidrBlock };`);
    expect(several).toContain('2 segments in cn-hangzhou match tags {"team":"edge"}: ');
    for (const segment of owner.simulator.segments()) expect(several).toContain(segment.id);
  });

  it("keeps what it is not told in a preview unknown, and finds it in the up", async () => {
    reader.writeProgram(
      lookingUp(`
        const own = new EipSegment("own", { eipMask: 28 });
        return { found: getEipSegmentOutput({ id: own.id }).cidrBlock, own: own.cidrBlock };
      `),
    );
    const from = owner.simulator.log.length;
    await reader.preview();
    expect(owner.simulator.log.slice(from)).toEqual([]);
    const { outputs } = await reader.up();
    expect(outputs.found).toBe(outputs.own);
    await reader.destroy();
  });

  it("shows no argument that is a secret, and keeps the result secret", async () => {
    const program = (tag: string): string =>
      `return { found: getEipSegmentOutput({ id: "${id}", tags: pulumi.secret({ team: "${tag}" }) }).cidrBlock };`;
    expect(await refused(program("hush"))).toContain("matches id (a secret) and tags (a secret).");
    await up(program("edge"));
    const { stdout } = await reader.pulumi(["stack", "output", "--json"]);
    expect(JSON.parse(stdout)).toEqual({ found: "[secret]" });
  });
});

it("a lookup takes the credentials and the region of the stack's configuration, and shows neither key nor secret", async () => {
  const [accessKeyId, accessKeySecret] = ["LTAI5tLookupTestKeyId", "LookupTestAccessKeySecret"];
  const stack = await createStack({
    program: segmentProgram({ args: { eipMask: 28 } }),
    simulator: {
      accounts: [{ accountId: "1234567890123456", accessKeyId, accessKeySecret }],
      rateLimits: false,
      quota: 1000,
    },
    env: { ALICLOUD_ACCESS_KEY: "", ALICLOUD_SECRET_KEY: "", ALICLOUD_REGION: "" },
    config: { "alicloud:region": "cn-beijing" },
  });
  await stack.pulumi(["config", "set", "--secret", "alicloud:accessKey", accessKeyId]);
  await stack.pulumi(["config", "set", "--secret", "alicloud:secretKey", accessKeySecret]);
  await stack.up();
  const [segment] = stack.simulator.segments();
  stack.writeProgram(
    lookingUp(`
      new EipSegment("segment", { eipMask: 28 });
      return getEipSegment({ id: "${segment?.id ?? ""}" });
    `),
  );
  const { outputs } = await stack.up();
  expect(outputs).toMatchObject({ cidrBlock: segment?.cidrBlock, regionId: "cn-beijing" });
  const { deployment } = await stack.export();
  const state = JSON.stringify(
    deployment.resources?.filter(({ type }) => !type.startsWith("pulumi:providers:")),
  );
  await stack.setConfig("alicloud:secretKey", "WrongAccessKeySecret");
  const { stdout, stderr } = await stack.up({ expectFailure: true });
  expect(stdout).toContain("the secret does not belong to the access key");
  for (const text of [accessKeyId, accessKeySecret, "WrongAccessKeySecret"]) {
    expect(state + stdout + stderr).not.toContain(text);
  }
  await stack.dispose();
});
