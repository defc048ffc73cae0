import type { VpcApi } from "../client/vpc-api";
import type { Clock } from "../util/clock";
import type { SegmentWatch } from "../cloud/segment-watch";
import type { CreationPace } from "./creation-pace";
import type { ProcessMemory } from "./process-memory";
import type { Settings } from "../settings/settings";

/** What every verb works with; tests put their own in its place. */
export interface Deps {
  api: VpcApi;
  clock: Clock;
  settings: Settings;
  watch: SegmentWatch;
  memory: ProcessMemory;
  /** Absent where no rate is kept. */
  pace?: CreationPace;
  /** One line for the user, under the stack's diagnostics. */
  say: (line: string) => void;
}
