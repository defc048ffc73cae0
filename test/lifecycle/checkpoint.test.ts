import { checkpointOf, eipSegmentType } from "../../provider/resource/checkpoint";
import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

const context = useWorld();

const urn = `urn:pulumi:test::model::${eipSegmentType}::x`;
const outputs = {
  __segmentId: "eipsg-1",
  __ownerToken: "token",
  __creation: "mark",
  regionId: "cn-hangzhou",
};

describe("the stack's own checkpoint", () => {
  it("names every segment that the stack holds, and leaves out other resources", () => {
    const answer = {
      name: "test",
      outputs: {
        [urn]: { type: eipSegmentType, outputs },
        other: { type: "random:index/randomId:RandomId", outputs: { id: "eipsg-2" } },
      },
    };
    expect(checkpointOf(answer)).toEqual({
      readable: true,
      held: [{ urn, segmentId: "eipsg-1", clientToken: "token", creation: "mark", regionId: "cn-hangzhou" }],
    });
  });

  it("is readable and empty on a new stack", () => {
    expect(checkpointOf({ name: "test", outputs: {} })).toEqual({ readable: true, held: [] });
  });

  it.each([
    ["nothing", undefined],
    ["an answer without outputs", { name: "test" }],
    ["outputs that are a list", { outputs: [] }],
    ["outputs one level too high", { outputs: { [urn]: outputs } }],
    ["a resource that is no object", { outputs: { [urn]: "text" } }],
    ["a segment without outputs", { outputs: { [urn]: { type: eipSegmentType } } }],
    ["a segment without its id", { outputs: { [urn]: { type: eipSegmentType, outputs: {} } } }],
  ])("is unreadable when the engine answers %s", (_what, answer) => {
    expect(checkpointOf(answer)).toEqual({ readable: false, held: [] });
  });

  it("is not stored: an unchanged program stays unchanged whatever the stack holds", async () => {
    const { world } = context;
    await world.upWell([segment("x")]);
    expect(world.engine.entry("x")?.inputs).not.toHaveProperty("__origin");
    await world.upWell([segment("x"), segment("y")]);
    const calls = world.cloud.log.length;
    await world.upWell([segment("x"), segment("y")]);
    expect(world.cloud.log).toHaveLength(calls);
  });
});
