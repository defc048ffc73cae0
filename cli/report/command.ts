import { CommandFailure } from "../command-failure";
import { exitCodes } from "../exit-codes";
import { readInputs } from "../inputs";
import { lateModules } from "../late-modules";
import type { Terminal } from "../terminal";
import { renderJson } from "./json-report";
import type { Look } from "./look";
import { renderMarkdown } from "./markdown";
import { parsePreviews } from "./preview";
import { changesOf } from "./preview-changes";
import type { Report } from "./report";
import { blockName, isLost, makeReport, maybeInUse, releasedBlocks } from "./report";
import type { Block } from "./segment-change";

/** Which losses end the command with exit code 3. */
export type FailOnLoss = "any" | "in-use";

export interface ReportOptions {
  json?: boolean;
  failOnLoss?: FailOnLoss;
  /** Characters of Markdown that whoever takes the report allows; no limit when absent. */
  maxLength?: number;
  /** False with `--no-look`. */
  look: boolean;
}

/**
 * Prints what previews do to public addresses.
 *
 * @throws CommandFailure when the input is no preview, when a preview failed, or when addresses would be lost that may not.
 */
export async function report(
  terminal: Terminal,
  files: readonly string[],
  options: ReportOptions,
): Promise<void> {
  const inputs = await readInputs(terminal, files, "the output of `pulumi preview --json`");
  const stacks = inputs.flatMap(parsePreviews).map(changesOf);
  const blocks = releasedBlocks(stacks);
  const made = makeReport(stacks, await looks(terminal, blocks, options.look));
  terminal.out(options.json === true ? renderJson(made) : renderMarkdown(made, options.maxLength));
  refuseFailedPreview(made);
  if (options.failOnLoss !== undefined) {
    refuseLoss(made, options.failOnLoss);
  }
}

async function looks(terminal: Terminal, blocks: readonly Block[], allowed: boolean): Promise<Look[]> {
  if (!allowed) {
    return blocks.map(() => ({ seen: "nothing", why: "--no-look was given." }));
  }
  return blocks.length === 0 ? [] : lateModules.look().lookAtBlocks(terminal.environment, blocks);
}

function refuseLoss({ losses }: Report, which: FailOnLoss): void {
  const refused = losses.filter((loss) => isLost(loss) && (which === "any" || maybeInUse(loss)));
  if (refused.length > 0) {
    const names = refused.map(({ block, change }) => `${blockName(block)} of ${change.name}`).join(", ");
    const use = which === "any" ? "" : "that are or may be in use ";
    throw new CommandFailure(`Addresses ${use}would be lost: ${names}.`, exitCodes.loss);
  }
}

/** A preview that failed says nothing about what it did not come to. */
function refuseFailedPreview({ stacks }: Report): void {
  const failed = stacks.filter(({ errors }) => errors.length > 0);
  if (failed.length > 0) {
    const names = failed.map(({ stack }) => stack ?? "a stack").join(", ");
    throw new CommandFailure(`The report is incomplete, because the preview of ${names} failed.`);
  }
}
