import type { Loss, Report } from "./report";
import { changesBlocks, isComplete, isLost, lostAddresses, maybeInUse } from "./report";

/**
 * The report for machines.
 *
 * - `complete`: false when a preview failed
 * - `losesAddresses`, `losesAddressesInUse`: what `--fail-on-loss` and `--fail-on-loss=in-use` go by
 * - `stacks[].segments[]`: every segment that is touched, with `released` blocks and what is known of their addresses
 */
export function renderJson(report: Report): string {
  const { stacks, losses } = report;
  const lost = losses.filter(isLost);
  const document = {
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
      })),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function releasedBlock({ block, look }: Loss): object {
  const { addresses = [], ...rest } = block;
  switch (look.seen) {
    case "gone":
      return { ...rest, gone: true };
    case "addresses":
      return {
        ...rest,
        looked: true,
        unlisted: look.unlisted,
        addresses: look.addresses.map(({ attachedTo = null, ...address }) =>
          block.secret ? { attachedTo } : { ...address, attachedTo },
        ),
      };
    case "nothing":
      return {
        ...rest,
        looked: false,
        notLookedBecause: look.why,
        addresses: addresses.map((ipAddress) => ({ ipAddress })),
      };
  }
}
