import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

const mine = { accountId: "1000000000000001", accessKeyId: "mine", accessKeySecret: "mine-secret" };
const other = { accountId: "2000000000000002", accessKeyId: "other", accessKeySecret: "other-secret" };
const otherKeys = { "alicloud:accessKey": "other", "alicloud:secretKey": "other-secret" };

const context = useWorld({ accounts: [mine, other] });

const bothAccounts = new RegExp(`belongs to account ${mine.accountId}.*account ${other.accountId}`);

describe("with the credentials of another account", () => {
  it.each([
    ["refresh", () => context.world.refresh({ config: otherKeys })],
    ["destroy", () => context.world.destroy({ config: otherKeys })],
    ["an update", () => context.world.up([segment("x", { bandwidth: 9 })], { config: otherKeys })],
    ["a removal", () => context.world.up([], { config: otherKeys })],
  ])("%s fails, names both accounts, and forgets nothing", async (_command, run) => {
    const { world } = context;
    await world.upWell([segment()]);
    const [id] = world.live();
    expect((await run()).errors).toEqual([expect.stringMatching(bothAccounts)]);
    expect(world.live()).toEqual([id]);
    expect(world.engine.entry("x")).toMatchObject({ id, outputs: { __accountId: mine.accountId } });
    await world.refresh();
    await world.upWell([segment("x", { bandwidth: 9 })]);
    expect(world.live()).toEqual([id]);
  });

  it("a replacement releases nothing of the first account", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const [id] = world.live();
    const { errors } = await world.up([segment("x", { eipMask: 27 })], { config: otherKeys });
    expect(errors).toEqual([expect.stringMatching(bothAccounts)]);
    expect(world.live()).toContain(id);
    expect(world.engine.entries).toContainEqual(expect.objectContaining({ id, waits: true }));
  });
});

describe("a segment that is not listed", () => {
  it("counts as gone without a word where the account is the segment's", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    world.cloud.vanish(world.live()[0] ?? "");
    const { ok, lines } = await world.destroy();
    expect([ok, lines, world.engine.entries]).toEqual([true, [], []]);
  });

  it("counts as gone with a warning where the account cannot be told", async () => {
    const { world } = context;
    world.refuse("GetCallerIdentity");
    await world.upWell([segment()]);
    expect(world.engine.entry("x")?.outputs).not.toHaveProperty("__accountId");
    world.cloud.vanish(world.live()[0] ?? "");
    const { lines } = await world.refresh();
    expect(lines).toEqual([expect.stringContaining("the account could not be compared")]);
    expect(world.engine.entries).toEqual([]);
  });

  it.each([
    ["Forbidden.RegionNotFound", 404],
    ["InvalidRegionId.NotFound", 404],
    ["InvalidApi.NotFound", 404],
  ])("is not concluded from %s", async (code, status) => {
    const { world } = context;
    await world.upWell([segment()]);
    world.cloud.addFault({ kind: "error", code, status, action: "DescribeEipSegment", probability: 1 });
    expect((await world.refresh()).ok).toBe(false);
    expect((await world.destroy()).ok).toBe(false);
    expect(world.engine.entries).toHaveLength(1);
  });

  it("is looked for in the region of the state, whatever the configuration says today", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    await world.refresh({ config: { "alicloud:region": "cn-beijing" } });
    expect(world.engine.entry("x")?.id).toBe(world.live()[0]);
    await world.destroy({ config: { "alicloud:region": "cn-beijing" } });
    expect(world.live()).toEqual([]);
  });
});
