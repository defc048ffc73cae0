import { preview, previewFile, segmentState, segmentUrn } from "./support/previews";
import { runCli } from "./support/run-cli";

const urn = segmentUrn("egress");
const oldState = segmentState();
const newState = { inputs: { eipMask: 27 } };

describe("--fail-on-loss", () => {
  it("names what would be lost, on the error output, and still prints the report", async () => {
    const { err, out } = await runCli([
      "report",
      "--no-check",
      "--fail-on-loss",
      previewFile("mask-changed"),
    ]);
    expect(err).toBe("eip-segment: Addresses would be lost: 203.0.113.0/28 of egress.\n");
    expect(out).toContain("### Lost: `203.0.113.0/28`");
  });

  it("takes what it could not look at for in use", async () => {
    const argv = ["report", "--no-check", "--fail-on-loss=in-use", previewFile("mask-changed")];
    expect((await runCli(argv)).exitCode).toBe(3);
  });

  it("ends with 1 when a preview failed, whatever it shows", async () => {
    const argv = ["report", "--no-check", "--fail-on-loss", previewFile("refused-inputs")];
    expect(await runCli(argv)).toMatchObject({
      exitCode: 1,
      err: "eip-segment: The report is incomplete, because the preview of shop/dev failed. Correct its errors and run `pulumi preview --json` again.\n",
    });
  });

  it("ends with 1 when a preview failed after it showed a loss", async () => {
    const steps = [{ op: "delete", urn, oldState }];
    const diagnostics = [{ severity: "error", message: "egress is protected" }];
    const input = JSON.stringify({ steps, diagnostics });
    const { exitCode, out } = await runCli(["report", "--no-check", "--fail-on-loss"], { input });
    expect(exitCode).toBe(1);
    expect(out).toContain("### Lost: `203.0.113.0/28`");
  });

  it.each([
    ["1", 3, "eip-segment: 2 addresses would be lost, and 1 may be: 203.0.113.0/28 of egress.\n"],
    ["2", 0, ""],
  ])("=%s allows as many addresses to be lost", async (limit, exitCode, err) => {
    const input = preview({ op: "delete", urn, oldState });
    expect(await runCli(["report", "--no-check", `--fail-on-loss=${limit}`], { input })).toMatchObject({
      ...{ exitCode, err },
    });
  });

  it("=1000 allows no number of addresses that is not known", async () => {
    const input = preview({ op: "delete", urn });
    const { exitCode, err } = await runCli(["report", "--no-check", "--fail-on-loss=1000"], { input });
    expect(exitCode).toBe(3);
    expect(err).toContain("An unknown number of addresses would be lost, and 1000 may be: ");
  });

  it("=0 allows what loses nothing", async () => {
    const input = preview({ op: "create", urn, newState });
    expect((await runCli(["report", "--no-check", "--fail-on-loss=0"], { input })).exitCode).toBe(0);
  });

  it.each(["maybe", "-1", "1.5"])("refuses %s", async (value) => {
    const { exitCode, err } = await runCli(["report", `--fail-on-loss=${value}`, "x.json"]);
    expect(exitCode).toBe(2);
    expect(err).toContain("It must be any, in-use or a whole number of addresses.");
  });

  it("looks optional in the help", async () => {
    expect((await runCli(["report", "--help"])).out).toContain("--fail-on-loss [any|in-use|number]");
  });
});

describe("--only-changes", () => {
  const only = (input: string) => runCli(["report", "--no-check", "--only-changes"], { input });

  it.each([
    ["nothing changes", []],
    ["a segment changes in place", [{ op: "update", urn, oldState, newState: oldState }]],
    ["other resources change", [{ op: "delete", urn: "urn:pulumi:dev::shop::alicloud:ecs/eip:Eip::one" }]],
  ])("prints nothing when %s, and says so", async (_, steps) => {
    expect(await only(preview(...steps))).toEqual({
      exitCode: 0,
      out: "",
      err: "eip-segment: No address block changes, so no report is printed.\n",
    });
  });

  it.each([
    ["is created", [{ op: "create", urn, newState }]],
    ["is deleted", [{ op: "delete", urn, oldState }]],
    ["stays in no stack", [{ op: "delete", urn, oldState: segmentState({}, { retainOnDelete: true }) }]],
    [
      "of an earlier run is released beside an update",
      [
        { op: "update", urn, oldState, newState: oldState },
        { op: "delete-replaced", urn, oldState },
      ],
    ],
  ])("prints the whole report when a block %s", async (_, steps) => {
    const input = preview(...steps);
    expect((await only(input)).out).toBe((await runCli(["report", "--no-check"], { input })).out);
  });

  it("prints the report of a preview that failed", async () => {
    const diagnostics = [{ severity: "error", message: "boom" }];
    const { out, exitCode } = await only(JSON.stringify({ steps: [], diagnostics }));
    expect(out).toContain("boom");
    expect(exitCode).toBe(1);
  });

  it("is refused with --json, which always prints", async () => {
    expect((await runCli(["report", "--only-changes", "--json", "x.json"])).exitCode).toBe(2);
  });
});

describe("--max-length", () => {
  const steps = Array.from({ length: 40 }, (_, index) => ({
    ...{ op: "delete", urn: segmentUrn(`egress-${index}`), oldState },
  }));
  const report = async (...argv: string[]): Promise<string> =>
    (await runCli(["report", "--no-check", ...argv], { input: preview(...steps) })).out;

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
