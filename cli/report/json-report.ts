import type { BlockJson, ReleasedBlockJson, ReportJson } from "../schemas/report";
import type { BlockCheck } from "./check-blocks";
import type { Loss, Report } from "./report";
import { changesBlocks, isComplete, isLost, lostAddresses, maybeInUse } from "./report";
import type { Block } from "./segment-change";

/** The report for machines, as `schemas/report.v1.json` describes it. */
export function renderJson(report: Report): string {
  const { stacks, losses } = report;
  const lost = losses.filter(isLost);
  const document: ReportJson = {
    schemaVersion: 1,
    complete: isComplete(report),
    changesBlocks: changesBlocks(report),
    losesAddresses: lost.length > 0,
    losesAddressesInUse: lost.some(maybeInUse),
    lostAddresses: lostAddresses(report) ?? null,
    stacks: stacks.map(({ segments, ...stack }) => ({
      ...stack,
      segments: segments.map((change) => ({
        ...change,
        released: losses.filter((loss) => loss.change === change).map(releasedBlock),
        retained: change.retained.map(blockJson),
        gone: change.gone && blockJson(change.gone),
      })),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const blockJson = ({ addresses = [], ...block }: Block): BlockJson => ({
  ...block,
  addresses: addresses.map((ipAddress) => ({ ipAddress })),
});

const releasedBlock = (loss: Loss): ReleasedBlockJson => ({
  ...blockJson(loss.block),
  mayBeInUse: maybeInUse(loss),
  ...lookup(loss.check, loss.block.secret),
});

function lookup(
  check: BlockCheck,
  isSecret: boolean,
): Pick<ReleasedBlockJson, "lookup"> & Partial<ReleasedBlockJson> {
  switch (check.seen) {
    case "gone":
      return { lookup: "gone" };
    case "nothing":
      return { lookup: "not checked", reason: check.why };
    case "addresses":
      return {
        lookup: "listed",
        unlisted: check.unlisted,
        addresses: check.addresses.map(({ attachedTo = null, ...address }) =>
          isSecret ? { attachedTo } : { ...address, attachedTo },
        ),
      };
  }
}
