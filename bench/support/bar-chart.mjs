const ROW = 22;
const LABEL = 220;
const WIDTH = 460;

/**
 * A horizontal bar chart as SVG text.
 *
 * @param {string} title
 * @param {{label: string, value: number}[]} bars
 */
export function barChart(title, bars) {
  const longest = Math.max(...bars.map(({ value }) => value));
  const rows = bars.map(({ label, value }, index) => {
    const y = 34 + index * ROW;
    const width = ((WIDTH * value) / longest).toFixed(1);
    return (
      `<text x="${LABEL - 8}" y="${y + 13}" text-anchor="end">${escape(label)}</text>` +
      `<rect x="${LABEL}" y="${y}" width="${width}" height="${ROW - 6}" fill="#4269d0"/>` +
      `<text x="${LABEL + Number(width) + 6}" y="${y + 13}">${value.toFixed(1)}</text>`
    );
  });
  const height = 44 + bars.length * ROW;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${LABEL + WIDTH + 70}" height="${height}" font-family="sans-serif" font-size="12">` +
    `<rect width="100%" height="100%" fill="white"/><text x="12" y="20" font-size="14">${escape(title)}</text>${rows.join("")}</svg>\n`
  );
}

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
