import { createStack, messagesOf, segmentProgram, type CommandResult, type Stack } from "./support";

jest.setTimeout(240_000);

const config = { "alicloud:region": "cn-hangzhou", "eipSegment:allocatePerMinute": "1000" };

/** One sentence or a few, on one line: no stack frame, no file of this package, no inspected object. */
const STACK_TRACE = /^\s+at |\.js:\d+|\.ts:\d+|\[object|node_modules/m;

const declaring = (declaration: string): string => `
  const pulumi = require("@pulumi/pulumi");
  const { EipSegment } = require("pulumi-alicloud-eip-segment");
  ${declaration};
`;

/** What the engine prints at the segment, without its own introduction. */
const reasonsOf = (result: CommandResult): string[] =>
  messagesOf(result, "error")
    .filter((message) => !/^(update|preview) failed$/.test(message))
    .map((message) => message.replace(/^.* has a problem: /, ""));

let stack: Stack;

async function refusals(declaration: string): Promise<string[]> {
  stack.writeProgram(declaring(declaration));
  const result = await stack.preview({ expectFailure: true });
  expect(result.stdout + result.stderr).not.toMatch(STACK_TRACE);
  expect(stack.simulator.log).toEqual([]);
  return reasonsOf(result);
}

beforeAll(async () => {
  stack = await createStack({ program: segmentProgram(), config });
});

afterAll(async () => {
  await stack.dispose();
});

describe("a preview says what Pulumi would drop without a word", () => {
  it("of functions, names of Pulumi's own, tags without a value, and a resource in place of its id", async () => {
    const told = await refusals(`
      const other = new pulumi.ComponentResource("test:Group", "group");
      const tags = { ["__proto__"]: "x", team: undefined, stage: pulumi.output(undefined), owner: Promise.resolve(undefined) };
      const wrong = { bandwidth: () => 5, id: "eipsg-1", customTimeouts: { create: "1m" }, resourceGroupId: other };
      new EipSegment("segment", { eipMask: 28, tags, ...wrong })
    `);
    const end = "Correct the program; nothing was sent to the cloud.";
    const inputs =
      "The inputs are eipMask, bandwidth, internetChargeType, isp, netmode, zone, resourceGroupId, regionId, tags, adopt.";
    expect(told.sort()).toEqual([
      `bandwidth is a function, which Pulumi does not pass on; set the value. ${end}`,
      `customTimeouts is not an input of EipSegment: it is a resource option, which goes into the third argument. ${inputs}`,
      `id is not an input of EipSegment: it is an output, which only the cloud sets; to adopt an existing segment, set adopt. ${inputs}`,
      expect.stringMatching(/^resourceGroupId is .*test:Group.*, but it must be a resource group id/),
      `tags is an object in which "owner" is undefined; set a string, or omit the key. ${end}`,
      `tags is an object in which "stage" is undefined; set a string, or omit the key. ${end}`,
      `tags is an object in which "team" is undefined; set a string, or omit the key. ${end}`,
      `tags is an object with the key "__proto__", which JavaScript reserves; use another key. ${end}`,
    ]);
  });

  it("of arguments that are missing altogether", async () => {
    expect(await refusals(`new EipSegment("segment")`)).toEqual([
      "eipMask is not set, but it must be a whole number from 24 (256 addresses) to 28 (16 addresses). Correct the program; nothing was sent to the cloud.",
    ]);
  });

  it("of what is known already, while one tag is not", async () => {
    const told = await refusals(`
      const first = new EipSegment("first", { eipMask: 28 });
      new EipSegment("segment", { eipMask: 28, tags: { block: first.cidrBlock, "acs:team": "edge" }, zone: [first.id] })
    `);
    expect(told).toEqual([
      expect.stringContaining(
        'tags is {"acs:team":"edge","block":"not known yet"}, but the key "acs:team" must not',
      ),
      expect.stringContaining('zone is ["not known yet"], but it must be a zone id'),
    ]);
  });
});

describe("an option that cannot work is refused in one sentence", () => {
  it.each([
    [
      `{ customTimeouts: { create: "10 minutes", update: "1d", delete: 600 } }`,
      [
        'customTimeouts.create is "10 minutes", but it must be a duration above zero such as "90s", "15m" or "1h30m"',
        'customTimeouts.update is "1d", but it must be a duration above zero such as "90s", "15m" or "1h30m"',
        'customTimeouts.delete is 600, but it must be a duration above zero such as "90s", "15m" or "1h30m"',
      ],
    ],
    [
      `{ import: "eipsg-1" }`,
      [
        `the option "import" cannot work for dynamic resources; set the input adopt to the segment's id instead`,
      ],
    ],
  ])("%s", async (options, problems) => {
    expect(await refusals(`new EipSegment("segment", { eipMask: 28 }, ${options})`)).toEqual([
      `EipSegment "segment": ${problems.join("; ")}. Correct the program; nothing was sent to the cloud.`,
    ]);
  });

  it("and one that has no effect is warned of", async () => {
    stack.writeProgram(
      declaring(`new EipSegment("segment", { eipMask: 28 }, { replaceOnChanges: ["tags"] })`),
    );
    expect(messagesOf(await stack.preview(), "warning")).toEqual([
      expect.stringContaining(
        'EipSegment "segment": the option "replaceOnChanges" has no effect on this resource.',
      ),
    ]);
  });
});

it("a misspelt setting of this package fails the preview with the nearest known key", async () => {
  await stack.setConfig("eipSegment:tokensalt", "second");
  const told = await refusals(`new EipSegment("segment", { eipMask: 28 })`);
  expect(told).toEqual([
    expect.stringContaining(
      "The configuration key eipSegment:tokensalt is not a setting of this package: did you mean eipSegment:tokenSalt? The settings are",
    ),
  ]);
  await stack.pulumi(["config", "rm", "eipSegment:tokensalt"]);
});
