import type { AddressView } from "./eip";
import type { RememberedToken } from "./remembered-token";
import type { SegmentView } from "./segment";

/** Contents of the simulated cloud as JSON: {@link Simulator.snapshot}, {@link Simulator.restore}. */
export interface CloudSnapshot {
  readonly segments: readonly SegmentView[];
  /** EIPs of public IP address pools, which belong to no segment. */
  readonly poolAddresses: readonly AddressView[];
  /** ClientTokens with the replies that repetitions get. */
  readonly clientTokens: readonly RememberedToken[];
}
