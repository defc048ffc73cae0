import { codeSpan, plainText, tableRow, valueText } from "./markdown-text";
import type { AddressUse } from "../cloud/address-use";
import type { Loss } from "./report";
import { blockName } from "./report";

/** One lost block in full: why, what is attached to its addresses, and every address. */
export function lossSection(loss: Loss): string {
  const { block, change, stack } = loss;
  const id = block.cidrBlock === undefined || block.segmentId === undefined ? "" : codeSpan(block.segmentId);
  const place = [id, plainText(block.regionId ?? "")].filter((part) => part !== "").join(", ");
  const title = `### Lost: ${codeSpan(blockName(block))}${place === "" ? "" : ` (${place})`}`;
  const of = `Segment ${codeSpan(change.name)}${stack === undefined ? "" : ` of ${codeSpan(stack)}`} ${why(loss)}.`;
  const first = block.releasedFirst ? [releasedFirst] : [];
  return [title, of, ...first, ...attachments(loss), everyAddress(loss)].join("\n\n");
}

function why({ block, change: { kind, inputs, reasons } }: Loss): string {
  if (block.due) return "was replaced by an earlier run, which could not release this block yet";
  if (kind === "deleted") return "is deleted";
  const causes = inputs.filter(({ input }) => reasons.includes(input));
  if (causes.length === 0) {
    return reasons.includes("id") ? "is replaced because that was requested" : "is replaced";
  }
  const words = causes.map(
    ({ input, from, to }) => `${codeSpan(input)} changes from ${valueText(from)} to ${valueText(to)}`,
  );
  return `is replaced because ${words.join(" and ")}`;
}

function attachments({ block, check }: Loss): string[] {
  if (check.seen !== "addresses") {
    const why = check.seen === "nothing" ? ` ${plainText(check.why)}` : "";
    return [`What its addresses are attached to was not checked:${why}`];
  }
  const { addresses, unlisted } = check;
  const used = addresses.filter(({ attachedTo }) => attachedTo !== undefined);
  const unknown =
    unlisted === 0
      ? []
      : [`The cloud does not list ${unlisted} of its addresses: what they are attached to is not known.`];
  if (used.length === 0) {
    return unlisted === 0 ? ["None of its addresses is attached to anything."] : unknown;
  }
  if (block.secret) {
    const things = used.map(({ attachedTo }) => plainText(attachedTo ?? "")).join(", ");
    return [`${used.length} of its addresses are attached: ${things}.`, ...unknown, refusal];
  }
  const rows = used.map(({ ipAddress, allocationId, attachedTo }) =>
    tableRow([plainText(ipAddress), codeSpan(allocationId), plainText(attachedTo ?? "")]),
  );
  const table = ["| In use | EIP | Attached to |", "| --- | --- | --- |", ...rows].join("\n");
  return [table, ...unknown, refusal];
}

/** What `deleteBeforeReplace` means for addresses. */
const releasedFirst =
  "**It is released before the new block is allocated** (`deleteBeforeReplace`): the segment has no addresses in between, and none " +
  "at all if the allocation fails, for example for lack of quota or stock.";

const refusal =
  "The cloud refuses to release the block, and `pulumi up` fails, unless the same change detaches every address first.";

function everyAddress({ block, check }: Loss): string {
  if (block.secret) {
    return "The stack keeps its addresses secret, so they are not shown.";
  }
  const seen =
    check.seen === "addresses" ? check.addresses.map(({ ipAddress }: AddressUse) => ipAddress) : [];
  const recorded = block.addresses ?? [];
  const addresses = seen.length >= recorded.length ? seen : recorded;
  return addresses.length === 0
    ? "Its addresses are not in the state."
    : `All ${addresses.length} addresses: ${addresses.map(plainText).join(", ")}`;
}
