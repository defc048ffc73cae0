import { preview, segmentState, segmentUrn } from "./support/previews";
import { runCli } from "./support/run-cli";

/** Whether the change in a preview loses addresses, as `--fail-on-loss` sees it. */
async function loses(...steps: object[]): Promise<boolean> {
  const { exitCode } = await runCli(["report", "--no-check", "--fail-on-loss"], { input: preview(...steps) });
  expect([0, 3]).toContain(exitCode);
  return exitCode === 3;
}

const urn = segmentUrn("egress");
const oldState = segmentState();
const newState = { inputs: { eipMask: 27 } };

describe("addresses are lost", () => {
  it("by a deletion", async () => {
    expect(await loses({ op: "delete", urn, oldState })).toBe(true);
  });

  it("by a replacement", async () => {
    expect(await loses({ op: "replace", urn, oldState, newState })).toBe(true);
  });

  it("by the release of a block that an earlier run replaced", async () => {
    expect(await loses({ op: "delete-replaced", urn, oldState })).toBe(true);
  });

  it("below any parent and under a name with colons", async () => {
    const nested = segmentUrn("a::b", { parents: "shop:index:Network$shop:index:Zone$" });
    expect(await loses({ op: "delete", urn: nested, oldState })).toBe(true);
  });

  it("by the deletion of a segment of @pulumi/alicloud", async () => {
    const type = "alicloud:ecs/eipSegmentAddress:EipSegmentAddress";
    const state = { id: "eipsg-1", inputs: { eipMask: "28" }, outputs: { eipMask: "28" } };
    expect(await loses({ op: "delete", urn: `urn:pulumi:dev::shop::${type}::old`, oldState: state })).toBe(
      true,
    );
  });

  it("by a deletion that does not show what it deletes", async () => {
    expect(await loses({ op: "delete", urn })).toBe(true);
    expect(await loses({ op: "replace", urn, newState })).toBe(true);
  });

  it("by a segment that never got ready and has no block in its state", async () => {
    const state = segmentState({ cidrBlock: undefined, addresses: undefined, ipCount: undefined });
    expect(await loses({ op: "delete", urn, oldState: state })).toBe(true);
  });
});

describe("no address is lost", () => {
  it("by a deletion that retains the segment", async () => {
    expect(await loses({ op: "delete", urn, oldState: segmentState({}, { retainOnDelete: true }) })).toBe(
      false,
    );
  });

  it("by a deletion that is left to the deletion of another resource", async () => {
    const group = "urn:pulumi:dev::shop::shop:index:Group::group";
    const tied = { op: "delete", urn, oldState: segmentState({}, { deletedWith: group }) };
    expect(await loses(tied, { op: "delete", urn: group })).toBe(false);
    expect(await loses(tied, { op: "same", urn: group })).toBe(true);
  });

  it("by the import of a segment", async () => {
    const type = "alicloud:ecs/eipSegmentAddress:EipSegmentAddress";
    const imported = { op: "import", urn: `urn:pulumi:dev::shop::${type}::old`, newState: segmentState() };
    const { out, exitCode } = await runCli(["report", "--fail-on-loss"], { input: preview(imported) });
    expect(exitCode).toBe(0);
    expect(out).toContain("| `old` | `shop/dev` | adopted | adopts `eipsg-bp1000000000000000001` |");
  });

  it("by a replacement whose old segment is gone already", async () => {
    const gone = segmentState({}, { pendingReplacement: true });
    const steps = [
      { op: "replace", urn, oldState: gone, newState },
      { op: "create-replacement", urn, oldState: gone, newState },
    ];
    expect(await loses(...steps)).toBe(false);
  });

  it.each(["create", "update", "same", "refresh"])("by the step %s", async (op) => {
    expect(await loses({ op, urn, oldState, newState })).toBe(false);
  });

  it("by the deletion of a resource of another type", async () => {
    const other = "urn:pulumi:dev::shop::alicloud:ecs/eip:Eip::one";
    expect(await loses({ op: "delete", urn: other, oldState })).toBe(false);
  });
});

describe("a block is counted once", () => {
  const report = async (...steps: object[]): Promise<string> =>
    (await runCli(["report", "--no-check"], { input: preview(...steps) })).out;

  it.each(["create-replacement", "import-replacement", "read-replacement"])(
    "when its replacement is listed as %s",
    async (op) => {
      const steps = [
        { op: "replace", urn, oldState, newState },
        { op, urn, oldState, newState },
        { op: "delete-replaced", urn, oldState },
      ];
      expect(await report(...steps)).toContain("releases 1 address block (2 addresses)");
    },
  );

  it("when the name under which it is deleted became an alias", async () => {
    const heir = segmentUrn("outbound");
    const out = await report(
      { op: "replace", urn: heir, oldState, newState, replaceReasons: ["eipMask"] },
      { op: "create-replacement", urn: heir, oldState, newState },
      { op: "delete-replaced", urn, oldState },
    );
    expect(out).toContain("releases 1 address block (2 addresses)");
    expect(out).toContain(
      "Segment `outbound` of `shop/dev` is replaced because `eipMask` changes from `28` to `27`.",
    );
    expect(out).not.toContain("earlier run");
  });

  it("beside one that an earlier run left behind, which is told apart", async () => {
    const older = segmentState({ cidrBlock: "203.0.113.16/28" }, { id: "eipsg-bp1000000000000000002" });
    const out = await report(
      { op: "replace", urn, oldState, newState, replaceReasons: ["eipMask"] },
      { op: "create-replacement", urn, oldState, newState },
      { op: "delete-replaced", urn, oldState },
      { op: "delete-replaced", urn, oldState: older },
    );
    expect(out).toContain("releases 2 address blocks (4 addresses)");
    expect(out.match(/was replaced by an earlier run/g)).toHaveLength(1);
  });
});

describe("a block that is released before the new one exists", () => {
  const replaced = { ...segmentState({}, { pendingReplacement: true }) };
  const report = async (...steps: object[]): Promise<string> =>
    (await runCli(["report", "--no-check"], { input: preview(...steps) })).out;

  it.each([
    ["alone", []],
    [
      "with its steps",
      [
        { op: "create-replacement", urn, oldState: replaced, newState },
        { op: "delete-replaced", urn, oldState: replaced },
      ],
    ],
  ])("is marked, and what that means, when the replacement is listed %s", async (_, steps) => {
    const out = await report({ op: "replace", urn, oldState: replaced, newState }, ...steps);
    expect(out).toContain("loses `203.0.113.0/28` **before** the new block exists;");
    expect(out.match(/\*\*It is released before the new block is allocated\*\*/g)).toHaveLength(1);
  });

  it("is told from one that is released afterwards, and from one that an earlier run replaced", async () => {
    expect(await report({ op: "replace", urn, oldState, newState })).not.toContain("before");
    const older = segmentState({}, { id: "eipsg-bp1000000000000000002" });
    const out = await report(
      { op: "replace", urn, oldState: replaced, newState },
      { op: "create-replacement", urn, oldState: replaced, newState },
      { op: "delete-replaced", urn, oldState: older },
    );
    expect(out).not.toContain("before the new block");
  });
});
