// Sized for a phone: at a width of 390 px the text is drawn at nearly its own size.
const WIDTH = 420;
const MARGIN = 16;
const BARS_FROM = 72;
/** The longest bar leaves room for its value. */
const LONGEST_BAR = WIDTH - BARS_FROM - MARGIN - 52;
const [LINE, BAR, BETWEEN_GROUPS, BETWEEN_CHARTS] = [24, 18, 10, 18];

/** Colours of the series on a light and on a dark page. */
const COLOURS = [
  ["#8c959f", "#7d8590"],
  ["#0969da", "#4493f8"],
  ["#bc6c00", "#d98b2b"],
];

const STYLE = [
  "text { font: 14px system-ui, sans-serif; fill: #1f2328 } .title { font-weight: 600 } .page { fill: #fff }",
  ...COLOURS.map(([light], index) => `.series-${index} { fill: ${light} }`),
  "@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .page { fill: #0d1117 }",
  ...COLOURS.map(([, dark], index) => `.series-${index} { fill: ${dark} }`),
  "}",
].join("\n");

/**
 * Bar charts below each other with one legend, as SVG text. Each chart has a scale of its own.
 *
 * @param {string[]} series names for the legend, at most three
 * @param {{title: string, groups: {label: string, values: (number | undefined)[]}[]}[]} charts values in the order of the
 *   series; a missing one is left out
 */
export function barCharts(series, charts) {
  let y = MARGIN;
  const drawn = series.map((name, index) => {
    y += LINE;
    return square(index, y) + text(MARGIN + 20, y, name);
  });
  for (const { title, groups } of charts) {
    const longest = Math.max(...groups.flatMap(({ values }) => values.filter(isMeasured)));
    y += BETWEEN_CHARTS + LINE;
    drawn.push(text(MARGIN, y, title, "title"));
    for (const { label, values } of groups) {
      y += BETWEEN_GROUPS;
      drawn.push(text(MARGIN, y + BAR, label));
      for (const [index, value] of values.entries()) {
        if (!isMeasured(value)) continue;
        y += BAR;
        const width = ((LONGEST_BAR * value) / longest).toFixed(1);
        drawn.push(
          `<rect class="series-${index}" x="${BARS_FROM}" y="${y - 12}" width="${width}" height="${BAR - 3}"/>` +
            text((BARS_FROM + Number(width) + 6).toFixed(1), y, value.toFixed(1)),
        );
      }
    }
  }
  const height = y + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${escape(charts.map(({ title }) => title).join("; "))}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="page" width="100%" height="100%" rx="6"/>`,
    ...drawn,
    "</svg>",
    "",
  ].join("\n");
}

const isMeasured = (value) => value !== undefined;

const square = (index, y) =>
  `<rect class="series-${index}" x="${MARGIN}" y="${y - 12}" width="14" height="14"/>`;

const text = (x, y, content, kind) =>
  `<text${kind === undefined ? "" : ` class="${kind}"`} x="${x}" y="${y}">${escape(content)}</text>`;

const escape = (content) => content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
