import { runtimeOf } from "./runtime";
import type { ConfigSource } from "./settings/settings";
import { check as checkVerb } from "./check";
import type { CheckResult } from "./check";
import { create as createVerb } from "./create";
import type { CreateResult } from "./create";
import { remove } from "./delete";
import { diff as diffVerb } from "./diff";
import type { DiffResult } from "./diff";
import { read as readVerb } from "./read";
import type { ReadResult } from "./read";
import { update as updateVerb } from "./update";
import type { SegmentState } from "./state";

/**
 * The verbs that the stored provider calls, by names and arguments that must not change: providers stored by earlier
 * versions of this package call them too.
 */

type Properties = Record<string, unknown>;
type Config = ConfigSource | undefined;

// The verbs are async so that whatever they throw reaches the engine as a rejection.
/* eslint-disable @typescript-eslint/require-await */

/** See check.ts. */
export async function check(config: Config, olds: Properties, news: Properties): Promise<CheckResult> {
  return checkVerb(runtimeOf(config), olds, news);
}

/** See diff.ts. */
export async function diff(
  _config: Config,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<DiffResult> {
  return diffVerb(id, olds, news);
}

/** See create.ts. */
export async function create(config: Config, inputs: Properties): Promise<CreateResult> {
  return createVerb(runtimeOf(config), inputs);
}

/** See read.ts. */
export async function read(config: Config, id: string, props: Properties): Promise<ReadResult> {
  return readVerb(runtimeOf(config), id, props);
}

/** See update.ts. */
export async function update(
  config: Config,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<{ outs: SegmentState }> {
  return updateVerb(runtimeOf(config), id, olds, news);
}

/** See delete.ts. */
async function deleteVerb(config: Config, id: string, props: Properties): Promise<void> {
  return remove(runtimeOf(config), id, props);
}
export { deleteVerb as delete };
