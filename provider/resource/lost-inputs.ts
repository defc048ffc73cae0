import * as pulumi from "@pulumi/pulumi";

/** Something a program wrote that Pulumi's SDK does not pass on, so that it would look as if it was not written. */
export interface LostInput {
  property: string;
  /** What is the matter, after "tags is"; absent where the name itself is none of an input. */
  problem?: string;
}

/** Names that the SDK keeps for itself, or this package for an option. */
const keptNames = ["id", "urn", "customTimeouts"];

/**
 * What of the arguments the SDK would drop without a word: functions, names of its own, and in tags values that are undefined
 * and the key `__proto__`. A part is an Output where only an Output of another resource can tell.
 */
export function lostInputs(args: Record<string, unknown>): pulumi.Input<LostInput[]>[] {
  const lost = Object.entries(args).flatMap(([property, value]): LostInput[] => {
    if (keptNames.includes(property)) {
      return value === undefined ? [] : [{ property }];
    }
    return typeof value === "function"
      ? [{ property, problem: "a function, which Pulumi does not pass on; set the value" }]
      : [];
  });
  return [lost, ...lostTags(args.tags)];
}

function lostTags(tags: unknown): pulumi.Input<LostInput[]>[] {
  if (isLater(tags)) {
    return [whenKnown(tags, problemsOf)];
  }
  const later = Object.entries(tags ?? {}).flatMap(([key, value]: [string, unknown]) =>
    isLater(value) ? [whenKnown(value, (known) => problemsOf({ [key]: known }))] : [],
  );
  return [problemsOf(tags), ...later];
}

type Later = pulumi.Output<unknown> | Promise<unknown>;

const isLater = (value: unknown): value is Later =>
  pulumi.Output.isInstance(value) || value instanceof Promise;

function whenKnown(value: Later, problems: (known: unknown) => LostInput[]): pulumi.Input<LostInput[]> {
  return value instanceof Promise ? value.then(problems) : value.apply(problems);
}

function problemsOf(tags: unknown): LostInput[] {
  if (tags instanceof Map || tags instanceof Set) {
    const kind = tags instanceof Map ? "a Map" : "a Set";
    return [
      {
        property: "tags",
        problem: `${kind}, which Pulumi passes on empty; use an object such as { team: "edge" }`,
      },
    ];
  }
  if (typeof tags !== "object" || tags === null) {
    return [];
  }
  return Object.entries(tags).flatMap(([key, value]) => {
    const problem = problemOf(key, value);
    return problem === undefined ? [] : [{ property: "tags", problem }];
  });
}

function problemOf(key: string, value: unknown): string | undefined {
  if (key === "__proto__") {
    return 'an object with the key "__proto__", which JavaScript reserves; use another key';
  }
  if (value === undefined || typeof value === "function") {
    const kind = value === undefined ? "undefined" : "a function";
    return `an object in which ${JSON.stringify(key)} is ${kind}; set a string, or omit the key`;
  }
  return undefined;
}
