import { existsSync, readFileSync, rmSync } from "node:fs";

/** One resource of a recorded program; `kind` replaces it when it changes, `size` updates it. */
export interface RecordedDeclaration {
  name: string;
  kind?: string;
  size?: number;
  /** Makes create and update fail after the resource is there. */
  broken?: boolean;
  /** Resource options as a JavaScript expression; `resources` holds those declared before. */
  options?: string;
}

/** A program whose dynamic provider writes down every call that the engine makes. */
export function recordingProgram(log: string, declarations: readonly RecordedDeclaration[]): string {
  return [
    `"use strict";`,
    `const pulumi = require("@pulumi/pulumi");`,
    `const log = ${JSON.stringify(log)};`,
    `const provider = {`,
    `  note(entry) { require("fs").appendFileSync(log, JSON.stringify(entry) + "\\n"); },`,
    `  gone(id) { return require("fs").existsSync(log + "." + id + ".gone"); },`,
    `  async check(olds, news) {`,
    `    this.note({ verb: "check", name: news.name, olds: olds.kind !== undefined });`,
    `    return { inputs: news, failures: [] };`,
    `  },`,
    `  async diff(id, olds, news) {`,
    `    this.note({ verb: "diff", name: news.name, id });`,
    `    return { changes: olds.kind !== news.kind || olds.size !== news.size, replaces: olds.kind !== news.kind ? ["kind"] : [] };`,
    `  },`,
    `  async create(inputs) {`,
    `    const id = inputs.name + "-" + require("fs").readFileSync(log, "utf8").split('"verb":"create"').length;`,
    `    this.note({ verb: "create", name: inputs.name, id });`,
    `    if (inputs.broken) throw Object.assign(new Error("broken"), { id, properties: inputs, reasons: ["broken"] });`,
    `    return { id, outs: inputs };`,
    `  },`,
    `  async read(id, props) {`,
    `    this.note({ verb: "read", name: props.name, id });`,
    `    return this.gone(id) ? {} : { id, props };`,
    `  },`,
    `  async update(id, olds, news) {`,
    `    this.note({ verb: "update", name: news.name, id });`,
    `    if (news.broken) throw Object.assign(new Error("broken"), { id, properties: news, reasons: ["broken"] });`,
    `    return { outs: news };`,
    `  },`,
    `  async delete(id, props) {`,
    `    this.note({ verb: "delete", name: props.name, id });`,
    `    if (require("fs").existsSync(log + "." + id + ".stuck")) throw new Error("stuck");`,
    `  },`,
    `};`,
    `class Recorded extends pulumi.dynamic.Resource {`,
    `  constructor(name, props, opts) { super(provider, name, props, opts); }`,
    `}`,
    `const resources = {};`,
    ...declarations.map(({ name, kind = "a", size = 1, broken = false, options = "{}" }) => {
      const inputs = JSON.stringify({ name, kind, size, broken });
      return `resources[${JSON.stringify(name)}] = new Recorded(${JSON.stringify(name)}, ${inputs}, ${options});`;
    }),
  ].join("\n");
}

/** One call as the provider wrote it down. */
export interface RecordedCall {
  verb: string;
  name: string;
  id?: string;
  /** Of check: whether it was given the inputs of the last run. */
  olds?: boolean;
}

/** The calls since the last time this was asked. */
export function takeCalls(log: string): RecordedCall[] {
  if (!existsSync(log)) return [];
  const text = readFileSync(log, "utf8");
  rmSync(log);
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as RecordedCall);
}
