import { rewrite, rewriteNoMore, type Row, rewriteRows } from "./support/rewritten-answers";
import { useWorld } from "./support/use-world";
import { segment } from "./support/world";

/** Replies in another shape than documented: what is meant is read, and what cannot be read keeps no segment from being released. */

const context = useWorld();

afterEach(rewriteNoMore);

type Lists = Record<string, Record<string, Row[]>>;

/** Rewrites what both lists hold. */
function rewriteLists(change: (rows: Row[], name: string) => unknown): void {
  rewrite((request, answer) => {
    if (!request.action.startsWith("DescribeEip") || answer.kind !== "success") return answer;
    const [list, name] =
      request.action === "DescribeEipSegment"
        ? ["EipSegments", "EipSegment"]
        : ["EipAddresses", "EipAddress"];
    const rows = (answer.body as Lists)[list]?.[name] ?? [];
    return { ...answer, body: { TotalCount: rows.length, [list]: change(rows, name) } };
  });
}

const tagsOf = (row: Row): { Key: string; Value: string }[] =>
  (row.Tags as { Tag?: { Key: string; Value: string }[] } | undefined)?.Tag ?? [];

const rewriteEips = (change: (row: Row) => Row): void => {
  rewriteRows("DescribeEipAddresses", (row) => ({ ...row, ...change(row) }));
};

const rewriteBlocks = (change: (block: string, status: string) => string): void => {
  rewriteRows("DescribeEipSegment", (row) => ({
    ...row,
    Segment: change(String(row.Segment), String(row.Status)),
  }));
};

describe("a reply is read", () => {
  const shapes: Record<string, () => void> = {
    "with one row instead of a list": () => {
      rewriteLists((rows, name) => ({ [name]: rows.length === 1 ? rows[0] : rows }));
    },
    "with its lists not inside an object": () => {
      rewriteLists((rows) => rows);
    },
    "with a segment's earlier status beside the present one": () => {
      rewriteLists((rows, name) => ({
        [name]:
          name === "EipSegment" ? [...rows.map((row) => ({ ...row, Status: "Allocating" })), ...rows] : rows,
      }));
    },
    "with placeholders for what is empty": () => {
      const empty = { InstanceId: "-", InstanceType: "null", BandwidthPackageId: "N/A" };
      rewriteEips((row) => ({ ...(row.InstanceId === "" ? empty : {}), PublicIpAddressPoolId: "None" }));
    },
    "with tags that are a list": () => {
      rewriteEips((row) => ({ Tags: tagsOf(row) }));
    },
    "with tags under the names of ListTagResources": () => {
      const renamed = (row: Row) => tagsOf(row).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));
      rewriteEips((row) => ({ Tags: { Tag: renamed(row) } }));
    },
    "with DeletionProtection as False, and a bandwidth of 50.0": () => {
      rewriteEips((row) => ({ DeletionProtection: "False", Bandwidth: `${String(row.Bandwidth)}.0` }));
    },
    "with the block 0.0.0.0/0 until the segment is ready": () => {
      rewriteBlocks((block, status) => (status === "Allocated" ? block : "0.0.0.0/0"));
    },
    "with the first address for a block": () => {
      rewriteBlocks((block) => block.replace(/28$/, "32"));
    },
  };

  it.each(Object.entries(shapes))("%s", async (_shape, install) => {
    const { world } = context;
    const program = (bandwidth: number) => [segment("x", { bandwidth, tags: { Team: "a" } })];
    install();
    await world.up(program(50), { kill: { action: "AllocateEipSegmentAddress", call: 1, moment: "after" } });
    const left = world.live();
    await world.upWell(program(50));
    expect(world.live()).toEqual(left);
    await world.upWell(program(80));
    expect((await world.refresh()).lines).toEqual([]);
    expect((await world.up(program(80))).ok).toBe(true);
    expect(world.segments()[0]?.addresses.every(({ bandwidth }) => bandwidth === 80)).toBe(true);
    expect(world.engine.entry("x")?.outputs.addresses).toHaveLength(16);
    expect((await world.destroy()).errors).toEqual([]);
    expect(world.live()).toEqual([]);
  });
});

describe("a segment is released", () => {
  const malformed: Record<string, (row: Row) => Row> = {
    bandwidth: () => ({ Bandwidth: "50 Mbps" }),
    address: (row) => ({ IpAddress: `::ffff:${String(row.IpAddress)}` }),
  };

  it.each(Object.entries(malformed))("although the %s of its EIPs cannot be read", async (_field, change) => {
    const { world } = context;
    rewriteEips(change);
    expect((await world.up([segment()])).errors).toEqual([
      expect.stringMatching(/cannot be read: .* or `pulumi destroy` to release it/),
    ]);
    expect((await world.destroy()).errors).toEqual([]);
    expect(world.live()).toEqual([]);
  });

  it("unless the owners of such EIPs name somebody else", async () => {
    const { world } = context;
    await world.upWell([segment()]);
    const [id = ""] = world.live();
    await world.tag(id, { "pulumi-eip-segment": "somebody" });
    rewriteEips(() => ({ Bandwidth: "50 Mbps" }));
    expect((await world.destroy()).errors).toEqual([expect.stringContaining("names another resource")]);
    rewriteEips(() => ({ Tags: "none of your business" }));
    expect((await world.destroy()).errors).toEqual([expect.stringContaining("the field Tags")]);
    expect(world.live()).toEqual([id]);
  });
});
