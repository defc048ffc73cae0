import type { Outcome } from "../../provider/client/types";
import { rewrite, rewriteNoMore, type Row, rewriteRows } from "./support/rewritten-answers";
import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

/** Answers that no documentation leads to expect. Whatever the cloud returns, nothing may be lost, shared or touched by mistake. */

const context = useWorld();

const idOf = (name = "x"): string => context.world.engine.entry(name)?.id ?? "";

afterEach(rewriteNoMore);

it("gives no two resources one segment, although two requests are answered with the same", async () => {
  const { world } = context;
  let first: Outcome | undefined;
  rewrite((request, answer) =>
    request.action === "AllocateEipSegmentAddress" ? (first ??= answer) : answer,
  );
  const { errors } = await world.up([segment("x"), segment("y")]);
  expect(errors).toEqual([expect.stringMatching(/but .*::x manages it\. Run `pulumi up` again\.$/)]);
  rewriteNoMore();
  await world.upWell([segment("x"), segment("y")]);
  expect(world.live().sort()).toEqual([idOf("x"), idOf("y")].sort());
});

it("recovers a segment that was released, no longer listed, and is listed again", async () => {
  const { world } = context;
  await world.upWell([segment()]);
  const id = idOf();
  world.releasedSegments.add(id);
  world.engine.entries = [];
  await world.upWell([segment()]);
  expect(idOf()).toBe(id);
  expect(world.live()).toEqual([id]);
});

it("leaves alone the EIPs of others that a reply attributes to the segment that was asked for", async () => {
  const { world } = context;
  await world.stranger({ Bandwidth: "7" });
  world.clock.advance(60_000);
  const strangers = JSON.stringify(world.segments());
  world.cloud.configure({ answers: { "eip-filter": "ignored" } });
  rewriteRows("DescribeEipAddresses", (row, { parameters }) => ({
    ...row,
    SegmentInstanceId: parameters.SegmentInstanceId ?? row.SegmentInstanceId,
  }));
  await world.upWell([segment("x", { bandwidth: 50, tags: { team: "a" } })]);
  expect(world.engine.entry("x")?.outputs.addresses).toHaveLength(16);
  expect(JSON.stringify(world.segments().slice(0, 1))).toBe(strangers);
});

it("reads ids, blocks and states that have blanks around them", async () => {
  const { world } = context;
  const padded = (row: Row): Row =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, typeof value === "string" ? `${value}\t` : value]),
    );
  rewriteRows("DescribeEipSegment", padded);
  rewriteRows("DescribeEipAddresses", padded);
  await world.upWell([segment()]);
  expect(world.live()).toEqual([idOf()]);
  expect((await world.destroy()).ok).toBe(true);
  expect(world.live()).toEqual([]);
});

it("sends a refused release again while the segment has a state that is not documented", async () => {
  const { world } = context;
  await world.upWell([segment()]);
  world.cloud.addFault({ kind: "error", code: "IncorrectEipStatus", action: "ReleaseEipSegmentAddress" });
  rewriteRows("DescribeEipSegment", (row) => ({
    ...row,
    Status: row.Status === "Allocated" ? "Modifying" : row.Status,
  }));
  expect((await world.destroy()).errors).toEqual([]);
  expect(world.live()).toEqual([]);
});

it("does not change a segment of which one EIP has the ownership tag of another resource", async () => {
  const { world } = context;
  await world.upWell([segment("x", { bandwidth: 50 })]);
  rewriteRows("DescribeEipAddresses", (row) =>
    row.IpAddress === world.segments()[0]?.addresses[3]?.ipAddress
      ? { ...row, Tags: { Tag: [{ Key: "pulumi-eip-segment", Value: "somebody" }] } }
      : row,
  );
  for (let time = 0; time < 2; time++) {
    const { errors } = await world.up([segment("x", { bandwidth: 80 })]);
    expect(errors).toEqual([
      expect.stringMatching(/was not changed: .* names another resource .*\(somebody\)/),
    ]);
  }
  expect(world.cloud.log.map(({ action }) => action)).not.toContain("ModifyEipAddressAttribute");
  rewriteNoMore();
  await world.upWell([segment("x", { bandwidth: 80 })]);
});

