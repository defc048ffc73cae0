import { preview, previewFile, segmentState, segmentUrn } from "./support/previews";
import { runCli } from "./support/run-cli";

/** Whether the change in a preview loses addresses, as `--fail-on-loss` sees it. */
async function loses(...steps: object[]): Promise<boolean> {
  const { exitCode } = await runCli(["report", "--no-look", "--fail-on-loss"], { input: preview(...steps) });
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
    expect(out).toContain("| `old` | `shop/dev` | taken over | takes over `eipsg-bp1000000000000000001` |");
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
    (await runCli(["report", "--no-look"], { input: preview(...steps) })).out;

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

describe("--fail-on-loss", () => {
  it("names what would be lost, on the error output, and still prints the report", async () => {
    const { err, out } = await runCli(["report", "--no-look", "--fail-on-loss", previewFile("mask-changed")]);
    expect(err).toBe("eip-segment: Addresses would be lost: 203.0.113.0/28 of egress.\n");
    expect(out).toContain("### Lost: `203.0.113.0/28`");
  });

  it("takes what it could not look at for in use", async () => {
    const argv = ["report", "--no-look", "--fail-on-loss=in-use", previewFile("mask-changed")];
    expect((await runCli(argv)).exitCode).toBe(3);
  });

  it("ends with 1 when a preview failed, whatever it shows", async () => {
    const argv = ["report", "--no-look", "--fail-on-loss", previewFile("refused-inputs")];
    expect(await runCli(argv)).toMatchObject({
      exitCode: 1,
      err: "eip-segment: The report is incomplete, because the preview of shop/dev failed.\n",
    });
  });

  it("ends with 1 when a preview failed after it showed a loss", async () => {
    const steps = [{ op: "delete", urn, oldState }];
    const diagnostics = [{ severity: "error", message: "egress is protected" }];
    const input = JSON.stringify({ steps, diagnostics });
    const { exitCode, out } = await runCli(["report", "--no-look", "--fail-on-loss"], { input });
    expect(exitCode).toBe(1);
    expect(out).toContain("### Lost: `203.0.113.0/28`");
  });

  it("refuses another word", async () => {
    const { exitCode, err } = await runCli(["report", "--fail-on-loss=maybe", "x.json"]);
    expect(exitCode).toBe(2);
    expect(err).toContain("Allowed choices are any, in-use");
  });
});

describe("--max-length", () => {
  const steps = Array.from({ length: 40 }, (_, index) => ({
    ...{ op: "delete", urn: segmentUrn(`egress-${index}`), oldState },
  }));
  const report = async (...argv: string[]): Promise<string> =>
    (await runCli(["report", "--no-look", ...argv], { input: preview(...steps) })).out;

  it("leaves a report alone that fits", async () => {
    const whole = await report();
    expect(await report("--max-length", String(whole.length))).toBe(whole);
  });

  it.each([1_000, 3_000])(
    "cuts a report off at a line within %d characters and says so first",
    async (limit) => {
      const out = await report("--max-length", String(limit));
      expect(out.length).toBeLessThanOrEqual(limit);
      expect(out.length).toBeGreaterThan(limit - 300);
      expect(out).toMatch(/\|\n$|\n\n$|\.\n$|\d\n$/);
      expect(out.split("\n")[5]).toBe(
        "**This report is cut off: the whole one does not fit here.** Lost blocks in all: 40.",
      );
    },
  );

  it("takes numbers only", async () => {
    expect((await runCli(["report", "--max-length", "much", "x.json"])).exitCode).toBe(2);
  });
});
