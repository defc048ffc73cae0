import { wire } from "./support/provider-process";
import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

const context = useWorld();

const sendOnly = wire.send.bind(wire);

afterEach(() => {
  jest.restoreAllMocks();
});

/** For some seconds the cloud lists neither segments nor EIPs. */
async function upAndThenNothing(ms: number): Promise<void> {
  const { world } = context;
  await world.upWell([segment()]);
  const until = world.clock.now() + ms;
  const body = { TotalCount: 0, EipSegments: { EipSegment: [] }, EipAddresses: { EipAddress: [] } };
  jest
    .spyOn(wire, "send")
    .mockImplementation((request, credentials) =>
      request.action.startsWith("Describe") && world.clock.now() < until
        ? Promise.resolve({ kind: "success", body })
        : sendOnly(request, credentials),
    );
}

describe("a moment in which nothing is listed", () => {
  it("does not make a refresh drop the record", async () => {
    const { world } = context;
    await upAndThenNothing(3000);
    await world.refresh();
    expect(world.engine.entry("x")?.id).toBe(world.live()[0]);
  });

  it("does not make a destroy leave the segment", async () => {
    const { world } = context;
    await upAndThenNothing(3000);
    expect((await world.destroy()).ok).toBe(true);
    expect(world.live()).toEqual([]);
  });
});
