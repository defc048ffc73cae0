import { createStack, segmentProgram, type PreviewStep, type Stack } from "./support";

jest.setTimeout(240_000);

interface Row {
  /** Name of the segment in the program, and of the test. */
  row: string;
  from: Record<string, unknown>;
  to: Record<string, unknown>;
}

/** What a change of each input does: the rows of the table of inputs. */
const changes: (Row & { op: string; because?: string })[] = [
  { row: "eipMask", from: {}, to: { eipMask: 27 }, op: "replace" },
  { row: "bandwidth", from: {}, to: { bandwidth: 50 }, op: "update" },
  { row: "internetChargeType", from: {}, to: { internetChargeType: "PayByTraffic" }, op: "replace" },
  { row: "isp", from: {}, to: { isp: "ChinaTelecom" }, op: "replace" },
  { row: "netmode", from: { bandwidth: 5 }, to: { bandwidth: 5, netmode: "hybrid" }, op: "replace" },
  { row: "zone", from: { zone: "cn-hangzhou-b" }, to: { zone: "cn-hangzhou-g" }, op: "replace" },
  {
    row: "resourceGroupId",
    from: { resourceGroupId: "rg-old" },
    to: { resourceGroupId: "rg-new" },
    op: "update",
  },
  { row: "regionId", from: {}, to: { regionId: "cn-beijing" }, op: "replace" },
  { row: "tags", from: { tags: { a: "1", b: "2" } }, to: { tags: { b: "two", c: "3" } }, op: "update" },
];

/** The same said in another way, which is no change. */
const same: Row[] = [
  { row: "eipMask 28 and 28 as text", from: {}, to: { eipMask: "28" } },
  { row: "bandwidth 5 and 5 as text", from: { bandwidth: 5 }, to: { bandwidth: "5" } },
  { row: "bandwidth 5 written or not", from: {}, to: { bandwidth: 5 } },
  {
    row: "internetChargeType PayByBandwidth written or not",
    from: { internetChargeType: "PayByBandwidth" },
    to: {},
  },
  { row: "isp BGP written or not", from: {}, to: { isp: "BGP" } },
  { row: "netmode public written or not", from: { netmode: "public" }, to: {} },
  { row: "zone removed", from: { zone: "cn-hangzhou-b" }, to: {} },
  { row: "resourceGroupId removed", from: { resourceGroupId: "rg-edge" }, to: {} },
  { row: "regionId written as it was", from: {}, to: { regionId: "cn-hangzhou" } },
  { row: "tags in another order", from: { tags: { a: "1", b: "2" } }, to: { tags: { b: "2", a: "1" } } },
];

const rows: Row[] = [...changes, ...same];
const programOf = (version: "from" | "to"): string =>
  segmentProgram(...rows.map((row) => ({ name: row.row, args: { eipMask: 28, ...row[version] } })));

let stack: Stack;
let previewed: PreviewStep[];
let ids: { before: Record<string, string>; after: Record<string, string> };

const idsOf = (outputs: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, segment]) => [name, (segment as { id: string }).id]),
  );
const liveOf = (id: string | undefined) => stack.simulator.segments().find((segment) => segment.id === id);

beforeAll(async () => {
  stack = await createStack({
    program: programOf("from"),
    config: { "alicloud:region": "cn-hangzhou", "eipSegment:allocatePerMinute": "1000" },
  });
  const before = idsOf((await stack.up()).outputs);
  stack.writeProgram(programOf("to"));
  const asked = stack.simulator.log.length;
  previewed = await stack.previewSteps({ args: ["--show-sames"] });
  expect(stack.simulator.log.slice(asked)).toEqual([]);
  ids = { before, after: idsOf((await stack.up()).outputs) };
});

afterAll(async () => {
  await stack.dispose();
});

const previewOf = (row: string) => previewed.find(({ urn }) => urn.endsWith(`::${row}`));

describe("a change of an input", () => {
  it.each(changes)("$row: $op", ({ row, to, op }) => {
    expect(previewOf(row)?.op).toBe(op);
    expect(previewOf(row)?.replaceReasons ?? []).toEqual(op === "replace" ? [row] : []);
    const after = liveOf(ids.after[row]);
    expect(ids.after[row] === ids.before[row]).toBe(op === "update");
    expect(liveOf(ids.before[row])?.id).toBe(op === "update" ? after?.id : undefined);
    const address = after?.addresses[0];
    const tags = Object.fromEntries(
      Object.entries(address?.tags ?? {}).filter(([key]) => key !== "pulumi-eip-segment"),
    );
    const cloud = {
      eipMask: after?.mask,
      bandwidth: address?.bandwidth,
      internetChargeType: after?.internetChargeType,
      isp: after?.isp,
      netmode: after?.netmode,
      zone: after?.zone,
      resourceGroupId: address?.resourceGroupId,
      regionId: after?.regionId,
      tags,
    };
    expect(cloud).toMatchObject(to);
  });
});

describe("no change", () => {
  it.each(same)("$row", ({ row }) => {
    expect(previewOf(row)?.op).toBe("same");
    expect(ids.after[row]).toBe(ids.before[row]);
  });
});

it("an up after all these changes is unchanged, and asks the cloud nothing", async () => {
  const asked = stack.simulator.log.length;
  const steps = await stack.previewSteps({ args: ["--show-sames"] });
  expect(steps.filter(({ op }) => op === "same")).toHaveLength(rows.length + 1);
  expect(steps).toHaveLength(rows.length + 1);
  expect(stack.simulator.log.slice(asked)).toEqual([]);
});

it("a refresh after all these changes finds nothing to report", async () => {
  const { stdout } = await stack.refresh();
  expect(stdout).toContain(`${rows.length + 1} unchanged`);
});

it("destroy releases them all", async () => {
  await stack.destroy();
  expect(stack.simulator.segments()).toEqual([]);
});
