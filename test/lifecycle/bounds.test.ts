import { useWorld } from "./support/use-world";
import type { World } from "./support/world";
import { segment } from "./support/world";
import { EngineModel } from "./engine-model";

const context = useWorld();

const allocations = () =>
  context.world.cloud.log.filter(({ action }) => action === "AllocateEipSegmentAddress");

describe("a request that the cloud refuses", () => {
  it("is stopped after 16 generations that answer with what is gone, with the salt as the way on", async () => {
    const { world } = context;
    world.config["eipSegment:replayGraceSeconds"] = "0";
    for (let generation = 0; generation < 16; generation++) {
      await world.upWell([segment()]);
      await world.destroy();
    }
    const { errors, lines } = await world.up([segment()]);
    expect(errors).toEqual([expect.stringContaining("for 16 requests in a row")]);
    expect(errors[0]).toContain("eipSegment:tokenSalt");
    // The machine released them all itself, so none is waited for.
    expect(lines).toEqual([]);
    await world.upWell([segment()], { config: { "eipSegment:tokenSalt": "run-17" } });
    expect(world.live()).toHaveLength(1);
  });

  it("for good, says that the salt helps should the refusal itself be remembered", async () => {
    const { world } = context;
    world.cloud.addFault({
      kind: "error",
      code: "OperationFailed.InsufficientEIP",
      action: "AllocateEipSegmentAddress",
    });
    const { errors } = await world.up([segment()]);
    expect(errors).toEqual([
      expect.stringContaining("the error stays the same, run `pulumi config set eipSegment:tokenSalt"),
    ]);
    await world.upWell([segment()]);
  });

  it("for its credentials, does not speak of the salt", async () => {
    const { world } = context;
    world.cloud.addFault({ kind: "error", code: "Forbidden.RAM", action: "AllocateEipSegmentAddress" });
    const { errors } = await world.up([segment()]);
    expect(errors).toEqual([expect.not.stringContaining("tokenSalt")]);
  });

  it("because of too many purchases, is repeated with the same token until the block is lifted", async () => {
    const { world } = context;
    world.cloud.addFault({
      kind: "error",
      code: "FrequentPurchase.EIP",
      action: "AllocateEipSegmentAddress",
      times: 5,
    });
    const { lines } = await world.upWell([segment()]);
    expect(new Set(allocations().map(({ parameters }) => parameters.ClientToken)).size).toBe(1);
    expect(lines).toEqual([expect.stringContaining("is repeated until")]);
  });

  it("because of too many purchases, is given up when the time is over", async () => {
    const { world } = context;
    world.cloud.addFault({
      kind: "error",
      code: "FrequentPurchase.EIP",
      action: "AllocateEipSegmentAddress",
      probability: 1,
    });
    const before = world.clock.now();
    const { errors } = await world.up([segment()]);
    expect(errors).toEqual([expect.stringContaining("FrequentPurchase.EIP")]);
    expect(world.clock.now() - before).toBeLessThan(601_000);
  });

  it("because a service behind it failed, is repeated once", async () => {
    const { world } = context;
    world.cloud.addFault({
      kind: "error",
      code: "ReserveIpFail",
      action: "AllocateEipSegmentAddress",
      probability: 1,
    });
    const { errors } = await world.up([segment()]);
    expect(errors).toEqual([expect.stringContaining("ReserveIpFail")]);
    expect(allocations()).toHaveLength(2);
  });
});

describe("two stacks of equal names on two backends and one account", () => {
  const backends = (world: World): [EngineModel, EngineModel] => [world.engine, new EngineModel()];

  it("are kept from each other's finished segments by the ownership tag", async () => {
    const { world } = context;
    const [first, second] = backends(world);
    await world.upWell([segment()]);
    world.clock.advance(3_600_000);
    world.engine = second;
    const { errors } = await world.up([segment()]);
    expect(errors).toEqual([expect.stringContaining("an earlier run finished it more than an hour ago")]);
    expect(second.entries).toEqual([]);
    expect(world.live()).toEqual([first.entry("x")?.id]);
  });

  it("are kept from each other's segments at once by their use", async () => {
    const { world } = context;
    const [, second] = backends(world);
    await world.upWell([segment()]);
    await world.use(world.live()[0] ?? "");
    world.engine = second;
    expect((await world.up([segment()])).errors).toEqual([expect.stringContaining("are in use")]);
  });

  it("do not even ask for the same segment when one of them has a salt", async () => {
    const { world } = context;
    const [first, second] = backends(world);
    await world.upWell([segment()]);
    world.engine = second;
    await world.upWell([segment()], { config: { "eipSegment:tokenSalt": "second" } });
    expect(world.live().sort()).toEqual([first.entry("x")?.id, second.entry("x")?.id].sort());
    await world.destroy();
    expect(world.live()).toEqual([first.entry("x")?.id]);
  });
});

describe("the ownership tag", () => {
  it("is a warning, once, where the credentials may not tag", async () => {
    const { world } = context;
    world.refuse("TagResources");
    const { lines } = await world.upWell([segment("x"), segment("y")]);
    expect(lines).toEqual([expect.stringContaining("The ownership tag could not be set")]);
  });

  it("is left out where the configuration says so", async () => {
    const { world } = context;
    await world.upWell([segment()], { config: { "eipSegment:ownershipTag": "false" } });
    expect(world.segments()[0]?.addresses[0]?.tags).toEqual({});
  });

  it("names the token of the resource that adopts a segment", async () => {
    const { world } = context;
    await world.upWell([segment("x")]);
    const [id = ""] = world.live();
    await world.upWell([segment("y", { adopt: id })]);
    const { __ownerToken, clientToken } = world.engine.entry("y")?.outputs ?? {};
    expect(clientToken).toBe("");
    expect(world.segments()[0]?.addresses[0]?.tags).toEqual({ "pulumi-eip-segment": __ownerToken });
  });
});
