import { runCli } from "../../unit/cli/support/run-cli";
import { createStack, segmentProgram, type Stack } from "../support";

const program = (eipMask: number): string =>
  segmentProgram({ name: "egress", args: { eipMask, bandwidth: 10 } });

let stack: Stack;

async function orphans(): Promise<string> {
  const input = JSON.stringify(await stack.export());
  const { out, exitCode } = await runCli(["orphans"], { input, environment: stack.simulator.environment });
  expect(exitCode).toBe(0);
  return out;
}

describe("a run that was killed after it bought a segment, with the mask edited before the next one", () => {
  let segmentId: string;

  beforeAll(async () => {
    stack = await createStack({ program: program(28) });
    await stack.killAtCall("up", { action: "AllocateEipSegmentAddress", point: "after" });
    segmentId = stack.simulator.segments()[0]?.id ?? "";
    stack.writeProgram(program(27));
    await stack.up({ expectFailure: true });
  });

  it("loses a segment that orphans names, with the creation that made it", async () => {
    const out = await orphans();
    expect(out).toMatch(
      /^1 orphan in cn-hangzhou\. Live segments: 1\. Compared with the state of engine-test\/test\./,
    );
    expect(out).toContain(segmentId);
    expect(out).toMatch(
      /Most likely made by the pending creation of urn:pulumi:test::engine-test::\S+::egress/,
    );
  });

  it("gets it back by the declaration that orphans prints", async () => {
    const declaration = /^ {4}new EipSegment\([^]*?^ {4}\}\);$/m.exec(await orphans())?.[0] ?? "";
    expect(declaration).toContain(segmentId);
    stack.writeProgram(
      `const { EipSegment } = require("pulumi-alicloud-eip-segment");\nexports.id = (${declaration.replace(/;\s*$/, "")}).id;`,
    );
    expect((await stack.up()).outputs).toEqual({ id: segmentId });
    const out = await orphans();
    expect(out).toMatch(/^No orphans in cn-hangzhou\. Live segments: 1\./);
    expect(out).toContain(`was completed later as ${segmentId}`);
    expect(stack.simulator.segments().map(({ id }) => id)).toEqual([segmentId]);
  });
});
