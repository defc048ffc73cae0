import anser from "anser";

/** Columns of the terminal: no more than what is readable on a phone. */
const COLUMNS = 48;
const INDENT = "    ";
const LINE_HEIGHT = 18;
const CHARACTER_WIDTH = 8.4;
const MARGIN = 16;
const [BACKGROUND, FOREGROUND] = ["#1e1e2e", "#cdd6f4"];

/** Colours of a dark terminal by the names that anser gives them. */
const palette = {
  "ansi-black": "#7f849c",
  "ansi-red": "#f38ba8",
  "ansi-green": "#a6e3a1",
  "ansi-yellow": "#f9e2af",
  "ansi-blue": "#89b4fa",
  "ansi-magenta": "#cba6f7",
  "ansi-cyan": "#94e2d5",
  "ansi-white": "#cdd6f4",
};

/**
 * A picture of a terminal as SVG, which stays text: it can be searched, and differs readably from the one before.
 *
 * @param {string} command what was typed
 * @param {string} printed what it printed, with its colours
 */
export function drawTerminal(command, printed) {
  const lines = [
    [{ content: "$ ", fg: "ansi-green" }, { content: command }],
    ...splitLines(anser.ansiToJson(printed.trimEnd(), { use_classes: true, remove_empty: true })),
  ].flatMap(wrap);
  const width = Math.ceil(COLUMNS * CHARACTER_WIDTH + 2 * MARGIN);
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const rows = lines.map((parts, index) => {
    const y = MARGIN + (index + 1) * LINE_HEIGHT - 4;
    return `  <text x="${MARGIN}" y="${y}">${parts.map(span).join("")}</text>`;
  });
  return [
    // Attributes and no style sheet, which some viewers do not apply.
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="${FOREGROUND}">`,
    `  <title>${escape(command)} of one EIP segment</title>`,
    `  <rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    ...rows,
    "</svg>",
    "",
  ].join("\n");
}

/** Parts of a text, line by line. */
function splitLines(parts) {
  const lines = [[]];
  for (const part of parts) {
    const [first, ...others] = part.content.split("\n");
    lines.at(-1).push({ ...part, content: first });
    for (const content of others) lines.push([{ ...part, content }]);
  }
  return lines;
}

/** Lines that fit into the columns: broken at spaces, and indented from the second on. */
function wrap(parts) {
  const lines = [[]];
  let room = COLUMNS;
  for (const part of parts) {
    let written;
    for (const word of part.content.match(/ *[^ ]+| +$/g) ?? []) {
      let shown = word;
      if (word.length > room) {
        shown = word.trimStart();
        lines.push([{ content: INDENT }]);
        room = COLUMNS - INDENT.length;
        written = undefined;
      }
      if (written === undefined) lines.at(-1).push((written = { ...part, content: "" }));
      written.content += shown;
      room -= shown.length;
    }
  }
  return lines;
}

/** A part of a line. Viewers collapse spaces that follow each other, also across parts, unless no line may break there. */
function span({ content, fg, decorations = [] }) {
  if (content === "") return "";
  const colour = palette[String(fg).replace("bright-", "")];
  const styles = [
    ...(colour === undefined ? [] : [`fill="${colour}"`]),
    ...(decorations.includes("bold") ? ['font-weight="bold"'] : []),
  ];
  const text = escape(content.replace(/^ +| {2,}/g, (spaces) => "\u00a0".repeat(spaces.length)));
  return styles.length === 0 ? text : `<tspan ${styles.join(" ")}>${text}</tspan>`;
}

function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
