import { createStack, segmentProgram } from "./support";

const hint = /created at a time, while the account's rate allows more: pulumi up --parallel \d+/;

/** What `pulumi up` of 40 segments prints of the hint, with room in the rate for all of them. */
async function hintsAt(parallel: number): Promise<string[]> {
  const names = Array.from({ length: 40 }, (_, index) => `segment-${index}`);
  const stack = await createStack({
    program: segmentProgram(...names.map((name) => ({ name, args: { eipMask: 28 } }))),
    config: { "eipSegment:allocatePerMinute": "1000" },
    simulator: { progression: { kind: "time", allocateMs: 2000, releaseMs: 0 } },
  });
  const { events } = await stack.up({ args: ["--parallel", String(parallel)] });
  const messages = events.flatMap(({ diagnosticEvent }) => diagnosticEvent?.message ?? []);
  return messages.filter((message) => hint.test(message));
}

it("the hint names --parallel once when the engine runs 4 of 40 creations at a time", async () => {
  expect(await hintsAt(4)).toEqual([expect.stringContaining("4 segments are created at a time")]);
});

it("the hint is not given when the engine runs all creations at a time", async () => {
  expect(await hintsAt(40)).toEqual([]);
});