it("does not change an adopted segment of another owner, although an update of it failed before", async () => {
  const { world } = context;
  const adopt = await world.stranger();
  await world.upWell([segment("x", { adopt })]);
  world.refuse("ModifyEipAddressAttribute");
  await world.up([segment("x", { adopt, bandwidth: 80 })]);
  world.cloud.clearFaults();
  await world.tag(adopt, { "pulumi-eip-segment": "somebody" });
  const { errors } = await world.up([segment("x", { adopt, bandwidth: 80 })]);
  expect(errors).toEqual([expect.stringContaining("names another resource or another stack (somebody)")]);
});

it("does not release another owner's segment although its EIPs are not listed for a moment", async () => {
  const { world } = context;
  await world.upWell([segment()]);
  await world.tag(idOf(), { "pulumi-eip-segment": "somebody" });
  const until = world.clock.now() + 2000;
  rewrite((request, answer) =>
    request.action === "DescribeEipAddresses" && world.clock.now() < until
      ? { kind: "success", body: { TotalCount: 0, EipAddresses: { EipAddress: [] } } }
      : answer,
  );
  const { errors } = await world.destroy();
  expect(errors).toEqual([expect.stringContaining("names another resource or another stack (somebody)")]);
  expect(world.live()).toHaveLength(1);
});

it("does not recover a segment by a creation time of another time zone", async () => {
  const { world } = context;
  await world.upWell([segment()]);
  world.clock.advance(2 * 3_600_000);
  world.engine.entries = [];
  rewriteRows("DescribeEipSegment", (row) => ({
    ...row,
    CreationTime: new Date(Date.parse(String(row.CreationTime)) + 8 * 3_600_000).toISOString(),
  }));
  const { errors } = await world.up([segment()]);
  expect(errors).toEqual([expect.stringContaining("an earlier run finished it more than an hour ago")]);
});

it("takes an id in upper case for the same segment", async () => {
  const { world } = context;
  rewrite((request, answer) =>
    request.action === "AllocateEipSegmentAddress" && answer.kind === "success"
      ? {
          ...answer,
          body: { EipSegmentInstanceId: String((answer.body as Row).EipSegmentInstanceId).toUpperCase() },
        }
      : answer,
  );
  await world.upWell([segment()]);
  expect(world.live()).toEqual([idOf()]);
});

it("allocates beside a segment of others whose row cannot be read", async () => {
  const { world } = context;
  const stranger = await world.stranger();
  rewriteRows("DescribeEipSegment", ({ Status, ...row }) =>
    row.InstanceId === stranger ? { ...row, IpCount: "sixteen" } : { ...row, Status },
  );
  await world.upWell([segment()]);
  expect(world.live()).toHaveLength(2);
});

it("does not release a segment of which an EIP is Available and has an instance", async () => {
  const { world } = context;
  await world.upWell([segment()]);
  rewriteRows("DescribeEipAddresses", (row) => ({ ...row, InstanceId: "ngw-1", InstanceType: "Nat" }));
  expect((await world.destroy()).errors).toEqual([expect.stringContaining("is in use by Nat ngw-1")]);
  expect(world.live()).toEqual([idOf()]);
});

it("recovers a segment whose allocation returned no id, and says so", async () => {
  const { world } = context;
  rewrite((request, answer) =>
    request.action === "AllocateEipSegmentAddress" ? { ...answer, body: {} } : answer,
  );
  const { errors } = await world.up([segment()]);
  expect(errors).toEqual([
    expect.stringContaining(
      "The next `pulumi up` recovers a segment that it allocated. If you remove the resource instead, run `pulumi stack export | npx --no eip-segment orphans -`",
    ),
  ]);
  rewriteNoMore();
  await world.upWell([segment()]);
  expect(world.live()).toEqual([idOf()]);
});

