import { isRecord, secretMark, textAt } from "../json-values";
import { isSegmentType, parseUrn } from "../urn";
import { inputChanges, shown } from "./input-changes";
import type { Preview, PreviewState, PreviewStep } from "./preview";
import type { Block, ChangeKind, SegmentChange, WantedBlock } from "./segment-change";

/** What one stack's preview would do. */
export interface StackChanges {
  /** `project/stack`; absent when the preview names no resource. */
  stack?: string | undefined;
  segments: SegmentChange[];
  /** Resources of other types by what happens to them, without unchanged ones. */
  others: Record<string, number>;
  /** What ended the preview before it was complete. */
  errors: string[];
}

/** Steps that change nothing, and the parts of a replacement, which is counted once. */
const uncounted: ReadonlySet<string> = new Set([
  ...["same", "refresh", "read", "create-replacement", "delete-replaced"],
  ...["discard-replaced", "read-replacement", "remove-pending-replace"],
]);

/** Sorts out a preview: segments one by one, all else by numbers. */
export function changesOf({ steps, errors }: Preview): StackChanges {
  const segments = new Map<string, PreviewStep[]>();
  const others: Record<string, number> = {};
  const heirs = heirsOf(steps);
  const deletedUrns = new Set(steps.flatMap(({ op, urn }) => (op === "delete" ? urn : [])));
  for (const step of steps) {
    const type = parseUrn(step.urn)?.type ?? "";
    if (isSegmentType(type)) {
      const urn = heirs.get(idOf(step)) ?? step.urn;
      segments.set(urn, [...(segments.get(urn) ?? []), step]);
    } else if (!uncounted.has(step.op) && type !== "pulumi:pulumi:Stack") {
      others[step.op] = (others[step.op] ?? 0) + 1;
    }
  }
  const urn = parseUrn(steps[0]?.urn ?? "");
  return {
    stack: urn && `${urn.project}/${urn.stack}`,
    segments: [...segments].flatMap(([name, own]) => segmentChange(name, own, deletedUrns) ?? []),
    others,
    errors,
  };
}

/** URN under which a segment is replaced, by its id: its deletion is listed under the name that it had before an alias. */
function heirsOf(steps: readonly PreviewStep[]): Map<string | undefined, string> {
  const replaced = steps.filter((step) => step.op === "replace" && idOf(step) !== undefined);
  return new Map(replaced.map((step) => [idOf(step), step.urn]));
}

const idOf = ({ oldState }: PreviewStep): string | undefined =>
  oldState?.id === "" ? undefined : oldState?.id;

/** What the steps of one URN do; undefined when they do nothing. */
function segmentChange(
  urn: string,
  steps: readonly PreviewStep[],
  deletedUrns: ReadonlySet<string>,
): SegmentChange | undefined {
  const kind = kindOf(steps);
  if (kind === undefined) {
    return undefined;
  }
  const main = steps.find(({ op }) => ["create", "import", "update", "replace"].includes(op));
  const blocks = deletions(steps).map((step) => ({
    // The engine forgets what is deleted with another resource, and leaves the deletion to the cloud.
    stays: step.oldState?.retainOnDelete === true || deletedUrns.has(step.oldState?.deletedWith ?? ""),
    block: releasedBlock(step, main),
  }));
  // A refreshed segment that is created in the same preview was not found: nothing else in the preview says so.
  const gone = kind === "created" ? steps.find(({ op }) => op === "refresh")?.oldState : undefined;
  return {
    urn,
    name: parseUrn(urn)?.name ?? urn,
    kind,
    released: blocks.flatMap(({ stays, block }) => (stays ? [] : block)),
    retained: blocks.flatMap(({ stays, block }) => (stays ? block : [])),
    ...(gone === undefined ? {} : { gone: blockOf(gone) }),
    ...(main?.newState === undefined || main.op === "update" ? {} : { wanted: wantedOf(main.newState) }),
    inputs: inputChanges(main?.oldState?.inputs, main?.newState?.inputs),
    reasons: main?.replaceReasons ?? [],
  };
}

function kindOf(steps: readonly PreviewStep[]): ChangeKind | undefined {
  const has = (op: string): boolean => steps.some((step) => step.op === op);
  if (has("replace")) return "replaced";
  if (has("import")) return "adopted";
  if (has("create")) {
    return steps.some(({ newState }) => newState?.inputs?.adopt !== undefined) ? "adopted" : "created";
  }
  if (has("update")) return "updated";
  if (has("delete")) return "deleted";
  return has("delete-replaced") ? "release due" : undefined;
}

/** Steps that bring what takes the place of a replaced resource; only `--show-replacement-steps` lists them. */
const replacements: ReadonlySet<string> = new Set([
  ...["create-replacement", "import-replacement", "read-replacement"],
]);

/**
 * The steps that delete. Only `--show-replacement-steps` lists the deletions of replacements: without it a replacement
 * counts as one, although an interrupted run may have made the deletion already.
 */
function deletions(steps: readonly PreviewStep[]): PreviewStep[] {
  const listed = steps.some(({ op }) => replacements.has(op));
  return steps.filter(
    ({ op }) => op === "delete" || op === "delete-replaced" || (op === "replace" && !listed),
  );
}

/**
 * The block that a step deletes.
 *
 * @param main - What else happens to the resource. With `deleteBeforeReplace`, the engine shows the replaced state as one whose
 * replacement is pending, with and without `--show-replacement-steps`.
 */
function releasedBlock(step: PreviewStep, main: PreviewStep | undefined): Block {
  const due = step.op === "delete-replaced" && idOf(step) !== (main && idOf(main));
  const block = blockOf(step.oldState ?? {});
  return { ...block, due, releasedFirst: !due && main?.oldState?.pendingReplacement === true };
}

function blockOf({ id, inputs = {}, outputs = {} }: PreviewState): Block {
  const { addresses, ipCount } = outputs;
  return {
    segmentId: id === "" ? undefined : id,
    regionId: textAt(outputs, "regionId") ?? textAt(inputs, "regionId"),
    cidrBlock: textAt(outputs, "cidrBlock"),
    addresses: Array.isArray(addresses)
      ? addresses.flatMap((address) => (isRecord(address) ? (textAt(address, "ipAddress") ?? []) : []))
      : undefined,
    ipCount: typeof ipCount === "number" ? ipCount : undefined,
    accountId: textAt(outputs, "__accountId"),
    secret: [outputs.cidrBlock, addresses].includes(secretMark),
    due: false,
    releasedFirst: false,
    eipMask: shown(inputs.eipMask),
  };
}

function wantedOf({ id, inputs = {} }: PreviewState): WantedBlock {
  const mask = Number(inputs.eipMask);
  const taken = inputs.adopt ?? (id === "" ? undefined : id);
  return {
    eipMask: shown(inputs.eipMask),
    addresses: mask >= 24 && mask <= 28 ? 2 ** (32 - mask) : undefined,
    adopt: taken === undefined ? undefined : shown(taken),
    regionId: textAt(inputs, "regionId"),
  };
}
