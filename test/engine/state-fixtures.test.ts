import { changesOf, createStack, segmentProgram, type Stack } from "./support";
import { buy, keepState, keptSegments, loadState } from "./support/state-fixture";

jest.setTimeout(240_000);

/** Shapes of the state that were ever written, oldest first, by their folders in test/fixtures/state. */
const shapes = {
  "v1-without-creation": "before each creation had a mark of its own",
  v1: "with that mark; fields added later are optional",
};
/** The shape that today's code writes; KEEP_STATE_AS names another one, for a build of an earlier commit. */
const current = process.env.KEEP_STATE_AS ?? "v1";

const programOf = (more: Record<string, Record<string, unknown>> = {}): string =>
  segmentProgram(
    ...Object.entries(keptSegments).map(([name, args]) => ({ name, args: { ...args, ...more[name] } })),
  );

const open = (): Promise<Stack> =>
  createStack({
    program: programOf(),
    config: { "alicloud:region": "cn-hangzhou", "eipSegment:allocatePerMinute": "1000" },
  });

if (process.env.KEEP_STATE === "1") {
  it(`keeps a state of the shape ${current}`, async () => {
    const stack = await open();
    const adopt = await buy(stack, "adopted");
    stack.writeProgram(programOf({ adopted: { adopt }, unfinished: { bandwidth: 5 } }));
    await stack.up();
    const unfinished = stack.simulator.segments().find(({ addresses }) => addresses[0]?.bandwidth === 5);
    expect(unfinished).toBeDefined();
    stack.simulator.addFault({
      kind: "error",
      code: "InsufficientBalance.Eip",
      action: "ModifyEipAddressAttribute",
    });
    stack.writeProgram(programOf({ adopted: { adopt } }));
    await stack.up({ expectFailure: true });
    keepState(current, await stack.export());
  });
}

describe.each(Object.entries(shapes))("a state of the shape %s (%s)", (shape) => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await open();
    await stack.import(await loadState(shape, stack));
  });

  afterAll(async () => {
    await stack.dispose();
  });

  it("loads, and shows nothing to do but what was left unfinished", async () => {
    const asked = stack.simulator.log.length;
    const steps = await stack.previewSteps({ args: ["--show-sames"] });
    expect(Object.fromEntries(steps.map(({ op, urn }) => [urn.split("::").at(-1), op]))).toMatchObject({
      plain: "same",
      everything: "same",
      adopted: "same",
      unfinished: "update",
    });
    expect(stack.simulator.log.slice(asked)).toEqual([]);
  });

  it("is finished and updated", async () => {
    stack.writeProgram(programOf({ plain: { bandwidth: 30 }, everything: { tags: { team: "core" } } }));
    expect(changesOf(await stack.up())).toEqual({ same: 2, update: 3 });
    expect(changesOf(await stack.up())).toEqual({ same: 5 });
  });

  it("is refreshed without a change, and destroyed", async () => {
    const { stdout } = await stack.refresh();
    expect(stdout).toContain("5 unchanged");
    await stack.destroy();
    expect(stack.simulator.segments()).toEqual([]);
  });
});
