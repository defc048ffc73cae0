import { wire } from "./support/provider-process";
import { rewriteNoMore, rewriteRows } from "./support/rewritten-answers";
import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

/** A cloud that allocates a segment of another size than requested. */

const context = useWorld();

const idOf = (): string => context.world.engine.entry("x")?.id ?? "";

const sendOnly = wire.send.bind(wire);

/** Allocates a block of 32 addresses, whatever is requested. */
function allocateLarger(): void {
  jest
    .spyOn(wire, "send")
    .mockImplementation((request, credentials) =>
      sendOnly(
        request.action === "AllocateEipSegmentAddress"
          ? { ...request, parameters: { ...request.parameters, EipMask: 27 } }
          : request,
        credentials,
      ),
    );
}

afterEach(() => {
  rewriteNoMore();
  jest.restoreAllMocks();
});

const stop = (block: string) =>
  expect.stringMatching(
    new RegExp(
      `^Segment ${idOf()} has 32 addresses \\(${block}\\), but eipMask 28 requests 16\\. ` +
        "It is in the state, and each of its addresses is billed\\. Run `pulumi destroy --target 'urn:.*::x'` to release it\\.$",
    ),
  ) as unknown;

/** Runs twice, with the same end, and releases what was allocated. */
async function expectStop(block: string): Promise<void> {
  const { world } = context;
  for (let time = 0; time < 2; time++) {
    const { errors, tookMs } = await world.up([segment()]);
    expect(errors).toEqual([stop(block)]);
    expect(tookMs).toBeLessThan(60_000);
    expect(world.live()).toEqual([idOf()]);
  }
  await world.refresh();
  expect((await world.up([segment()])).errors).toEqual([stop(block)]);
  expect((await world.destroy()).errors).toEqual([]);
  expect(world.live()).toEqual([]);
}

it("stops the run, by the block", async () => {
  allocateLarger();
  await expectStop(".*/27");
});

it("stops the run, where only the number of EIPs shows it", async () => {
  allocateLarger();
  context.world.cloud.configure({ answers: { "segment-fields": "no-block" } });
  await expectStop("no block is listed");
});

it("stops the run at once, where fewer EIPs are listed than the block has", async () => {
  rewriteRows("DescribeEipSegment", (row) => ({
    ...row,
    Segment: String(row.Segment).replace(/28$/, "27"),
  }));
  await expectStop(".*/27");
});

it("does not stop an update of a segment that an earlier version finished so", async () => {
  const { world } = context;
  allocateLarger();
  await world.upWell([segment("x", { eipMask: 27 })]);
  const { outputs } = world.engine.entry("x") ?? {};
  const inputs = { ...(outputs?.__inputs as object), eipMask: 28 };
  Object.assign(outputs ?? {}, { eipMask: 28, __inputs: inputs });
  await world.upWell([segment("x", { bandwidth: 50 })]);
  expect(world.segments()[0]?.addresses[0]).toMatchObject({ bandwidth: 50 });
});
