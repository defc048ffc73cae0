import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";

import type { Verbs } from "../../../../provider/util/verbs";
import type { Declaration } from "../../../lifecycle/engine-model";

/** One call as the provider wrote it down. */
export interface RecordedCall {
  verb: string;
  name: string;
  id?: string;
  /** Of check: whether it was given the inputs of the last run. */
  olds?: boolean;
}

/**
 * Text of a dynamic provider that writes every call into a file. `kind` replaces its resource and `size` updates it;
 * `refused` makes create fail before there is a resource, `broken` makes create and update fail once it is there. Files beside
 * the log make a resource vanish or its deletion fail.
 */
const providerText = (log: string): string => `{
  log: ${JSON.stringify(log)},
  note(entry) { require("fs").appendFileSync(this.log, JSON.stringify(entry) + "\\n"); },
  marked(id, mark) { return require("fs").existsSync(this.log + "." + id + "." + mark); },
  end(id, outs) {
    if (outs.broken) throw Object.assign(new Error("broken"), { id, properties: outs, reasons: ["broken"] });
    return { id, outs };
  },
  async check(olds, news) {
    this.note({ verb: "check", name: news.name, olds: olds.name !== undefined });
    const { __origin, ...inputs } = news;
    return { inputs, failures: [] };
  },
  async diff(id, olds, news) {
    this.note({ verb: "diff", name: news.name, id });
    const replaces = olds.kind === news.kind ? [] : ["kind"];
    return { changes: replaces.length > 0 || olds.size !== news.size, replaces };
  },
  async create(inputs) {
    if (inputs.refused) {
      this.note({ verb: "create", name: inputs.name });
      throw new Error("refused");
    }
    const made = this.log + ".made";
    require("fs").appendFileSync(made, inputs.name + ";");
    const id = inputs.name + "-" + require("fs").readFileSync(made, "utf8").split(";").filter((one) => one === inputs.name).length;
    this.note({ verb: "create", name: inputs.name, id });
    return this.end(id, inputs);
  },
  async read(id, props) {
    this.note({ verb: "read", name: props.name, id });
    return this.marked(id, "gone") ? {} : { id, props };
  },
  async update(id, olds, news) {
    this.note({ verb: "update", name: news.name, id });
    return this.end(id, news);
  },
  async delete(id, props) {
    this.note({ verb: "delete", name: props.name, id });
    if (this.marked(id, "stuck")) throw new Error("stuck");
  },
}`;

/** A program for the real engine whose resources have the recording provider. */
export function recordingProgram(log: string, declarations: readonly Declaration[]): string {
  const resources = declarations.map(({ name, args, aliases = [], ...options }) => {
    const given = { ...options, aliases: aliases.map((alias) => ({ name: alias })) };
    return `new Recorded(${JSON.stringify(name)}, ${JSON.stringify(args)}, ${JSON.stringify(given)});`;
  });
  return [
    `"use strict";`,
    `const pulumi = require("@pulumi/pulumi");`,
    `const provider = ${providerText(log)};`,
    `class Recorded extends pulumi.dynamic.Resource {`,
    `  constructor(name, props, opts) { super(provider, name, props, opts); }`,
    `}`,
    ...resources,
  ].join("\n");
}

/** The very same provider for the model of the engine. */
export function recordingVerbs(log: string): Verbs {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is what the real engine runs.
  const make = new Function("require", `return ${providerText(log)};`) as (
    load: NodeJS.Require,
  ) => Record<keyof Verbs, (...args: unknown[]) => Promise<never>>;
  const provider = make(require);
  return {
    check: (_config, ...args) => provider.check(...args),
    diff: (_config, ...args) => provider.diff(...args),
    create: (_config, ...args) => provider.create(...args),
    read: (_config, ...args) => provider.read(...args),
    update: (_config, ...args) => provider.update(...args),
    delete: (_config, ...args) => provider.delete(...args),
  };
}

/** What happens to a resource outside: it vanishes, or its deletion fails. */
export function mark(log: string, id: string, what: "gone" | "stuck"): void {
  appendFileSync(`${log}.${id}.${what}`, "");
}

export function unmark(log: string, id: string, what: "gone" | "stuck"): void {
  rmSync(`${log}.${id}.${what}`);
}

/** The calls since the last time this was asked, in words, each resource's in their order. */
export function takeCalls(log: string): Record<string, string[]> {
  const text = existsSync(log) ? readFileSync(log, "utf8") : "";
  rmSync(log, { force: true });
  const calls = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as RecordedCall);
  const byName: Record<string, string[]> = {};
  for (const { verb, name, id, olds } of calls) {
    const words =
      verb === "check" ? `check ${olds === true ? "with" : "without"} olds` : `${verb} ${id ?? ""}`;
    (byName[name] ??= []).push(words);
  }
  return byName;
}
