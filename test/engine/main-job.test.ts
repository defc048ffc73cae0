import type { SegmentView } from "../../simulator";
import { changesOf, createStack, messagesOf, segmentProgram, type Stack } from "./support";

describe("one segment, from the first up to the destroy", () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await createStack({
      program: segmentProgram({ args: { eipMask: 28, bandwidth: 50, tags: { team: "edge" } } }),
      config: { "alicloud:region": "cn-hangzhou" },
    });
  });

  afterAll(async () => {
    await stack.dispose();
  });

  describe("up answers with every output", () => {
    let outputs: Record<string, unknown>;

    beforeAll(async () => {
      outputs = (await stack.up()).outputs.segment as Record<string, unknown>;
    });

    const rows: [output: string, expected: (live: SegmentView) => unknown][] = [
      ["id", ({ id }) => id],
      ["cidrBlock", ({ cidrBlock }) => cidrBlock],
      ["ipCount", ({ addresses }) => addresses.length],
      [
        "addresses",
        ({ addresses }) => addresses.map(({ allocationId, ipAddress }) => ({ allocationId, ipAddress })),
      ],
      ["status", ({ status }) => status],
      ["createTime", ({ createdAt }) => new Date(createdAt).toISOString().replace(/\.\d+Z$/, "Z")],
      ["zone", ({ zone }) => zone],
      ["regionId", ({ regionId }) => regionId],
      ["clientToken", () => expect.stringMatching(/^eipseg-[0-9a-f]{32}-g0$/) as unknown],
    ];

    it.each(rows)("%s", (output, expected) => {
      const [live, ...others] = stack.simulator.segments();
      expect(others).toEqual([]);
      expect(outputs[output]).toEqual(live && expected(live));
      expect(outputs[output]).toBeDefined();
    });
  });

  it("an unchanged up asks the cloud nothing and changes nothing", async () => {
    const asked = stack.simulator.log.length;
    expect(changesOf(await stack.up())).toEqual({ same: 2 });
    expect(stack.simulator.log.slice(asked)).toEqual([]);
  });

  it("a preview of another mask shows a replacement and asks the cloud nothing", async () => {
    const asked = stack.simulator.log.length;
    stack.writeProgram(segmentProgram({ args: { eipMask: 27, bandwidth: 50, tags: { team: "edge" } } }));
    const steps = await stack.previewSteps();
    const ofSegment = steps.filter(({ urn }) => urn.endsWith("::segment"));
    expect(ofSegment.map(({ op }) => op)).toEqual(["replace"]);
    expect(ofSegment[0]?.replaceReasons).toEqual(["eipMask"]);
    expect(stack.simulator.log.slice(asked)).toEqual([]);
  });

  it("a refresh of an untouched segment finds nothing to report", async () => {
    const before = await stack.resource("segment");
    const result = await stack.refresh();
    expect(changesOf(result)).toEqual({ same: 2 });
    expect(messagesOf(result)).toEqual([]);
    const after = await stack.resource("segment");
    expect({ inputs: after.inputs, outputs: after.outputs }).toEqual({
      inputs: before.inputs,
      outputs: before.outputs,
    });
  });

  it("destroy releases the segment and leaves nothing", async () => {
    await stack.destroy();
    expect(stack.simulator.segments()).toEqual([]);
    expect(stack.simulator.addresses()).toEqual([]);
    expect((await stack.export()).deployment.resources ?? []).toEqual([]);
  });
});
