import { createStack, messagesOf, segmentProgram, type CommandResult, type Stack } from "./support";

const config = { "alicloud:region": "cn-hangzhou" };

/** One sentence or a few, on one line: no stack frame, no file of this package, no inspected object. */
const STACK_TRACE = /^\s+at |\.js:\d+|\.ts:\d+|\[object|node_modules/m;

/** What the engine prints at the segment, without its own introduction. */
const errorsOf = (result: CommandResult): string[] =>
  messagesOf(result, "error").filter((message) => !/^(update|preview) failed$/.test(message));

async function failedUp(stack: Stack): Promise<string[]> {
  const result = await stack.up({ expectFailure: true });
  expect(result.stdout + result.stderr).not.toMatch(STACK_TRACE);
  expect(stack.simulator.segments()).toEqual([]);
  return errorsOf(result);
}

describe("a preview of a program with bad inputs", () => {
  const rows: [kind: string, reason: string][] = [
    [
      "a wrong type",
      "eipMask is true, but it must be a whole number from 24 (256 addresses) to 28 (16 addresses). Correct the program; nothing was sent to the cloud.",
    ],
    [
      "a value out of range",
      "bandwidth is 900, but it must be a whole number of Mbit/s from 1 to 500 (to 200 with PayByTraffic). Correct the program; nothing was sent to the cloud.",
    ],
    [
      "a value that does not go with the region",
      'zone is "cn-beijing-a", but it is not a zone of cn-hangzhou; use a zone such as cn-hangzhou-a, or another regionId. Correct the program; nothing was sent to the cloud.',
    ],
    [
      "an unknown property",
      "internetChargetype is not an input of EipSegment: did you mean internetChargeType? The inputs are eipMask, bandwidth, internetChargeType, isp, netmode, zone, resourceGroupId, regionId, tags, adopt.",
    ],
  ];
  let stack: Stack;
  let result: CommandResult;

  beforeAll(async () => {
    stack = await createStack({
      program: segmentProgram({
        args: { eipMask: true, bandwidth: 900, internetChargetype: "PayByTraffic", zone: "cn-beijing-a" },
      }),
      config,
    });
    result = await stack.preview({ expectFailure: true });
  });

  it.each(rows)("says of %s, in one sentence, what is wrong and what to do", (_, reason) => {
    const reasons = errorsOf(result).map((message) => message.replace(/^.* has a problem: /, ""));
    expect(reasons).toContain(reason);
    expect(reasons).toHaveLength(rows.length);
  });

  it("prints no stack trace, and asks the cloud nothing", () => {
    expect(result.stdout + result.stderr).not.toMatch(STACK_TRACE);
    expect(stack.simulator.log).toEqual([]);
  });
});

it("missing credentials fail the up with the ways to set them, and the preview needs none", async () => {
  const stack = await createStack({
    program: segmentProgram({ args: { eipMask: 28 } }),
    config,
    env: { ALICLOUD_ACCESS_KEY: "", ALICLOUD_SECRET_KEY: "", ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" },
  });
  await stack.preview();
  expect(await failedUp(stack)).toEqual([
    "No Alibaba Cloud credentials were found: set alicloud:accessKey and alicloud:secretKey (with --secret), or ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY, or alicloud:profile for a profile of ~/.aliyun/config.json, or alicloud:ecsRoleName, alicloud:assumeRoleWithOidc or alicloud:credentialsUri.",
  ]);
  expect(stack.simulator.log).toEqual([]);
});

it("an unreachable endpoint fails the up with its host and the setting that changes it", async () => {
  const stack = await createStack({
    program: segmentProgram({ args: { eipMask: 28 } }),
    config,
    env: { ALIBABA_CLOUD_ENDPOINT_VPC: "http://127.0.0.1:9" },
  });
  expect(await failedUp(stack)).toEqual([
    expect.stringMatching(
      /^Reading EIP segments got no usable response from 127\.0\.0\.1:9 in \d+ tries over \d+ s \(cn-hangzhou\): the connection was refused\. Check the region and the endpoint \(alicloud:endpoints or ALIBABA_CLOUD_ENDPOINT_VPC\), then run the command again\.$/,
    ),
  ]);
});