it("calls no segment recovered because others change the listing", async () => {
  const { world } = context;
  let total = 100;
  rewrite((request, answer) =>
    request.action === "DescribeEipSegment" && answer.kind === "success"
      ? { ...answer, body: { ...(answer.body as Row), TotalCount: total++ } }
      : answer,
  );
  const { lines } = await world.upWell([segment()]);
  expect(lines.join("\n")).not.toContain("Recovered");
});

it("allocates beside malformed EIPs of others", async () => {
  const { world } = context;
  const stranger = await world.stranger();
  world.clock.advance(60_000);
  world.cloud.configure({ answers: { "eip-filter": "ignored" } });
  rewriteRows("DescribeEipAddresses", (row) =>
    row.SegmentInstanceId === stranger ? { ...row, Status: {}, Bandwidth: "five" } : row,
  );
  await world.upWell([segment()]);
  expect(world.live()).toEqual([stranger, idOf()]);
});

it("names the field of an EIP of its own that is malformed", async () => {
  const { world } = context;
  await world.upWell([segment()]);
  rewriteRows("DescribeEipAddresses", (row) => ({ ...row, Bandwidth: "five" }));
  const { errors } = await world.up([segment("x", { bandwidth: 80 })]);
  expect(errors).toEqual([
    expect.stringMatching(new RegExp(`^EIP eip-.* of segment ${idOf()} cannot be read: the field Bandwidth`)),
  ]);
  rewriteNoMore();
  await world.upWell([segment("x", { bandwidth: 80 })]);
});

describe("a timeout", () => {
  it("ends a creation that shares its polls with one that has longer", async () => {
    const { world } = context;
    const { verbs } = world.process();
    const startedAt = world.clock.now();
    rewrite((request, answer) =>
      request.action === "DescribeEipSegment" && world.clock.now() > startedAt + 2000
        ? { kind: "refusal", code: "Throttling.User", message: "", status: 400 }
        : answer,
    );
    const create = async (name: string, timeout: string): Promise<number> => {
      const declared = segment(name, { customTimeouts: { create: timeout } });
      const { inputs } = await verbs.check(undefined, {}, world.engine.newsOf(declared));
      await expect(verbs.create(undefined, inputs)).rejects.toThrow("Throttling.User");
      return Math.round((world.clock.now() - startedAt) / 1000);
    };
    expect(await Promise.all([create("x", "10m"), create("y", "1m")])).toEqual([600, 60]);
  });

  it("ends changes of many EIPs that the cloud is slow with", async () => {
    const { world } = context;
    await world.upWell([segment("x", { eipMask: 24, bandwidth: 50 })]);
    rewrite((request, answer) => {
      if (request.action === "ModifyEipAddressAttribute") world.clock.advance(1000);
      return answer;
    });
    const startedAt = world.clock.now();
    const { errors } = await world.up([
      segment("x", { eipMask: 24, bandwidth: 80, customTimeouts: { update: "1m" } }),
    ]);
    expect(errors).toEqual([expect.stringContaining("the timeout had passed")]);
    expect(world.clock.now() - startedAt).toBeLessThan(90_000);
    rewriteNoMore();
    await world.upWell([segment("x", { eipMask: 24, bandwidth: 80 })]);
    expect(world.engine.entry("x")?.outputs.bandwidth).toBe(80);
  });

  it("ends the reading of pages that never end", async () => {
    const { world } = context;
    let page = 0;
    rewrite((request, answer) => {
      if (request.action !== "DescribeEipAddresses") return answer;
      world.clock.advance(5000);
      page += 1;
      const AllocationId = `eip-${page}`;
      const rows = [{ AllocationId, IpAddress: "192.0.2.1", Status: "Available" }];
      return { kind: "success", body: { EipAddresses: { EipAddress: rows } } };
    });
    const startedAt = world.clock.now();
    const { errors } = await world.up([segment()]);
    expect(errors).toEqual([expect.stringContaining("the timeout had passed")]);
    expect(world.clock.now() - startedAt).toBeLessThan(660_000);
  });
});
