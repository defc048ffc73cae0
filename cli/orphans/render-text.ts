import { useOf } from "../cloud/address-use";
import type { Inventory } from "../cloud/inventory";
import { isLive } from "../cloud/inventory";
import type { Colours } from "../colours";
import { durationText } from "../duration-text";
import { parseUrn } from "../urn";
import type { Findings, Orphan, PendingFinding } from "./findings";
import { adoptSnippet, releaseCommand } from "./remedies";

/** What was read. */
export interface Scope {
  inventory: Inventory;
  account: string | undefined;
}

/** The findings for people. */
export function renderText(findings: Findings, scope: Scope, colours: Colours): string {
  const sections = [
    headline(findings, scope),
    ...findings.orphans.map((orphan) => orphanSection(orphan, colours)),
    ...(findings.pending.length === 0 ? [] : [pendingSection(findings.pending, colours)]),
    unknowns(findings, scope, colours),
  ];
  return `${sections.join("\n\n")}\n`;
}

function headline({ orphans, stacks }: Findings, { inventory }: Scope): string {
  const count = orphans.length === 0 ? "No" : orphans.length;
  return [
    `${count} ${orphans.length === 1 ? "orphan" : "orphans"} in ${inventory.regionIds.join(", ")}.`,
    `Live segments: ${inventory.segments.filter(isLive).length}.`,
    `Compared with the state of ${stacks.join(", ")}.`,
    "Nothing was changed.",
  ].join(" ");
}

function orphanSection(orphan: Orphan, { bold }: Colours): string {
  const { segment } = orphan;
  const { segmentId, cidrBlock, regionId, eips, createTime, ageMs, status } = segment;
  const age = ageMs === undefined ? "" : ` (${durationText(ageMs)} ago)`;
  const used = eips.map(useOf).filter(({ attachedTo }) => attachedTo !== undefined);
  const facts = [
    cidrBlock ?? "no block yet",
    regionId,
    `${eips.length} addresses, ${used.length === 0 ? "none" : used.length} in use`,
    `created ${createTime ?? "at an unknown time"}${age}`,
  ];
  const uses = used.map(({ ipAddress, attachedTo }) => `  in use: ${ipAddress} (${attachedTo ?? ""})`);
  const title = [
    bold(segmentId),
    `  ${facts.join(", ")}`,
    ...uses,
    ...origins(orphan).map((line) => `  ${line}`),
  ];
  return [
    ...title,
    ...(status === "Allocating"
      ? [
          "  It is still being allocated, perhaps by a run in progress. Run the command again when no run is in progress.",
        ]
      : waysOn(orphan)),
  ].join("\n");
}

function origins({ segment, madeBy, abandonedBy, taggedFor }: Orphan): string[] {
  const owner =
    segment.owners.length === 0 ? "No ownership tag" : `Ownership tag ${segment.owners.join(", ")}`;
  const made = madeBy.map(
    ({ pending, match }) =>
      `${capital(match.likelihood)} made by the pending creation of ${pending.urn}: ${match.grounds}.`,
  );
  if (made.length > 0) {
    return [
      `${owner}.`,
      ...made,
      "First, run `pulumi up` with the unchanged program: it recovers the segment, or names it.",
    ];
  }
  if (abandonedBy !== undefined) {
    return [`${owner}. The state of ${abandonedBy} names it as an id that was returned and never listed.`];
  }
  if (taggedFor !== undefined) {
    return [`${owner}: another creation of ${taggedFor}, which now has another segment.`];
  }
  return [
    segment.owners.length === 0
      ? `${owner}: made by hand, by another tool, or by a run that ended before it was ready.`
      : `${owner}: most likely owned by a stack whose state was not given.`,
  ];
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

function waysOn(orphan: Orphan): string[] {
  const { segment } = orphan;
  const release = releaseCommand(segment);
  return [
    "  Adopt it:",
    indent(adoptSnippet(segment, nameFor(orphan))),
    ...(release === undefined
      ? ["  It cannot be released while addresses are in use."]
      : ["  Or release it, if it is yours and nobody needs it:", indent(release)]),
  ];
}

/** The creation's name for the segment that it most likely made; else the id, because two declarations need two names. */
function nameFor({ segment, heirOf }: Orphan): string {
  return (heirOf === undefined ? undefined : parseUrn(heirOf)?.name) ?? segment.segmentId;
}

const indent = (text: string): string => text.replace(/^/gm, "    ");

function pendingSection(pending: readonly PendingFinding[], { bold }: Colours): string {
  const lines = pending.map(({ stack, pending: { urn }, finishedAs, matches }) => {
    const [best] = matches;
    if (finishedAs !== undefined) {
      return `  ${urn} (${stack}) was completed later as ${finishedAs}: \`pulumi refresh --clear-pending-creates\` clears the entry.`;
    }
    return best === undefined
      ? `  ${urn} (${stack}): no segment matches. It allocated none, or one that no longer exists or is in another region.`
      : `  ${urn} (${stack}): ${best.likelihood} ${best.segmentId}${matches.length > 1 ? `, else one of ${matches.length - 1} more` : ""}.`;
  });
  return [bold("Pending creations"), ...lines].join("\n");
}

/** Why a segment that is in no state may still be somebody's. */
const doubts = [
  "  A stack whose state was not given may own any of these segments.",
  "  A segment without an ownership tag may have an owner: the console, other tools, and eipSegment:ownershipTag=false set none.",
  "  A run in progress may be allocating one of them. Equal settings prove nothing.",
];

function unknowns(findings: Findings, { account }: Scope, { bold }: Colours): string {
  const { otherAccounts } = findings;
  const asked = account === undefined ? "the account of these credentials" : `account ${account}`;
  const lines = [
    `  Only ${asked} was read, and only the regions named above.`,
    ...(otherAccounts.length === 0
      ? []
      : [`  The states also hold segments of ${otherAccounts.join(", ")}, which was not read.`]),
    ...(findings.orphans.length === 0 ? [] : doubts),
  ];
  return [bold("Limits of this check"), ...lines].join("\n");
}
