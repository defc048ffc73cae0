import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { preview, previewFile, previewText, segmentState, segmentUrn } from "./support/previews";
import { runCli } from "./support/run-cli";

const report = (input: string | Uint8Array, ...argv: string[]) =>
  runCli(["report", "--no-check", ...argv], { input });

describe("the input of the report", () => {
  it("may be several stacks one after the other", async () => {
    const deletion = (stack: string) =>
      preview({ op: "delete", urn: segmentUrn("egress", { stack }), oldState: segmentState() });
    const { out } = await report(`${deletion("dev")}\n${previewText("without-segments")}${deletion("prod")}`);
    expect(out).toContain("releases 2 address blocks (4 addresses)");
    expect(out).toContain("Segment `egress` of `shop/dev` is deleted.");
    expect(out).toContain("Segment `egress` of `shop/prod` is deleted.");
    expect(out).toContain("Other resources: 1 to create.");
  });

  it("may be several files, and standard input among them", async () => {
    const { out } = await report(previewText("removed"), previewFile("mask-changed"), "-");
    expect(out).toContain("releases 2 address blocks");
  });

  it("may hold braces and quotes in strings where previews follow one another", async () => {
    const urn = segmentUrn('a"}{b\\');
    const steps = preview({ op: "delete", urn, oldState: segmentState() });
    expect((await report(`${steps}${steps}`)).out).toContain("releases 2 address blocks");
  });

  it.each([
    ["UTF-8 with a byte order mark", (text: string) => Buffer.from(`\ufeff${text}`)],
    ["UTF-16 as PowerShell redirects it", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 with the larger byte first", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["text with Windows line ends", (text: string) => Buffer.from(text.replaceAll("\n", "\r\n"))],
  ])("may be %s, once or several times", async (_, encode) => {
    const one = encode(previewText("removed"));
    const file = join(mkdtempSync(join(tmpdir(), "eip-segment-encoding-")), "preview.json");
    writeFileSync(file, one);
    const ended = await runCli(["report", "--no-check", file, "-"], { input: Buffer.concat([one, one]) });
    rmSync(dirname(file), { recursive: true });
    expect(ended).toMatchObject({ exitCode: 0, err: "" });
    expect(ended.out).toContain("releases 3 address blocks");
  });

  it("may be a preview of nothing", async () => {
    expect((await report('{"changeSummary":{}}')).out).toContain("**No EIP segment changes.**");
  });

  it.each([
    ["nothing", "  \n", "There is nothing in standard input. Check whether the command before it failed."],
    [
      "no JSON",
      "error: no stack",
      "What is in standard input is not complete JSON. Check the command that printed it.",
    ],
    [
      "a preview that is cut off",
      previewText("removed").slice(0, -9),
      "is not complete JSON. Check the command that printed it.",
    ],
    [
      "a preview that is cut off in a long string",
      `{"steps":[{"op":"delete","urn":"${"a".repeat(100_000)}`,
      "is not complete JSON. Check the command that printed it.",
    ],
    [
      "bytes of all kinds",
      Buffer.from(Array.from({ length: 4096 }, (__, byte) => byte)),
      "is not complete JSON. Check the command that printed it.",
    ],
    ["more closed than opened", "}}{}", "is not complete JSON. Check the command that printed it."],
    [
      "a preview with text after it",
      `${previewText("removed")} oh`,
      "is not complete JSON. Check the command that printed it.",
    ],
    ["a state", '{"version":3,"deployment":{}}', "is not the output of `pulumi preview --json`."],
    ["a list", "[]", "is not the output of `pulumi preview --json`."],
    [
      "steps without a URN",
      '{"steps":[{"op":"delete"}]}',
      "is a preview in a form that this version cannot read. Run `npx --no eip-segment doctor` to check the versions.",
    ],
    [
      "the summary of --output json",
      '{"result":"succeeded","duration":"1s","summary":{"create":2}}',
      "is a summary without the changes themselves: run `pulumi preview --json` instead of `--output json`.",
    ],
    [
      "engine events",
      '{"sequence":1,"timestamp":2}\n{"sequence":2,"timestamp":2}',
      "without PULUMI_ENABLE_STREAMING",
    ],
  ])("is refused when it is %s", async (_, input, reason) => {
    const { exitCode, err, out } = await report(input);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^eip-segment: .*\n$/);
    expect(err).toContain(reason);
    expect(out).toBe("");
  });

  it("is asked for when someone would have to type it", async () => {
    const { exitCode, err } = await runCli(["report"]);
    expect(exitCode).toBe(2);
    expect(err).toBe(
      "eip-segment: Name a file or pipe the output of `pulumi preview --json` into this command.\n",
    );
  });

  it("is refused when standard input is named twice", async () => {
    expect(await runCli(["report", "-", "-"], { input: "{}" })).toMatchObject({
      exitCode: 2,
      err: "eip-segment: Standard input can be read once: give - once.\n",
    });
  });

  it("is refused when it is a folder", async () => {
    expect(await runCli(["report", tmpdir()])).toMatchObject({
      exitCode: 1,
      err: `eip-segment: ${tmpdir()} cannot be read: it is a folder.\n`,
    });
  });

  it("is refused when its file is not there", async () => {
    expect(await runCli(["report", "/nonexistent.json"])).toMatchObject({
      exitCode: 1,
      err: "eip-segment: /nonexistent.json cannot be read: there is no such file.\n",
    });
  });
});

describe("what a stack is called cannot break the report", () => {
  it.each([
    ["a pipe and a mention", "a|b @team", "| `a\\|b @team` |"],
    ["backticks", "a`b``c", "| ```a`b``c``` |"],
    ["a line break", "a\nb", "| `a b` |"],
    ["a backtick at its end", "a`", "| `` a` `` |"],
  ])("with %s", async (_, name, cell) => {
    const { out } = await report(preview({ op: "delete", urn: segmentUrn(name), oldState: segmentState() }));
    expect(out).toContain(cell);
  });

  it("with a pipe, which is escaped in tables only", async () => {
    const { out } = await report(preview({ op: "delete", urn: segmentUrn("a|b"), oldState: segmentState() }));
    expect(out).toContain("Segment `a|b` of `shop/dev` is deleted.");
  });

  it("with markup, mentions and references in a value", async () => {
    const state = (zone: string) => ({ ...segmentState(), inputs: { eipMask: 28, zone } });
    const urn = segmentUrn("egress");
    const oldState = state("<img src=x>");
    const newState = state("[x](y) @team #1 | `");
    const { out } = await report(preview({ op: "update", urn, oldState, newState }));
    expect(out).toContain("`zone`: `<img src=x>` → `` [x](y) @team #1 \\| ` `` |");
  });

  it("with markup, mentions and references in a region", async () => {
    const oldState = segmentState({ regionId: "<b>@team #1 &commat;team" });
    const { out } = await report(preview({ op: "delete", urn: segmentUrn("egress"), oldState }));
    expect(out).toContain(", \\<b\\>@&#8203;team #&#8203;1 &amp;commat;team)");
  });

  it("with a fence in the error of a preview", async () => {
    const diagnostics = [{ severity: "error", message: "boom @team\n```\n<b>" }];
    const { out } = await report(JSON.stringify({ steps: [], diagnostics }));
    expect(out).toContain("````text\nboom @team\n```\n<b>\n````");
  });
});
