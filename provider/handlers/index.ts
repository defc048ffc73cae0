import type { Verbs } from "../util/verbs";
import { serializable, withErrorBoundary } from "./engine-protocol";
import { check } from "./check";
import { create } from "./create";
import { remove } from "./delete";
import { diff } from "./diff";
import { read } from "./read";
import { sharedRun } from "./run";
import { update } from "./update";

/** The verbs that stored providers load, by the name `pulumi-alicloud-eip-segment/internal/handlers`. */
const verbs: Verbs = {
  check: (config, olds, news) =>
    withErrorBoundary("Check", () => serializable(check(sharedRun(config), olds, news))),
  diff: (config, id, olds, news) => withErrorBoundary("Diff", () => diff(sharedRun(config), id, olds, news)),
  create: async (config, inputs) => serializable(await create(sharedRun(config), inputs)),
  read: (config, id, props = {}) =>
    withErrorBoundary("Read", async () => serializable(await read(sharedRun(config), id, props))),
  update: async (config, id, olds, news) => serializable(await update(sharedRun(config), id, olds, news)),
  delete: (config, id, props) => withErrorBoundary("Delete", () => remove(sharedRun(config), id, props)),
};

export = verbs;
