import type { ReplyValue } from "./reply-body";

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML document of a reply body; a list becomes one element per item under the name of the list. */
export function renderXml(root: string, value: ReplyValue): string {
  return `<?xml version='1.0' encoding='UTF-8'?>${element(root, value)}`;
}

function element(name: string, value: ReplyValue): string {
  if (isList(value)) return value.map((item) => element(name, item)).join("");
  const content =
    typeof value === "object"
      ? Object.entries(value)
          .map(([key, item]) => element(key, item))
          .join("")
      : escape(String(value));
  return `<${name}>${content}</${name}>`;
}

function isList(value: ReplyValue): value is readonly ReplyValue[] {
  return Array.isArray(value);
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}
