import { CommandFailure } from "../command-failure";
import { exitCodes } from "../exit-codes";
import { readInputs } from "../input-texts";
import { lazyImports } from "../lazy-imports";
import type { Terminal } from "../terminal";
import { renderJson } from "./json-report";
import type { BlockCheck } from "./check-blocks";
import { renderMarkdown } from "./markdown";
import { parsePreviews } from "./preview";
import { changesOf } from "./preview-changes";
import type { Report } from "./report";
import {
  blockName,
  changesBlocks,
  isComplete,
  isLost,
  lostAddresses,
  makeReport,
  maybeInUse,
  releasedBlocks,
} from "./report";
import type { Block } from "./segment-change";

/** Which losses end the command with exit code 3: any, blocks that are or may be in use, or more addresses than a number. */
export type FailOnLoss = "any" | "in-use" | number;

export interface ReportOptions {
  json?: boolean;
  /** Print nothing when no address block changes. */
  onlyChanges?: boolean;
  failOnLoss?: FailOnLoss;
  /** Characters of Markdown that whoever takes the report allows; no limit when absent. */
  maxLength?: number;
  /** False with `--no-check`. */
  check: boolean;
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
  const made = makeReport(stacks, await checks(terminal, blocks, options.check));
  if (options.onlyChanges === true && isComplete(made) && !changesBlocks(made)) {
    terminal.err("eip-segment: No address block changes, so no report is printed.\n");
  } else {
    terminal.out(options.json === true ? renderJson(made) : renderMarkdown(made, options.maxLength));
  }
  refuseFailedPreview(made);
  if (options.failOnLoss !== undefined) {
    refuseLoss(made, options.failOnLoss);
  }
}

async function checks(terminal: Terminal, blocks: readonly Block[], allowed: boolean): Promise<BlockCheck[]> {
  if (!allowed) {
    return blocks.map(() => ({ seen: "nothing", why: "--no-check was given." }));
  }
  return blocks.length === 0 ? [] : lazyImports.checkBlocks().checkBlocks(terminal.environment, blocks);
}

function refuseLoss(made: Report, which: FailOnLoss): void {
  const refused = made.losses.filter((loss) => isLost(loss) && (which !== "in-use" || maybeInUse(loss)));
  const count = lostAddresses(made);
  if (refused.length === 0 || (typeof which === "number" && count !== undefined && count <= which)) {
    return;
  }
  const names = refused.map(({ block, change }) => `${blockName(block)} of ${change.name}`).join(", ");
  const lost =
    typeof which === "number"
      ? `${count ?? "An unknown number of"} addresses would be lost, and ${which} may be`
      : `Addresses ${which === "any" ? "" : "that are or may be in use "}would be lost`;
  throw new CommandFailure(`${lost}: ${names}.`, exitCodes.loss);
}

/** A preview that failed says nothing about what it did not come to. */
function refuseFailedPreview({ stacks }: Report): void {
  const failed = stacks.filter(({ errors }) => errors.length > 0);
  if (failed.length > 0) {
    const names = failed.map(({ stack }) => stack ?? "a stack").join(", ");
    throw new CommandFailure(
      `The report is incomplete, because the preview of ${names} failed. Correct its errors and run \`pulumi preview --json\` again.`,
    );
  }
}
