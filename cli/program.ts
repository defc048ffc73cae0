import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { regions } from "../simulator/regions";
import { CommandFailure, messageOf } from "./command-failure";
import type { DoctorOptions } from "./doctor/command";
import { exitCodes } from "./exit-codes";
import { helpTexts } from "./help-texts";
import { lazyImports } from "./lazy-imports";
import type { ListOptions } from "./list/command";
import type { OrphansOptions } from "./orphans/command";
import { packageVersion } from "../simulator/package-version";
import { report } from "./report/command";
import type { FailOnLoss, ReportOptions } from "./report/command";
import type { SimulateOptions } from "./simulate/command";
import type { Terminal } from "./terminal";
import type { VerifyOptions } from "./verify/command";

/**
 * Runs the command line `eip-segment`.
 *
 * @param argv - Arguments without the executable.
 * @returns The exit code. Errors are printed on the terminal's error output.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const end = (code: number): void => {
    exitCode = code;
  };
  try {
    await createProgram(terminal, end).parseAsync(withValues(argv), { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed it already, help and version included.
      return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    }
    terminal.err(`eip-segment: ${messageOf(error)}\n`);
    return error instanceof CommandFailure ? error.exitCode : exitCodes.failure;
  }
}

/** An option that takes a value or none would take the name of a file after it for its value. */
function withValues(argv: readonly string[]): string[] {
  const own = argv.includes("--") ? argv.indexOf("--") : argv.length;
  return argv.map((argument, index) =>
    argument === "--fail-on-loss" && index < own ? "--fail-on-loss=any" : argument,
  );
}

function createProgram(terminal: Terminal, end: (exitCode: number) => void): Command {
  const program = new Command("eip-segment")
    .description(
      "Reports the public addresses that a change would lose, lists segments and orphans, checks your set-up, and simulates the API.",
    )
    .version(packageVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.out(text);
      },
      writeErr: (text) => {
        terminal.err(text);
      },
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showSuggestionAfterError()
    // Lets `simulate` leave the options after a command to that command.
    .enablePositionalOptions()
    .addHelpText("after", helpTexts.program);
  addReport(program, terminal);
  addList(program, terminal);
  addOrphans(program, terminal);
  addDoctor(program, terminal, end);
  addVerify(program, terminal, end);
  addSimulate(program, terminal, end);
  return program;
}

function addReport(program: Command, terminal: Terminal): void {
  program
    .command("report")
    .summary("report what a `pulumi preview --json` does to public addresses")
    .description(helpTexts.reportDescription)
    .argument("[preview...]", "files with the output of `pulumi preview --json` (default: standard input)")
    .option("--json", "print JSON instead of Markdown")
    .addOption(new Option("--only-changes", "print nothing if no address block changes").conflicts("json"))
    .addOption(
      new Option(
        "--fail-on-loss [any|in-use|number]",
        "exit with code 3 if addresses would be lost: any (the default), addresses in use, or more than a number",
      ).argParser(failOnLoss),
    )
    .addOption(numberOption("--max-length <characters>", "shorten the Markdown to this length, with a note"))
    .option("--no-check", "do not check what the addresses are attached to, and send no request")
    .addHelpText("after", helpTexts.report)
    .action((files: string[], options: ReportOptions) => report(terminal, files, options));
}

function addList(program: Command, terminal: Terminal): void {
  program
    .command("list")
    .summary("list the segments of an account")
    .description("Lists the segments of a region, or of all regions, with their use, owner and age.")
    .addOption(regionOption())
    .addOption(allRegionsOption())
    .option("--json", "print JSON; the default when the output is not a terminal")
    .addOption(new Option("--table", "print a table; the default on a terminal").conflicts("json"))
    .addHelpText("after", helpTexts.list)
    .action((options: ListOptions) => lazyImports.list().list(terminal, options));
}

function addOrphans(program: Command, terminal: Terminal): void {
  program
    .command("orphans")
    .summary("find live segments that no given state owns")
    .description(helpTexts.orphansDescription)
    .argument("[state...]", "files with the output of `pulumi stack export` (default: standard input)")
    .addOption(regionOption())
    .addOption(allRegionsOption())
    .option("--json", "print JSON")
    .addHelpText("after", helpTexts.orphans)
    .action((files: string[], options: OrphansOptions) =>
      lazyImports.orphans().orphans(terminal, files, options),
    );
}

