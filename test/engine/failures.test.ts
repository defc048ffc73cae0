import { changesOf, createStack, messagesOf, segmentProgram, type Stack } from "./support";

jest.setTimeout(240_000);

const accounts = [
  {
    accountId: "1234567890123456",
    accessKeyId: "simulator-access-key-id",
    accessKeySecret: "simulator-access-key-secret",
  },
  {
    accountId: "6543210987654321",
    accessKeyId: "other-access-key-id",
    accessKeySecret: "other-access-key-secret",
  },
];

const programOf = (bandwidth: number): string =>
  segmentProgram(
    { name: "here", args: { eipMask: 28, bandwidth } },
    { name: "there", args: { eipMask: 28, regionId: "cn-shanghai" } },
  );

let stack: Stack;

const liveIn = (regionId: string) =>
  stack.simulator.segments().find((segment) => segment.regionId === regionId);

function useAccount(index: 0 | 1): void {
  const { accessKeyId = "", accessKeySecret = "" } = accounts[index] ?? {};
  Object.assign(stack.workspace.environment, {
    ALICLOUD_ACCESS_KEY: accessKeyId,
    ALICLOUD_SECRET_KEY: accessKeySecret,
  });
}

beforeAll(async () => {
  stack = await createStack({
    program: programOf(10),
    simulator: { accounts, rateLimits: false, quota: 1000 },
    config: { "alicloud:region": "cn-hangzhou" },
  });
  await stack.up();
});

afterAll(async () => {
  await stack.dispose();
});

it("segments of one program lie in several regions", () => {
  expect(stack.simulator.segments().map(({ regionId }) => regionId)).toEqual(
    expect.arrayContaining(["cn-hangzhou", "cn-shanghai"]),
  );
});

describe("an update that fails half-way", () => {
  it("says what failed and how to go on, and marks the segment as unfinished with all it had", async () => {
    const last = liveIn("cn-hangzhou")?.addresses.at(-1)?.allocationId ?? "";
    stack.simulator.addFault({
      kind: "error",
      code: "InsufficientBalance.Eip",
      action: "ModifyEipAddressAttribute",
      match: { AllocationId: last },
    });
    stack.writeProgram(programOf(20));
    const result = await stack.up({ expectFailure: true });
    expect(messagesOf(result, "error")).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `\\* Changing the bandwidth of the EIP failed \\(${last}\\): the account does not have enough balance\\. Top the account up, then run the command again\\. \\[InsufficientBalance\\.Eip, RequestId [0-9A-F-]{36}\\] Segment eipsg-[a-z0-9]+ is in the state\\. Run \`pulumi up\` to continue, or \`pulumi destroy\` to release it\\.$`,
        ),
      ),
    );
    expect(result.stdout + result.stderr).not.toMatch(/^\s+at .*:\d+/m);
    const { initErrors, outputs } = await stack.resource("here");
    expect(initErrors).toHaveLength(1);
    expect(outputs).toMatchObject({ cidrBlock: liveIn("cn-hangzhou")?.cidrBlock, ipCount: 16 });
  });

  it("is finished by the next up", async () => {
    await stack.up();
    expect(liveIn("cn-hangzhou")?.addresses.map(({ bandwidth }) => bandwidth)).toEqual(Array(16).fill(20));
    expect((await stack.resource("here")).initErrors).toBeUndefined();
  });
});

describe("a segment out of sight is never gone", () => {
  it.each(["refresh", "destroy"] as const)(
    "%s with another account's credentials names both accounts",
    async (command) => {
      useAccount(1);
      const result = await stack[command]({ expectFailure: true });
      useAccount(0);
      expect(messagesOf(result).join("\n")).toMatch(
        /Segment eipsg-\w+ belongs to account 1234567890123456, but the credentials are those of account 6543210987654321, which cannot see it\. Use credentials of the segment's account\./,
      );
      expect(result.stdout + result.stderr).not.toMatch(/^\s+at .*:\d+/m);
      expect((await stack.resource("here")).id).toBe(liveIn("cn-hangzhou")?.id);
    },
  );

  it("refresh fails where the region is not found", async () => {
    stack.simulator.addFault({
      kind: "error",
      code: "InvalidRegionId.NotFound",
      action: "DescribeEipSegment",
      match: { RegionId: "cn-shanghai" },
      times: 100,
    });
    const result = await stack.refresh({ expectFailure: true });
    stack.simulator.clearFaults();
    expect(messagesOf(result).join("\n")).toContain("the segment may still exist");
    expect((await stack.resource("there")).id).toBe(liveIn("cn-shanghai")?.id);
  });
});

it("a changed default region moves no segment, and says so", async () => {
  await stack.setConfig("alicloud:region", "cn-beijing");
  const result = await stack.up();
  expect(changesOf(result)).toEqual({ same: 3 });
  expect(messagesOf(result).join("\n")).toContain(
    'The default region is cn-beijing; existing segments stay in cn-hangzhou. Set regionId: "cn-beijing" to replace them.',
  );
});

it("destroy finds every segment in its own region", async () => {
  await stack.destroy();
  expect(stack.simulator.segments()).toEqual([]);
});
