import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runCli } from "./support/run-cli";
import { whileUp } from "./support/simulate-cli";

const folder = mkdtempSync(join(tmpdir(), "eip-segment-save-"));
const file = join(folder, "cloud.json");

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the control path shows of the cloud. */
async function stateOf(environment: Record<string, string>): Promise<unknown> {
  const { ALIBABA_CLOUD_ENDPOINT_VPC: endpoint = "" } = environment;
  return (await fetch(`${endpoint}/_simulator/snapshot`)).json();
}

const post = (environment: Record<string, string>, path: string, body: unknown) =>
  fetch(`${environment.ALIBABA_CLOUD_ENDPOINT_VPC ?? ""}/_simulator/${path}`, {
    method: "POST",
    body: JSON.stringify(body),
  });

describe("simulate --save", () => {
  it("writes a file that seeds the same cloud, and can be written again by that run", async () => {
    const seed = join(folder, "seed.json");
    const first = {
      settings: { quota: 100 },
      segments: [
        { eipMask: 28, attach: [{ instanceId: "i-web1" }] },
        { eipMask: 27, tags: { team: "edge" } },
      ],
    };
    writeFileSync(seed, JSON.stringify(first));
    const saving = await whileUp(["--seed", seed, "--save", file], async (environment) => {
      await post(environment, "addresses/203.0.113.5/associate", { instanceId: "ngw-1" });
      return stateOf(environment);
    });
    expect(saving).toMatchObject({ exitCode: 0, err: `Saved the simulated cloud to ${file}.\n` });
    const saved: unknown = JSON.parse(readFileSync(file, "utf8"));
    expect(saved).toEqual({ settings: { quota: 100 }, snapshot: saving.answer });
    const again = await whileUp(["--seed", file, "--save", file], stateOf);
    expect(again.answer).toEqual(saving.answer);
    expect(again.out).toContain("203.0.113.0/28 cn-hangzhou");
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(saved);
  });

  it("leaves a saved stack's ids alone beside segments that the seed adds", async () => {
    const saved = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    const more = join(folder, "more.json");
    writeFileSync(more, JSON.stringify({ ...saved, segments: [{ eipMask: 28 }] }));
    const { out } = await whileUp(["--seed", more], () => Promise.resolve());
    expect(out.match(/^# eipsg-\S+ \S+/gm)?.map((line) => line.split(" ")[2])).toEqual([
      "203.0.113.0/28",
      "203.0.113.32/27",
      "203.0.113.16/28",
    ]);
  });

  it("saves what a command left, too, and ends with the command's exit code", async () => {
    const script = "process.exit(5)";
    const argv = ["simulate", "--save", file, "--", process.execPath, "-e", script];
    expect(await runCli(argv)).toMatchObject({ exitCode: 5, err: `Saved the simulated cloud to ${file}.\n` });
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      snapshot: { segments: [], poolAddresses: [], clientTokens: [] },
    });
  });

  it("says before it starts that the folder cannot be written to", async () => {
    const path = join(folder, "missing", "cloud.json");
    expect(await runCli(["simulate", "--save", path])).toEqual({
      exitCode: 1,
      out: "",
      err: `eip-segment: ${path} cannot be written: ENOENT.\n`,
    });
  });

  it("refuses a snapshot that is none in one line", async () => {
    writeFileSync(file, JSON.stringify({ snapshot: { segments: [] } }));
    const { exitCode, err } = await runCli(["simulate", "--seed", file]);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^eip-segment: The simulator refuses .*poolAddresses.*\n$/);
  });
});

describe("simulate --host", () => {
  it("warns that everybody who reaches the port may do everything", async () => {
    const { err, out } = await runCli(["simulate", "--host", "0.0.0.0"]);
    const port = /VPC=http:\/\/127\.0\.0\.1:(\d+)$/m.exec(out)?.[1] ?? "";
    expect(err).toBe(
      `eip-segment: The simulator listens on 0.0.0.0, port ${port}, and protects nothing: its control path requires no key. ` +
        "Anyone who reaches the port can read and change the simulated cloud.\n",
    );
  });

  it.each(["127.0.0.1", "127.0.0.2", "localhost"])("says nothing about %s", async (host) => {
    const { err, exitCode, out } = await runCli(["simulate", "--host", host]);
    expect({ err, exitCode }).toEqual({ err: "", exitCode: 0 });
    expect(out).toContain(`http://${host}:`);
  });

  it("refuses an address that this machine does not have", async () => {
    expect(await runCli(["simulate", "--host", "192.0.2.7"])).toMatchObject({
      exitCode: 1,
      err: "eip-segment: 192.0.2.7 is no address of this machine. Set --host to one that is.\n",
    });
  });
});