function addDoctor(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  program
    .command("doctor")
    .summary("check versions, credentials, endpoints and permissions")
    .description(helpTexts.doctorDescription)
    .addOption(stackOption())
    .option("--json", "print JSON")
    .addHelpText("after", helpTexts.doctor)
    .action(async (options: DoctorOptions) => {
      end(await lazyImports.doctor().doctor(terminal, options));
    });
}

function addVerify(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  program
    .command("verify")
    .summary("measure undocumented behaviour of the API; allocates a segment")
    .description(helpTexts.verifyDescription)
    .addOption(stackOption())
    .option("--list", "print the questions with their answers as Markdown, and send no request")
    .option("--yes", "skip the confirmation")
    .addOption(listOption("--only <question>", "measure only this question; may be repeated"))
    .addOption(numberOption("--minutes <number>", "time limit of the measurements; the release follows", 15))
    .option(
      "--report <path>",
      "path of the reports, without the extensions .md and .json",
      "eip-segment-verify",
    )
    .addHelpText("after", helpTexts.verify)
    .action(async (options: VerifyOptions) => {
      end(await lazyImports.verify().verify(terminal, options));
    });
}

function addSimulate(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  program
    .command("simulate")
    .summary("simulate the API on a loopback port, to test programs without an account")
    .description(helpTexts.simulateDescription)
    .argument("[command...]", "command to run, with its options")
    .passThroughOptions()
    .option(
      "--host <address>",
      "address to listen on; with 0.0.0.0, other machines and containers have unprotected access",
      "127.0.0.1",
    )
    .addOption(numberOption("--port <number>", "port to listen on; 0: a free one", 0))
    .addOption(simulatedRegionOption())
    .addOption(numberOption("--allocate-ms <number>", "time a segment is Allocating", 3000))
    .addOption(numberOption("--release-ms <number>", "time a segment is Releasing", 1000))
    .addOption(numberOption("--associate-ms <number>", "time an EIP is Associating or Unassociating", 0))
    .addOption(numberOption("--quota <number>", "EIPs per account", 20))
    .addOption(
      new Option("--reserved <number>", "addresses of each segment that the cloud reserves")
        .choices(["0", "1", "3", "4"])
        .default("0"),
    )
    .option("--no-rate-limits", "do not limit Allocate to 6 and Release to 60 calls a minute")
    .option("--frequent-purchase-guard", "refuse more than twice the quota within an hour")
    .addOption(
      listOption(
        "--answer <question=answer>",
        "an alternative to assumed behaviour (`npx --no eip-segment verify --list`); may be repeated",
      ),
    )
    .addOption(listOption("--fault <json>", "a fault for later calls; may be repeated"))
    .option("--seed <file>", "initial content of the simulated cloud")
    .option("--save <file>", "write the content at the end, as a file for --seed")
    .option("--log", "print a line for each request on the error output")
    .addHelpText("after", helpTexts.simulate)
    .action(async (command: string[], options: SimulateOptions) => {
      end(await lazyImports.simulate().simulate(terminal, command, options));
    });
}

function failOnLoss(text: string): FailOnLoss {
  if (text === "any" || text === "in-use") return text;
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be any, in-use or a whole number of addresses.");
}

const allRegionsOption = (): Option =>
  new Option("--all-regions", "read all regions of the account").conflicts("region");

const regionOption = (): Option =>
  listOption("--region <id>", "region to read; may be repeated (default: the region of the environment)");

const stackOption = (): Option =>
  new Option("--stack <name>", "read this stack's configuration, then the environment");

const simulatedRegionOption = (): Option =>
  new Option("--region <id>", "region that the environment names")
    .default("cn-hangzhou")
    .argParser((text) => {
      if (!regions.has(text)) {
        throw new InvalidArgumentError("The simulator has no such region.");
      }
      return text;
    });

const listOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((value, list?: string[]) => [...(list ?? []), value]);

const numberOption = (flags: string, description: string, value?: number): Option =>
  new Option(flags, description).default(value).argParser((text) => {
    if (!/^\d+$/.test(text)) {
      throw new InvalidArgumentError("It must be a whole number.");
    }
    return Number(text);
  });
