import { CommandFailure } from "../command-failure";
import type { InputText } from "../input-texts";
import { parseDocuments } from "../json-documents";
import { isRecord } from "../json-values";

/** A resource before or after a step, as `pulumi preview --json` shows it. */
export interface PreviewState {
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  /** The engine forgets the resource instead of deleting it. */
  retainOnDelete?: boolean;
  /** The resource is deleted before the one that replaces it is created. */
  pendingReplacement?: boolean;
  /** URN of the resource with which the cloud deletes this one. */
  deletedWith?: string;
}

/** What the engine would do with one resource. */
export interface PreviewStep {
  op: string;
  urn: string;
  oldState?: PreviewState;
  newState?: PreviewState;
  replaceReasons?: string[];
}

/** One `pulumi preview --json`. */
export interface Preview {
  steps: PreviewStep[];
  /** What ended the preview before it was complete; empty when nothing did. */
  errors: string[];
}

/**
 * The previews in a text, one after the other.
 *
 * @throws CommandFailure when the text holds anything else.
 */
export function parsePreviews(input: InputText): Preview[] {
  return parseDocuments(input).map((document) => readPreview(document, input.from));
}

function readPreview(document: unknown, from: string): Preview {
  if (isRecord(document) && "sequence" in document && "timestamp" in document) {
    throw new CommandFailure(
      `What is in ${from} is a stream of engine events: run \`pulumi preview --json\` without PULUMI_ENABLE_STREAMING_JSON_PREVIEW.`,
    );
  }
  if (isRecord(document) && "result" in document && "summary" in document) {
    throw new CommandFailure(
      `What is in ${from} is a summary without the changes themselves: run \`pulumi preview --json\` instead of \`--output json\`.`,
    );
  }
  if (!isRecord(document) || !["steps", "changeSummary", "diagnostics"].some((key) => key in document)) {
    throw new CommandFailure(
      `What is in ${from} is not the output of \`pulumi preview --json\`. Run \`pulumi preview --json > preview.json\` and name the file.`,
    );
  }
  const { steps = [], diagnostics = [] } = document;
  if (!isListOf(steps, isStep) || !isListOf(diagnostics, isRecord)) {
    throw new CommandFailure(
      `What is in ${from} is a preview in a form that this version cannot read. Run \`npx --no eip-segment doctor\` to check the versions.`,
    );
  }
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  return { steps, errors: errors.filter((message) => typeof message === "string") };
}

const isListOf = <T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] =>
  Array.isArray(value) && value.every(isItem);

const isStep = (value: unknown): value is PreviewStep & Record<string, unknown> =>
  isRecord(value) &&
  typeof value.op === "string" &&
  typeof value.urn === "string" &&
  [value.oldState, value.newState].every(isState) &&
  (value.replaceReasons === undefined || isListOf(value.replaceReasons, isText));

const isState = (value: unknown): boolean =>
  value === undefined ||
  (isRecord(value) && [value.inputs, value.outputs].every((part) => part === undefined || isRecord(part)));

const isText = (value: unknown): value is string => typeof value === "string";
