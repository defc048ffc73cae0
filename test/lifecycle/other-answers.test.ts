import { rewrite, rewriteNoMore, rewriteRows } from "./support/rewritten-answers";
import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

const context = useWorld();

const idOf = (name = "x"): string => context.world.engine.entry(name)?.id ?? "";

const allocations = () =>
  context.world.cloud.log.filter(({ action }) => action === "AllocateEipSegmentAddress");

afterEach(rewriteNoMore);

/** A run that is killed right after the cloud has allocated a segment. */
async function killedRun(args: Record<string, unknown> = {}, call = 1): Promise<string> {
  const { world } = context;
  const before = world.live();
  await world.up([segment("x", args)], {
    kill: { action: "AllocateEipSegmentAddress", call, moment: "after" },
  });
  return world.live().find((id) => !before.includes(id)) ?? "";
}

describe("a segment that the cloud gives up while it is Allocating", () => {
  async function givenUp(): Promise<string> {
    const { world } = context;
    world.cloud.setProgression({ kind: "time", allocateMs: 60_000, releaseMs: 0 });
    world.after("AllocateEipSegmentAddress", () => {
      world.after("DescribeEipSegment", () => {
        world.cloud.vanish(world.cloud.segments()[0]?.id ?? "");
      });
    });
    const { errors } = await world.up([segment()]);
    expect(errors).toEqual([expect.stringMatching(/Run `pulumi up` again to allocate another one\.$/)]);
    return idOf();
  }

  it("is replaced by the next up, without a refresh", async () => {
    const { world } = context;
    const lost = await givenUp();
    await world.upWell([segment()]);
    expect(idOf()).not.toBe(lost);
    expect(world.live()).toEqual([idOf()]);
    expect(world.engine.entries).toHaveLength(1);
  });

  it("is taken back by a destroy", async () => {
    const { world } = context;
    await givenUp();
    expect((await world.destroy()).ok).toBe(true);
    expect(world.engine.entries).toEqual([]);
  });
});

describe("a killed run of an unchanged program, under a token that an earlier life of the resource used otherwise", () => {
  it("is recovered, because a segment with the declared settings cannot come from the earlier request", async () => {
    const { world } = context;
    await world.upWell([segment("x", { bandwidth: 50 })]);
    await world.upWell([segment("x", { bandwidth: 80 })]);
    await world.destroy();
    const left = await killedRun({ bandwidth: 80 }, 2);
    await world.upWell([segment("x", { bandwidth: 80 })]);
    expect(world.live()).toEqual([left]);
    expect(idOf()).toBe(left);
  });
});

