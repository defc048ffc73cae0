import { writeFileSync } from "node:fs";
import type { Clock } from "../../provider/util/clock";
import { systemClock } from "../../provider/util/clock";
import { readSettings } from "../../provider/settings/settings";
import { questions } from "../../simulator/questions";
import type { QuestionId } from "../../simulator/questions";
import { openRawApi } from "../cloud/raw-api";
import { noConfig, readStackConfig } from "../cloud/stack-config";
import { CommandFailure, messageOf } from "../command-failure";
import { exitCodes } from "../exit-codes";
import type { ExitCode } from "../exit-codes";
import { textAt } from "../json-values";
import type { Terminal } from "../terminal";
import { interview } from "./interview";
import { Journal } from "./journal";
import { Life } from "./segment-lifecycle";
import { Probe } from "./probe";
import { questionList } from "./question-list";
import { differs, markdownOf, reportOf } from "./report";

export interface VerifyOptions {
  /** Stack whose configuration is read; the environment alone without one. */
  stack?: string;
  /** Prints the questions, and does nothing else. */
  list?: boolean;
  /** Skips the confirmation. */
  yes?: boolean;
  /** Ids of the questions to ask. */
  only?: string[];
  /** Time limit in minutes; the release comes after it. */
  minutes: number;
  /** Path of the reports without their extensions. */
  report: string;
}

/** Time in ms that the release has when the time limit is over. */
const releaseMs = 600_000;

/**
 * Measures the open questions of `docs/unverified.md` in an account: allocates a segment, asks, releases it, and writes a report.
 *
 * @returns The failure code when something may be left; a later run releases it.
 * @throws CommandFailure before anything is sent that changes something.
 */
export async function verify(
  terminal: Terminal,
  options: VerifyOptions,
  clock: Clock = systemClock,
): Promise<ExitCode> {
  if (options.list === true) {
    terminal.out(questionList().trimStart());
    return exitCodes.ok;
  }
  const only = (options.only ?? []).map(questionOf);
  const { environment } = terminal;
  const config = options.stack === undefined ? noConfig : await readStackConfig(environment, options.stack);
  const settings = readSettings(config, environment);
  const { region: regionId } = settings;
  if (regionId === undefined)
    throw new CommandFailure("No region is set. Set ALICLOUD_REGION, or use --stack.");
  const api = openRawApi(settings, regionId);
  const identity = await api({ service: "sts", action: "GetCallerIdentity" });
  const accountId = identity.kind === "reply" ? textAt(identity.body, "AccountId") : undefined;
  if (accountId === undefined)
    throw new CommandFailure("STS did not return the account. Run `npx --no eip-segment doctor`.");
  const journal = Journal.of(environment);
  const left = journal.of(accountId, regionId).length;
  if (options.yes !== true) await confirm(terminal, regionId, accountId, left);

  const startedAt = clock.now();
  const log = (line: string): void => {
    terminal.err(`${line}\n`);
  };
  const probe = new Probe(api, clock, settings.allocatePerMinute, startedAt + releaseMs);
  const life = new Life(probe, journal, accountId, regionId, log);
  if (left > 0) await life.releaseAll();
  probe.endsAt = clock.now() + options.minutes * 60_000;
  void terminal.untilInterrupted().then(() => {
    log("Interrupted: releasing the segment.");
    probe.endsAt = 0;
  });
  await interview(life, only);
  const isReleased = await cleanUp(life, log);
  const facts = {
    regionId,
    startedAt: new Date(startedAt).toISOString(),
    seconds: Math.round((clock.now() - startedAt) / 1000),
  };
  const findings = [...life.findings.values()];
  writeFileSync(`${options.report}.md`, markdownOf(findings, facts));
  writeFileSync(`${options.report}.json`, `${JSON.stringify(reportOf(findings, facts), null, 2)}\n`);
  const measured = findings.filter(({ answer }) => answer !== "not measured");
  const other = findings.filter(differs);
  terminal.out(
    `${measured.length} of ${findings.length} questions measured, ${other.length} differ from the assumption` +
      `${other.length === 0 ? "" : `: ${other.map(({ question }) => question).join(", ")}`}. ` +
      `Reports: ${options.report}.md, ${options.report}.json\n`,
  );
  return isReleased ? exitCodes.ok : exitCodes.failure;
}

async function cleanUp(life: Life, log: (line: string) => void): Promise<boolean> {
  const { probe, journal } = life;
  probe.endsAt = probe.clock.now() + releaseMs;
  try {
    await life.releaseAll();
    return true;
  } catch (error) {
    log(
      `A segment may be left: ${messageOf(error)} Run \`npx --no eip-segment verify\` again. ${journal.path} names it.`,
    );
    return false;
  }
}

function questionOf(id: string): QuestionId {
  if (Object.hasOwn(questions, id)) return id as QuestionId;
  const valid = Object.keys(questions).join(", ");
  throw new CommandFailure(`There is no question ${id}. Valid: ${valid}.`, exitCodes.usage);
}

async function confirm(terminal: Terminal, regionId: string, accountId: string, left: number): Promise<void> {
  terminal.err(
    `This allocates one /28 segment (16 EIPs, PayByTraffic, 1 Mbit/s) in ${regionId} of account ${accountId}, changes its EIPs, and ` +
      "releases it after a few minutes. Depending on the cloud's answers, up to four more are allocated and released. The vendor bills " +
      "EIPs that are not associated with anything. Nothing that this command did not allocate is changed.\n" +
      (left > 0 ? `First, it releases what an earlier run may have left: ${left} requests.\n` : ""),
  );
  if (!terminal.inputIsTerminal) {
    throw new CommandFailure(
      "The input is not a terminal, so nobody can confirm this. Use --yes.",
      exitCodes.usage,
    );
  }
  terminal.err(`Type ${regionId} to continue: `);
  if ((await terminal.readLine()).trim() !== regionId)
    throw new CommandFailure(
      "Not confirmed, so nothing was done. Run the command again and type the region.",
    );
}
