import type { Loss, Report } from "./report";
import { isLost, maybeInUse } from "./report";

/**
 * The report for machines.
 *
 * - `complete`: false when a preview failed
 * - `losesAddresses`, `losesAddressesInUse`: what `--fail-on-loss` and `--fail-on-loss=in-use` go by
 * - `stacks[].segments[]`: every segment that is touched, with `released` blocks and what is known of their addresses
 */
export function renderJson({ stacks, losses }: Report): string {
  const lost = losses.filter(isLost);
  const document = {
    version: 1,
    complete: stacks.every(({ errors }) => errors.length === 0),
    losesAddresses: lost.length > 0,
    losesAddressesInUse: lost.some(maybeInUse),
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
