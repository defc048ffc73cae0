import { codeBlock, codeSpan, plainText, tableRow, valueText } from "./markdown-text";
import { lossSection } from "./loss-section";
import type { StackChanges } from "./preview-changes";
import type { Report } from "./report";
import { blockName, isComplete, isLost, lostAddresses, maybeInUse } from "./report";
import type { Block, ChangeKind, SegmentChange, WantedBlock } from "./segment-change";

/** First line of the report, by which a pipeline finds its own comment again. */
export const marker = "<!-- eip-segment report -->";

/**
 * The report as Markdown, for the comment of a pull request.
 *
 * @param maxLength - Characters that the comment may have: a longer report is cut off at a line, and says so at its top.
 */
export function renderMarkdown(report: Report, maxLength = Infinity): string {
  const [title, ...sections] = [
    [marker, "## Public addresses", "", headline(report)].join("\n"),
    ...report.stacks.flatMap(failedPreview),
    ...changesTable(report),
    ...report.stacks.flatMap(renameHints),
    ...report.losses.filter(isLost).map(lossSection),
    others(report.stacks),
  ];
  const full = `${[title, ...sections].join("\n\n")}\n`;
  return full.length <= maxLength
    ? full
    : cutOff(`${[title, shortened(report), ...sections].join("\n\n")}\n`, maxLength);
}

const shortened = ({ losses }: Report): string =>
  `**This report is cut off: the whole one does not fit here.** Lost blocks in all: ${losses.filter(isLost).length}.`;

/** As many whole lines as fit. */
function cutOff(text: string, maxLength: number): string {
  return text.slice(0, text.lastIndexOf("\n", maxLength - 1) + 1);
}

function headline(report: Report): string {
  const { stacks, losses } = report;
  const lost = losses.filter(isLost);
  if (lost.length === 0) {
    const none = stacks.every(({ segments }) => segments.length === 0);
    const nothing = none ? "No EIP segment changes." : "No address is lost.";
    return !isComplete(report)
      ? `**A preview failed, so it is not known which addresses are lost.**`
      : `**${nothing}**`;
  }
  const blocks = lost.length === 1 ? "1 address block" : `${lost.length} address blocks`;
  const count = lostAddresses(report);
  const addresses = count === undefined ? "an unknown number of addresses" : plural(count, "address");
  const used = lost.filter(maybeInUse).length;
  const use = used === 0 ? ", none of them in use" : "";
  return `**This change releases ${blocks} (${addresses})${use}. Nothing guarantees that you get released addresses back.**`;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "es"}`;

function failedPreview({ stack, errors }: StackChanges): string[] {
  return errors.length === 0
    ? []
    : [
        `The preview of ${stackName(stack)} failed; what follows is incomplete.`,
        codeBlock(errors.map((error) => error.trim()).join("\n")),
      ];
}

function changesTable({ stacks, losses }: Report): string[] {
  const gone = new Set(losses.flatMap((loss) => (isLost(loss) ? [] : loss.block)));
  const rows = stacks.flatMap(({ stack, segments }) =>
    segments.map((change) =>
      tableRow([codeSpan(change.name), stackName(stack), kindWords[change.kind], what(change, gone)]),
    ),
  );
  return rows.length === 0
    ? []
    : [["| Segment | Stack | Change | What |", "| --- | --- | --- | --- |", ...rows].join("\n")];
}

const kindWords: Record<ChangeKind, string> = {
  created: "created",
  adopted: "adopted",
  updated: "updated in place",
  replaced: "**replaced**",
  deleted: "deleted",
  "release due": "old block released",
};

/**
 * What a change does, as the cell of a table.
 *
 * @param goneBlocks - Released blocks that a look did not find any more.
 */
function what(change: SegmentChange, goneBlocks: ReadonlySet<Block>): string {
  const { released, retained, gone, wanted, inputs, kind, reasons } = change;
  const absent = [
    ...released.filter((block) => goneBlocks.has(block)),
    ...(gone === undefined ? [] : [gone]),
  ];
  const parts = [
    ...inputs.map(({ input, from, to }) => `${codeSpan(input)}: ${valueText(from)} → ${valueText(to)}`),
    ...(kind === "replaced" && reasons.includes("id") ? ["the replacement was requested"] : []),
    ...released
      .filter((block) => !goneBlocks.has(block))
      .map(({ releasedFirst, ...block }) =>
        releasedFirst
          ? `loses ${codeSpan(blockName(block))} **before** the new block exists`
          : `loses ${codeSpan(blockName(block))}`,
      ),
    ...retained.map((block) => `${codeSpan(blockName(block))} stays in the account, in no stack`),
    ...absent.map((block) => `${codeSpan(blockName(block))} no longer exists`),
    ...(wanted === undefined ? [] : [gain(wanted)]),
  ];
  return parts.length === 0 ? "completes an interrupted run" : parts.join("; ");
}

function gain({ adopt, addresses, eipMask, regionId }: WantedBlock): string {
  if (adopt !== undefined) {
    return `adopts ${codeSpan(adopt)}`;
  }
  const where = regionId === undefined ? "" : ` in ${plainText(regionId)}`;
  return addresses === undefined
    ? `gets a new block${where}, mask ${valueText(eipMask)}`
    : `gets a new /${plainText(eipMask)} (${addresses} addresses)${where}`;
}

/** A segment deleted beside one created alike is most often a rename, which an alias makes harmless. */
function renameHints({ segments }: StackChanges): string[] {
  return segments
    .filter(({ kind, released }) => kind === "deleted" && released.length > 0)
    .flatMap(({ name, released }) => {
      const heir = segments.find(
        ({ kind, wanted }) => kind === "created" && wanted?.eipMask === released[0]?.eipMask,
      );
      return heir === undefined
        ? []
        : [
            `If ${codeSpan(heir.name)} is ${codeSpan(name)} under another name or parent, keep its addresses with the resource ` +
              `option ${codeSpan(`aliases: [{ name: "${name}" }]`)} (with its old ${codeSpan("parent")}, if that changed too).`,
          ];
    });
}

function others(stacks: readonly StackChanges[]): string {
  const counts = new Map<string, number>();
  for (const [op, count] of stacks.flatMap((one) => Object.entries(one.others))) {
    counts.set(op, (counts.get(op) ?? 0) + count);
  }
  const words = [...counts].map(([op, count]) => `${count} to ${plainText(op)}`);
  return `Other resources: ${words.length === 0 ? "no changes" : words.join(", ")}.`;
}

const stackName = (stack: string | undefined): string => (stack === undefined ? "a stack" : codeSpan(stack));
