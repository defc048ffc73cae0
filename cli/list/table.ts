import { useOf } from "../cloud/address-use";
import type { Inventory, LiveSegment } from "../cloud/inventory";
import { coloursFor } from "../colours";
import { durationText } from "../duration-text";
import type { Terminal } from "../terminal";

const columns: readonly { title: string; cell: (segment: LiveSegment) => string }[] = [
  { title: "SEGMENT", cell: ({ segmentId }) => segmentId },
  { title: "REGION", cell: ({ regionId }) => regionId },
  { title: "BLOCK", cell: ({ cidrBlock = "-" }) => cidrBlock },
  { title: "STATUS", cell: ({ status }) => status },
  { title: "USED", cell: usedOfTotal },
  { title: "AGE", cell: ({ ageMs }) => (ageMs === undefined ? "-" : durationText(ageMs)) },
  { title: "OWNER", cell: ({ owners }) => (owners.length > 1 ? "several" : (owners[0] ?? "none")) },
];

/** Addresses in use and all of them: `2/16`. */
export function usedOfTotal({ eips }: LiveSegment): string {
  return `${eips.filter((eip) => useOf(eip).attachedTo !== undefined).length}/${eips.length}`;
}

/** The segments for people. */
export function renderTable({ segments, regionIds }: Inventory, terminal: Terminal): string {
  if (segments.length === 0) {
    return `No segments in ${regionIds.join(", ")}.\n`;
  }
  const rows = [
    columns.map(({ title }) => title),
    ...segments.map((one) => columns.map(({ cell }) => cell(one))),
  ];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const { dim } = coloursFor(terminal);
  return `${[dim(lines[0] ?? ""), ...lines.slice(1)].join("\n")}\n`;
}
