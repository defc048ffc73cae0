import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate, setTimeout as delay } from "node:timers/promises";

import type { Terminal } from "../../../cli/terminal";
import { verify } from "../../../cli/verify/command";
import type { VerifyOptions } from "../../../cli/verify/command";
import type { Clock } from "../../../provider/util/clock";
import { type Simulator, startSimulator } from "../../../simulator";
import { allAnswers } from "../../../simulator/questions";
import type { Answer } from "../../../simulator/questions";
import { Probe } from "../../../cli/verify/probe";
import { openRawApi } from "../../../cli/cloud/raw-api";
import { readSettings } from "../../../provider/settings/settings";
import { runCli } from "./support/run-cli";

/** Time that passes only while somebody sleeps. */
class SleepingClock implements Clock {
  private time = Date.now();

  readonly now = (): number => this.time;

  async sleep(ms: number): Promise<void> {
    await setImmediate();
    this.time += ms;
  }
}

let simulator: Simulator;
let folder: string;
let clock: SleepingClock;
let stranger: string;

const free = { quota: 100_000, rateLimits: false, frequentPurchaseGuard: false };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "verify-"));
  clock = new SleepingClock();
  simulator = await startSimulator({
    ...{ ...free, now: clock.now },
    progression: { kind: "time", allocateMs: 4000, releaseMs: 3000 },
  });
  stranger = await allocateStranger();
});

afterEach(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true });
});

/** A segment of somebody else, ready for use. */
async function allocateStranger(): Promise<string> {
  const settings = readSettings({ get: () => undefined }, simulator.environment);
  const probe = new Probe(openRawApi(settings, "cn-hangzhou"), clock, 6, Infinity);
  await probe.send("AllocateEipSegmentAddress", { EipMask: "28" });
  await clock.sleep(60_000);
  return live()[0] ?? "";
}

interface Report {
  findings: { question: string; answer: string; saw: string; exchanges: object[] }[];
}

async function run(
  options: Partial<VerifyOptions> = {},
  terminal: Partial<Terminal> = {},
  time: Clock = clock,
): Promise<{ exitCode: number; err: string; out: string }> {
  const printed = { out: "", err: "" };
  const exitCode = await verify(
    {
      out: (text) => (printed.out += text),
      err: (text) => (printed.err += text),
      readInput: () => Promise.resolve(new Uint8Array()),
      readLine: () => Promise.resolve(""),
      untilInterrupted: () => new Promise(() => undefined),
      inputIsTerminal: true,
      outputIsTerminal: false,
      environment: { ...simulator.environment, PULUMI_HOME: folder },
      ...terminal,
    },
    { yes: true, minutes: 12, report: join(folder, "report"), ...options },
    time,
  );
  return { exitCode, ...printed };
}

const textOfReport = (): string => readFileSync(join(folder, "report.json"), "utf8");

const answers = (): Record<string, string> =>
  Object.fromEntries(
    (JSON.parse(textOfReport()) as Report).findings.map(({ question, answer }) => [question, answer]),
  );

const live = (): string[] => simulator.segments().map(({ id }) => id);

/** Alternatives that no run can see: an allocation does not fail at will, and nobody waits for ever. */
const unmeasurable: readonly string[] = [
  "failed-allocation=failed-status",
  "token-memory=forever",
] satisfies Answer[];

const measurable = allAnswers.filter((answer) => !unmeasurable.includes(answer));

describe("the report", () => {
  it("names no difference where the cloud answers as assumed, and nothing is left", async () => {
    const before = simulator.segments();
    const { exitCode } = await run();
    expect(exitCode).toBe(0);
    const all = answers();
    expect(Object.entries(all).filter(([, answer]) => answer !== "assumed")).toEqual([
      ["token-in-progress", "not measured"],
      ["failed-allocation", "not measured"],
    ]);
    expect(simulator.segments()).toEqual(before);
  });

  it.each(measurable)("names %s", async (answer) => {
    const [question = "", alternative = ""] = answer.split("=");
    const before = simulator.segments();
    simulator.configure({ answers: { [question]: alternative } });
    const overlap = question === "token-in-progress" ? holdFirstAllocation() : undefined;
    const { exitCode } = await run(overlap === undefined ? {} : { only: [question] });
    await overlap;
    expect(answers()[question]).toBe(alternative);
    const others = Object.entries(answers()).filter(
      ([other, found]) => other !== question && !["assumed", "not measured"].includes(found),
    );
    expect(others).toEqual([]);
    expect(exitCode).toBe(0);
    expect(simulator.segments()).toEqual(before);
  });

  it.each(["none", "seconds"])(
    "names token-memory=%s where the quota has no room for more",
    async (memory) => {
      simulator.configure({ answers: { "token-memory": memory }, quota: 32 });
      await run();
      expect(answers()).toMatchObject({ "token-memory": memory });
    },
  );

  it("holds no id, address, account or key", async () => {
    await run();
    const text = textOfReport() + readFileSync(join(folder, "report.md"), "utf8");
    const secrets = [...Object.values(simulator.environment).slice(0, 2), stranger, "1234567890123456"];
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/eip(sg)?-bp1[a-z0-9]{10}|203\.0\.113\./);
  });
});

