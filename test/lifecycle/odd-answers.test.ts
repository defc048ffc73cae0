import type { ApiRequest, Outcome } from "../../provider/client/types";
import { wire } from "./support/provider-process";
import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

/** Answers that no documentation leads to expect. Whatever the cloud returns, nothing may be lost, shared or touched by mistake. */

const context = useWorld();

const idOf = (name = "x"): string => context.world.engine.entry(name)?.id ?? "";

type Rewrite = (request: ApiRequest, answer: Outcome) => Outcome;

const sendOnly = wire.send.bind(wire);
const rewrites: Rewrite[] = [];

/** Rewrites what the cloud answers from now on. */
function rewrite(change: Rewrite): void {
  rewrites.push(change);
  jest.spyOn(wire, "send").mockImplementation(async (request, credentials) => {
    const answer = await sendOnly(request, credentials);
    return rewrites.reduce((changed, one) => one(request, changed), answer);
  });
}

function rewriteNoMore(): void {
  rewrites.length = 0;
  jest.restoreAllMocks();
}

type Row = Record<string, unknown>;

/** Rewrites the rows of a list. */
function rewriteRows(action: string, change: (row: Row, request: ApiRequest) => Row): void {
  const [list, rows] =
    action === "DescribeEipSegment" ? ["EipSegments", "EipSegment"] : ["EipAddresses", "EipAddress"];
  rewrite((request, answer) => {
    if (request.action !== action || answer.kind !== "success") return answer;
    const body = answer.body as Record<string, Record<string, Row[]>>;
    const changed = (body[list]?.[rows] ?? []).map((row) => change(row, request));
    return { ...answer, body: { ...body, [list]: { [rows]: changed } } };
  });
}

afterEach(rewriteNoMore);

it("gives no two resources one segment, although two requests are answered with the same", async () => {
  const { world } = context;
  let first: Outcome | undefined;
  rewrite((request, answer) =>
    request.action === "AllocateEipSegmentAddress" ? (first ??= answer) : answer,
  );
  const { errors } = await world.up([segment("x"), segment("y")]);
  expect(errors).toEqual([expect.stringMatching(/but .*::x has it\. Run `pulumi up` again\.$/)]);
  rewriteNoMore();
  await world.upWell([segment("x"), segment("y")]);
  expect(world.live().sort()).toEqual([idOf("x"), idOf("y")].sort());
});

it("recovers a segment that was released, no longer listed, and is listed again", async () => {
  const { world } = context;
  await world.upWell([segment()]);
  const id = idOf();
  world.knownDead.add(id);
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
