import { createStack, messagesOf, segmentProgram, type Stack } from "./support";

jest.setTimeout(240_000);

const config = { "alicloud:region": "cn-hangzhou" };

describe("a replacement that the quota does not cover", () => {
  const advice =
    "To release the old segment first, and lose its addresses before the new ones are known, set";
  let stack: Stack;

  beforeAll(async () => {
    const program = segmentProgram({ args: { eipMask: 28 } });
    stack = await createStack({ program, config, simulator: { quota: 20 } });
    await stack.up();
  });

  afterAll(async () => {
    await stack.dispose();
  });

  it.each([
    ["is told of deleteBeforeReplace", { eipMask: 28, isp: "ChinaTelecom" }, true],
    ["is told how many EIPs a larger segment needs instead", { eipMask: 27 }, false],
  ])("%s", async (_, args, advised) => {
    stack.writeProgram(segmentProgram({ args }));
    const told = messagesOf(await stack.up({ expectFailure: true }), "error").join("\n");
    expect(told).toContain("the account's EIP quota does not cover a segment of this size");
    expect(told.includes(advice)).toBe(advised);
    expect(told.includes("The new segment needs 32 EIPs beside those of")).toBe(!advised);
  });

  it("is told of neither, when the old segment is released first", async () => {
    stack.writeProgram(segmentProgram({ args: { eipMask: 27 }, options: "{ deleteBeforeReplace: true }" }));
    const told = messagesOf(await stack.up({ expectFailure: true }), "error").join("\n");
    expect(told).toContain("the account's EIP quota does not cover a segment of this size");
    expect(told).not.toMatch(/deleteBeforeReplace|The new segment needs/);
  });
});