/** Holds the first request for a segment until the second one has been answered. */
async function holdFirstAllocation(): Promise<void> {
  const held = simulator.hold({ action: "AllocateEipSegmentAddress", point: "before" });
  await held.reached;
  const count = (): number =>
    simulator.log.filter(({ action, code }) => action === "AllocateEipSegmentAddress" && code !== undefined)
      .length;
  while (count() === 0) await setImmediate();
  held.release();
}

it("releases what a killed run left, and nothing else", async () => {
  simulator.hold({ action: "AllocateEipSegmentAddress", point: "after", match: { Bandwidth: "1" } });
  // A run that never sleeps to its end is a dead one: neither the held request nor a pause returns.
  const dead: Clock = { now: clock.now, sleep: () => new Promise(() => undefined) };
  void run({ only: ["ip-count"] }, {}, dead);
  while (live().length < 2) await delay(5);
  const { exitCode, err } = await run({ only: ["absent-eip"] });
  expect(exitCode).toBe(0);
  expect(err).toContain("Releasing segment");
  expect(live()).toEqual([stranger]);
  expect(readFileSync(join(folder, "eip-segment", "verify.json"), "utf8")).toBe("[]\n");
});

it("does not take a refusal by RAM for an answer of the cloud", async () => {
  const [accessKeyId = "", accessKeySecret = ""] = Object.values(simulator.environment);
  const account = { accountId: "1234567890123456", accessKeyId, accessKeySecret };
  simulator.configure({ accounts: [{ ...account, deniedActions: ["TagResources", "MoveResourceGroup"] }] });
  await run({ only: ["tag-eips", "move-group", "modify-bandwidth"] });
  expect(answers()).toEqual({
    "tag-eips": "not measured",
    "move-group": "not measured",
    "modify-bandwidth": "assumed",
  });
});

it("asks one question only", async () => {
  await run({ only: ["absent-eip"] });
  expect(answers()).toEqual({ "absent-eip": "assumed" });
  expect(live()).toEqual([stranger]);
});

it("releases the segment when it is interrupted or the time is over", async () => {
  const held = simulator.hold({ action: "ModifyEipAddressAttribute", point: "before" });
  let interrupt: () => void = () => undefined;
  const ended = run({}, { untilInterrupted: () => new Promise((resolve) => (interrupt = resolve)) });
  await held.reached;
  interrupt();
  held.release();
  expect((await ended).exitCode).toBe(0);
  expect(answers()["modify-bandwidth"]).toBe("not measured");
  expect(live()).toEqual([stranger]);
  await run({ minutes: 0 });
  expect(Object.values(answers())).not.toContain("assumed");
});

it("prints the questions", async () => {
  const { out } = await runCli(["verify", "--list"]);
  expect(out).toContain("- `after-grace`: after 45 seconds");
});

describe("before anything is sent that changes something", () => {
  it.each([["cn-beijing"], [""]])("stops when %j is typed instead of the region", async (line) => {
    await expect(run({ yes: false }, { readLine: () => Promise.resolve(line) })).rejects.toThrow(
      "Not confirmed, so nothing was done. Run the command again and type the region.",
    );
    expect(live()).toEqual([stranger]);
    expect(existsSync(join(folder, "report.md"))).toBe(false);
  });

  it("says what it does, and goes on once the region is typed", async () => {
    const only = { yes: false, only: ["absent-segment"] };
    const { err } = await run(only, { readLine: () => Promise.resolve("cn-hangzhou") });
    expect(err).toContain("allocates one /28 segment (16 EIPs, PayByTraffic, 1 Mbit/s) in cn-hangzhou");
  });

  it("refuses an unknown question, and to run unattended without --yes", async () => {
    const environment = { ...simulator.environment, PULUMI_HOME: folder };
    const unknown = await runCli(["verify", "--yes", "--only", "colour"], { environment });
    expect(unknown).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("There is no question colour. Valid: token-memory, ") as unknown,
    });
    expect(await runCli(["verify"], { environment, input: "" })).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("Use --yes.") as unknown,
    });
  });
});