describe("a segment of a killed run whose token the cloud has forgotten", () => {
  it("is named once by the run that allocates another one", async () => {
    const { world } = context;
    const left = await killedRun();
    world.cloud.configure({ answers: { "token-memory": "none" } });
    const { lines } = await world.upWell([segment()]);
    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Segments without an owner exist that match this declaration .*${left} .*eip-segment orphans`,
        ),
      ),
    ]);
  });

  it("is named by the very run that got no response", async () => {
    const { world } = context;
    world.cloud.configure({ answers: { "token-memory": "none" } });
    let isLost = true;
    rewrite((request, answer) => {
      if (request.action !== "AllocateEipSegmentAddress" || !isLost) return answer;
      isLost = false;
      return { kind: "transportFailure", reason: "", isLasting: false, wasSent: true };
    });
    const { lines } = await world.upWell([segment("x"), segment("y")]);
    const left = world.live().filter((id) => ![idOf("x"), idOf("y")].includes(id));
    expect(left).toHaveLength(1);
    expect(lines).toEqual([expect.stringMatching(`^Segments without an owner .*: ${left.join()} \\(`)]);
  });

  it.each([
    ["InternalError", 500],
    ["OrderFailed", 400],
    ["Order.Pending", 400],
  ])("can be found after %s (%i) in place of a response", async (code, status) => {
    rewrite((request, answer) =>
      request.action === "AllocateEipSegmentAddress" && answer.kind === "success"
        ? { kind: "refusal", code, message: "", status }
        : answer,
    );
    const { errors } = await context.world.up([segment()]);
    expect(errors).toEqual([
      expect.stringContaining("run `pulumi stack export | npx --no eip-segment orphans -` to find it"),
    ]);
  });

  it("is not named where its settings differ or somebody uses it", async () => {
    const { world } = context;
    await killedRun({ isp: "ChinaTelecom" });
    const stranger = await world.stranger();
    world.clock.advance(10_000);
    await world.use(stranger);
    world.cloud.configure({ answers: { "token-memory": "none" } });
    expect((await world.upWell([segment()])).lines).toEqual([]);
  });
});

describe("segments of others in the region", () => {
  it("cost a creation no request once they are older than a day", async () => {
    const { world } = context;
    const stranger = await world.stranger();
    world.clock.advance(25 * 3_600_000);
    await world.upWell([segment()]);
    expect(world.cloud.log.filter(({ parameters }) => parameters.SegmentInstanceId === stranger)).toEqual([]);
  });
});

describe("a token whose earlier request failed", () => {
  const failOnce = (code: string, message?: string): void => {
    context.world.cloud.addFault({
      ...{ kind: "error", code, action: "AllocateEipSegmentAddress" },
      ...(message === undefined ? {} : { message }),
    });
  };

  it("is followed by the next generation where nothing unclaimed is there", async () => {
    const { world } = context;
    failOnce("IdempotentFailed");
    await world.upWell([segment()]);
    const tokens = allocations().map(({ parameters }) => parameters.ClientToken);
    expect(tokens).toEqual([expect.stringMatching(/-g0$/), expect.stringMatching(/-g1$/)]);
    expect(world.live()).toEqual([idOf()]);
  });

  it("stops the run where an unclaimed segment may come from it", async () => {
    const { world } = context;
    const left = await killedRun();
    failOnce("IdempotentFailed");
    const { errors } = await world.up([segment()]);
    expect(errors).toEqual([
      expect.stringMatching(new RegExp(`An earlier request for this resource failed, .*${left}`)),
    ]);
    expect(world.live()).toEqual([left]);
  });

  it("costs at most three requests where the cloud says so of every token", async () => {
    const { world } = context;
    world.refuse("AllocateEipSegmentAddress", "IdempotentFailed");
    const { errors } = await world.up([segment()]);
    expect(errors).toEqual([expect.stringContaining("IdempotentFailed")]);
    expect(allocations()).toHaveLength(3);
  });

  it("is repeated as it is while the earlier request is under way", async () => {
    const { world } = context;
    failOnce("IdempotentProcessing");
    await world.upWell([segment()]);
    expect(new Set(allocations().map(({ parameters }) => parameters.ClientToken)).size).toBe(1);
  });
});

describe("a quota that counts the EIPs of a released segment for a while", () => {
  it("is waited for in the run that released the segment", async () => {
    const { world } = context;
    const program = (isp: string) => [segment("x", { isp }, { deleteBeforeReplace: true })];
    await world.upWell(program("BGP"));
    world.cloud.addFault({
      ...{ kind: "error", code: "QuotaExceeded.Eip", action: "AllocateEipSegmentAddress", times: 2 },
    });
    await world.upWell(program("ChinaTelecom"));
    expect(world.live()).toEqual([idOf()]);
  });
});

describe("absence that the cloud tells by an error", () => {
  it("is absence for refresh and destroy", async () => {
    const { world } = context;
    await world.upWell([segment("x"), segment("y")]);
    for (const id of world.live()) world.cloud.vanish(id);
    world.refuse("DescribeEipSegment", "InvalidInstanceId.NotFound");
    world.refuse("DescribeEipAddresses", "InvalidAllocationId.NotFound");
    world.engine.entries = world.engine.entries.filter(({ urn }) => urn.endsWith("::x"));
    await world.refresh();
    expect(world.engine.entries).toEqual([]);
  });

  it("is none where the error is about the region", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    world.refuse("DescribeEipSegment", "InvalidRegionId.NotFound");
    const { errors } = await world.refresh();
    expect(errors).toEqual([expect.stringContaining("InvalidRegionId.NotFound")]);
    expect(world.engine.entries).toHaveLength(1);
  });
});

describe("a segment that is never listed", () => {
  it("costs at most three requests, and the run names all of them", async () => {
    const { world } = context;
    world.cloud.configure({ visibilityLag: { kind: "time", ms: 3_600_000 } });
    const { errors } = await world.up([segment()]);
    expect(allocations()).toHaveLength(3);
    expect(errors).toEqual([expect.stringContaining("listed none of the 3 segments")]);
    for (const id of world.live()) expect(errors[0]).toContain(id);
  });
});

describe("a new segment that is listed as Releasing at first", () => {
  const listAsReleasing = (isListedSo: () => boolean): void => {
    rewriteRows("DescribeEipSegment", (row) => ({
      ...row,
      Status: row.Status === "Allocating" && isListedSo() ? "Releasing" : row.Status,
    }));
  };

  it("costs at most three requests, and the run names all of them", async () => {
    const { world } = context;
    listAsReleasing(() => true);
    const { errors } = await world.up([segment()]);
    expect(allocations()).toHaveLength(3);
    for (const id of world.live()) expect(errors[0]).toContain(id);
  });

  it("is released where another one was allocated in its place", async () => {
    const { world } = context;
    listAsReleasing(() => allocations().length === 1);
    await world.upWell([segment()]);
    expect(allocations()).toHaveLength(2);
    expect(world.live()).toEqual([idOf()]);
  });
});

describe("a segment of which neither the block nor a usable count is listed", () => {
  it.each(["mask", "missing"])(
    "has the listed EIPs, once they fill a block (IpCount: %s)",
    async (ipCount) => {
      const { world } = context;
      const answers = { "ip-count": ipCount, "segment-fields": "no-block", "eips-of-ready": "in-part" };
      world.cloud.configure({ answers });
      await world.upWell([segment("x", { bandwidth: 5 })]);
      expect(world.engine.entry("x")?.outputs).toMatchObject({ ipCount: 16, addresses: { length: 16 } });
    },
  );

  it("is not adopted with another mask than its EIPs have", async () => {
    const { world } = context;
    const adopt = await world.stranger();
    world.cloud.configure({ answers: { "ip-count": "missing", "segment-fields": "no-block" } });
    const { errors } = await world.up([segment("x", { adopt, eipMask: 27 })]);
    expect(errors).toEqual([expect.stringContaining("nothing was changed: eipMask is 28, not 27")]);
  });
});
