import type { Verbs } from "../util/verbs";
import { atBorder } from "./border";
import { check } from "./check";
import { create } from "./create";
import { remove } from "./delete";
import { diff } from "./diff";
import { plain } from "./plain";
import { read } from "./read";
import { depsOf } from "./runtime";
import { update } from "./update";

/** The verbs that stored providers load, by the name `pulumi-alicloud-eip-segment/internal/handlers`. */
const verbs: Verbs = {
  check: (config, olds, news) => atBorder("check", () => plain(check(depsOf(config), olds, news))),
  diff: (config, id, olds, news) => atBorder("diff", () => diff(depsOf(config), id, olds, news)),
  create: async (config, inputs) => plain(await create(depsOf(config), inputs)),
  read: (config, id, props = {}) =>
    atBorder("read", async () => plain(await read(depsOf(config), id, props))),
  update: async (config, id, olds, news) => plain(await update(depsOf(config), id, olds, news)),
  delete: (config, id, props) => atBorder("delete", () => remove(depsOf(config), id, props)),
};

export = verbs;
