import { CommandFailure } from "./command-failure";
import type { InputText } from "./input-texts";

/**
 * The JSON documents of a text, which may hold several one after the other, as `cat` makes of the outputs of several stacks.
 *
 * @throws CommandFailure when the text is empty, is cut off, or holds anything else.
 */
export function parseDocuments({ from, text }: InputText): unknown[] {
  try {
    return [JSON.parse(text) as unknown];
  } catch {
    return documentsIn(text, from);
  }
}

function documentsIn(text: string, from: string): unknown[] {
  if (text.trim() === "") {
    throw new CommandFailure(`There is nothing in ${from}. Check whether the command before it failed.`);
  }
  const documents: unknown[] = [];
  let end = 0;
  for (const [start, next] of spansIn(text)) {
    // Between two documents there is white space at most, to which a byte order mark belongs.
    if (text.slice(end, start).trim() !== "") throw notJson(from);
    documents.push(parse(text.slice(start, next), from));
    end = next;
  }
  if (text.slice(end).trim() !== "") throw notJson(from);
  return documents;
}

/** Where the outermost objects and lists of a text start and end. */
function* spansIn(text: string): Generator<[start: number, end: number]> {
  const marks = /["{}[\]]/g;
  let depth = 0;
  let start = 0;
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    const { 0: mark, index } = found;
    if (mark === '"') {
      // Braces in a string open and close nothing.
      marks.lastIndex = endOfString(text, index + 1);
    } else if (mark === "{" || mark === "[") {
      if (depth === 0) start = index;
      depth++;
    } else if (--depth === 0) {
      yield [start, index + 1];
    }
  }
}

/**
 * Where the string goes on that `from` lies in. Searched quote by quote and not by one pattern, whose tries would double with
 * every character of a string that is cut off.
 */
function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

function parse(document: string, from: string): unknown {
  try {
    return JSON.parse(document) as unknown;
  } catch {
    throw notJson(from);
  }
}

const notJson = (from: string): CommandFailure =>
  new CommandFailure(`What is in ${from} is not complete JSON. Check the command that printed it.`);
