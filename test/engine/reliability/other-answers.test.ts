import { createStack, segmentProgram, type Stack } from "../support";
import { outside } from "../support/outside";

/** Plausible alternatives of `simulator/questions` under which a stack lives on; those that stop it are in the matrix. */
const alternatives = [
  ["absent-segment", "error"],
  ["new-segment", "late"],
  ["segment-filter", "ignored"],
  ["eip-filter", "ignored"],
  ["eips-of-ready", "late"],
  ["ready-status", "upper-case"],
  ["total-count", "missing"],
  ["tag-eips", "refused"],
  ["token-after-release", "new-segment"],
  ["token-memory", "forever"],
] as const;

/** Two in an ordinary run; a life takes half a minute. */
const played = process.env.RELIABILITY_LONG === undefined ? alternatives.slice(0, 2) : alternatives;

let stack: Stack | undefined;

afterEach(async () => {
  await stack?.dispose();
  stack = undefined;
});

it.each(played)("a stack lives beside a stranger's segment where %s is %s", async (question, alternative) => {
  stack = await createStack({
    program: segmentProgram({ args: { eipMask: 28, bandwidth: 10 } }),
    simulator: { answers: { [question]: alternative }, quota: 1000, rateLimits: false },
  });
  const { simulator } = stack;
  await outside(simulator)("AllocateEipSegmentAddress", { EipMask: "28" });
  const strangers = JSON.stringify(simulator.segments());
  const [stranger] = simulator.segments().map(({ id }) => id);
  const own = () => simulator.segments().filter(({ id }) => id !== stranger);
  const bandwidths = () => new Set(own().flatMap(({ addresses }) => addresses.map((one) => one.bandwidth)));

  const { outputs } = await stack.up();
  expect(own().map(({ id }) => id)).toEqual([(outputs.segment as { id: string }).id]);
  expect((outputs.segment as { addresses: unknown[] }).addresses).toHaveLength(16);

  await stack.refresh();
  stack.writeProgram(segmentProgram({ args: { eipMask: 28, bandwidth: 20 } }));
  await stack.up();
  expect(bandwidths()).toEqual(new Set([20]));

  await stack.destroy();
  // With other settings the token of the released segment would be refused, and the stranger's segment could be what it made.
  stack.writeProgram(segmentProgram({ args: { eipMask: 28, bandwidth: 10 } }));
  await stack.up();
  expect(own()).toHaveLength(1);
  await stack.destroy();
  expect(JSON.stringify(simulator.segments())).toBe(strangers);
});
