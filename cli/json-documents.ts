import { CommandFailure } from "./command-failure";
import type { InputText } from "./inputs";

/**
 * The JSON documents of a text, which may hold several one after the other, as `cat` makes of the outputs of several stacks.
 *
 * @throws CommandFailure when the text is empty, is cut off, or holds anything else.
 */
export function parseDocuments({ from, text }: InputText): unknown[] {
  try {
    return [JSON.parse(text) as unknown];
  } catch {
    return [...documentsIn(text, from)];
  }
}

/** Strings are skipped as a whole, because braces in them open and close nothing. */
const token = /"(?:[^"\\]+|\\.)*"|[{}[\]]/gs;

function* documentsIn(text: string, from: string): Generator {
  let depth = 0;
  let start = 0;
  let found = false;
  for (const { 0: mark, index } of text.matchAll(token)) {
    if (mark === "{" || mark === "[") {
      depth++;
    } else if (mark === "}" || mark === "]") {
      depth--;
    }
    if (depth === 0) {
      const end = index + mark.length;
      yield parse(text.slice(start, end), from);
      start = end;
      found = true;
    }
  }
  if (!found && text.trim() === "") {
    throw new CommandFailure(`There is nothing in ${from}: did the command before it fail?`);
  }
  if (text.slice(start).trim() !== "") {
    throw notJson(from);
  }
}

function parse(document: string, from: string): unknown {
  try {
    return JSON.parse(document) as unknown;
  } catch {
    throw notJson(from);
  }
}

const notJson = (from: string): CommandFailure =>
  new CommandFailure(`What is in ${from} is not JSON, or not all of it.`);
