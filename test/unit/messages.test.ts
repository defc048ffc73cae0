import { readFileSync } from "node:fs";
import { join } from "node:path";
import { discouragedIn } from "../support/discouraged-words";
import { collectTexts, repository } from "./support/collect-texts";

/*
 * Every text of two words or more in the folders below is held: messages, and the parts that messages are put together from. What people
 * read elsewhere is not: help texts, descriptions in JSON schemas, the questions of docs/unverified.md, and what the simulator quotes of the API.
 */
const texts = collectTexts(["provider", "cli", "scripts/setup", "scripts/setup.mjs", "simulator"], {
  except: [
    "cli/help-texts.ts",
    "cli/program.ts",
    "cli/schemas/",
    "simulator/actions/",
    "simulator/answers.ts",
    "simulator/api-error",
    "simulator/authenticator.ts",
    "simulator/client-tokens.ts",
    "simulator/questions/",
    "simulator/regions.ts",
  ],
});

/** A sentence may have this many words; a placeholder counts as one. */
const mostWords = 35;

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+/);

/** Words that only messages avoid, beside the discouraged words of all texts, each with what to write instead. */
const words: readonly (readonly [RegExp, string])[] = [
  [/\banswer(s|ed|ing)\b|\b(tells?|told)\b/i, "returns, reports, distinguished"],
  [/\bwrit(es?|ten)\b/i, "set, omitted"],
  [/\bthe line\b(?! type)/i, "the line type"],
  [/\bsomebody\b/i, "usually nothing"],
];

/** Texts that use such a word in another sense, each with the reason. */
const otherSense: readonly (readonly [RegExp, string])[] = [
  [/cannot be written: /, "a file or a stream is written"],
  [/^# What the API answers in /, "a noun of the domain: docs/unverified.md lists the answers"],
  [/^This allocates one .*Depending on the cloud's answers/, "the same"],
];

const withoutQuotes = (text: string): string => text.replace(/`[^`]*`/g, "`…`").replace(/--[a-z-]+/g, "--…");

describe("the texts of messages", () => {
  it("are found", () => {
    const files = new Set(texts.map(({ file }) => file.split("/")[0]));
    expect([...files].sort()).toEqual(["cli", "provider", "scripts", "simulator"]);
    expect(texts.map(({ text }) => text)).toContainEqual(
      "Segment {…} was not released, because addresses are in use: {…}. Detach them and run the command again.",
    );
  });

  it("have no sentence that is too long", () => {
    const long = texts.filter(({ text }) =>
      sentencesOf(text).some((sentence) => sentence.trim().split(/\s+/).length > mostWords),
    );
    expect(long).toEqual([]);
  });

  it("use the field's words", () => {
    const wrong = texts.flatMap((one) => {
      const text = withoutQuotes(one.text);
      const found = [
        ...discouragedIn(text),
        ...words.flatMap(([word, instead]) => (word.test(text) ? [instead] : [])),
      ];
      const isOther = otherSense.some(([sense]) => sense.test(one.text));
      return found.length === 0 || isOther ? [] : [{ ...one, found }];
    });
    expect(wrong).toEqual([]);
  });
});

it("name commands of the package as they run where it is installed in a project", () => {
  expect(texts.filter(({ text }) => text.includes("`eip-segment "))).toEqual([]);
});

/** Verbs with which a message tells what to do. */
const verbs =
  "add|adopt|check|choose|complete|correct|create|declare|detach|enable|find|get|give|grant|install|lower|name|omit|open|pipe|raise|release|remove|" +
  "renew|report|request|run|see|set|settle|switch|top|try|type|use|verify|wait";
const instruction = new RegExp(`(^|[,;:}] |\\b(or|then|and|first) )\`?(${verbs})\\b`, "i");

/** Other ways to tell what to do: the value that was probably meant, the valid ones, and the rule that a value must keep. */
const otherInstruction =
  /\bdid you mean\b|\b(Valid|The inputs are|The settings are)\b|\bmust (be|name|list)\b/;

/** Files whose texts are results, or parts that another file completes, each with the reason. */
const withoutInstruction: readonly (readonly [string, string])[] = [
  ["cli/doctor/", "the first half of a line; failed() and warning() take what to do as their second text"],
  ["cli/orphans/render-text.ts", "facts of a segment; the commands follow them"],
  ["cli/report/loss-section.ts", "facts of a report"],
  ["cli/report/markdown.ts", "facts of a report"],
  ["cli/verify/", "what was seen, for the report of measurements"],
  ["simulator/", "replies of the control path, which name the invalid value of the request"],
];

/** Sentences after which there is nothing to do, each with the reason. */
const nothingToDo: readonly (readonly [RegExp, string])[] = [
  [
    /^(Segment|Waiting|\{…\} The request is repeated).*(waiting until|requested|timeout of the creation)/,
    "progress",
  ],
  [/so another request is sent under the next ClientToken\.$/, "the provider continues"],
  [/was listed late|^\{…\} It was (not )?released/, "the provider has released it, or left it to its owner"],
  [
    /^Segment \{…\} is (already being released|no longer listed in \{…\}: )/,
    "SegmentLostError adds what to do",
  ],
  [/will be adopted if its settings match: /, "says what a preview calls a creation"],
  [/was not released: \{…\} manages it now\.$/, "the other resource releases it"],
  [
    /^(Ready, with|Waiting for process|Building the Pulumi CLI|No Pulumi CLI on the PATH|Trying source|That failed \()/,
    "progress of the set-up",
  ],
  [
    /^(Saved the simulated cloud|Interrupted: releasing|Releasing segment|Allocated segment|First, it releases)/,
    "progress",
  ],
  [
    /^(No segments in|No orphans|\{…\} \{…\} in \{…\}\.$|Live segments|Compared with|Nothing was changed)/,
    "results",
  ],
  [/cannot be (read|run|written|used): \{…\}\.$/, "the cause, which the system names, tells what to do"],
  [/^The metadata service did not respond in time\.$/, "never printed: the chain tries its next source"],
];

it("ends every message with what to do, or is listed with the reason why there is nothing", () => {
  const isWhole = (text: string): boolean => /^([A-Z]|\{…\}|"|`)/.test(text) && /[.!?]\n?$/.test(text);
  const without = texts.filter(({ file, text }) => {
    const last = sentencesOf(text.trim()).at(-1) ?? "";
    return (
      isWhole(text) &&
      !instruction.test(last) &&
      !otherInstruction.test(last) &&
      !nothingToDo.some(([known]) => known.test(text)) &&
      !withoutInstruction.some(([folder]) => file.startsWith(folder))
    );
  });
  expect(without).toEqual([]);
});

/** A sentence as a pattern: a placeholder stands for anything, and so does an ellipsis of the page. */
const patternOf = (sentence: string): RegExp =>
  new RegExp(
    `^${sentence
      .split("{…}")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
  );

it("are the ones that docs/recovery.md quotes", () => {
  const known = texts.flatMap(({ text }) => sentencesOf(text)).map(patternOf);
  const page = readFileSync(join(repository, "docs", "recovery.md"), "utf8");
  const quotes = [...page.matchAll(/^> (.+)$/gm)].flatMap(({ 1: quote = "" }) => sentencesOf(quote));
  expect(quotes.length).toBeGreaterThan(10);
  expect(quotes.filter((quote) => !known.some((pattern) => pattern.test(quote)))).toEqual([]);
});
