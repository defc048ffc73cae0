import { isRecord, secretMark, textAt } from "../records";
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
  for (const step of steps) {
    const type = parseUrn(step.urn)?.type ?? "";
    if (isSegmentType(type)) {
      segments.set(step.urn, [...(segments.get(step.urn) ?? []), step]);
    } else if (!uncounted.has(step.op) && type !== "pulumi:pulumi:Stack") {
      others[step.op] = (others[step.op] ?? 0) + 1;
    }
  }
  const urn = parseUrn(steps[0]?.urn ?? "");
  return {
    stack: urn && `${urn.project}/${urn.stack}`,
    segments: [...segments].flatMap(([name, own]) => segmentChange(name, own) ?? []),
    others,
    errors,
  };
}

/** What the steps of one URN do; undefined when they do nothing. */
function segmentChange(urn: string, steps: readonly PreviewStep[]): SegmentChange | undefined {
  const kind = kindOf(steps);
  if (kind === undefined) {
    return undefined;
  }
  const deleted = deletions(steps);
  // A refreshed segment that is created in the same preview was not found: nothing else in the preview says so.
  const gone = kind === "created" ? steps.find(({ op }) => op === "refresh")?.oldState : undefined;
  const main = steps.find(({ op }) => op === "create" || op === "update" || op === "replace");
  return {
    urn,
    name: parseUrn(urn)?.name ?? urn,
    kind,
    released: deleted.filter(({ retainOnDelete }) => retainOnDelete !== true).map(blockOf),
    retained: deleted.filter(({ retainOnDelete }) => retainOnDelete === true).map(blockOf),
    ...(gone === undefined ? {} : { gone: blockOf(gone) }),
    ...(main?.newState === undefined || main.op === "update" ? {} : { wanted: wantedOf(main.newState) }),
    inputs: inputChanges(main?.oldState?.inputs, main?.newState?.inputs),
    reasons: main?.replaceReasons ?? [],
  };
}

function kindOf(steps: readonly PreviewStep[]): ChangeKind | undefined {
  const has = (op: string): boolean => steps.some((step) => step.op === op);
  if (has("replace")) return "replaced";
  if (has("create")) {
    return steps.some(({ newState }) => newState?.inputs?.adopt !== undefined) ? "adopted" : "created";
  }
  if (has("update")) return "updated";
  if (has("delete")) return "deleted";
  return has("delete-replaced") ? "release due" : undefined;
}

/**
 * The states that are deleted. Only `--show-replacement-steps` lists the deletions of replacements: without it a
 * replacement counts as one, although an interrupted run may have made the deletion already.
 */
function deletions(steps: readonly PreviewStep[]): PreviewState[] {
  const listed = steps.some(({ op }) => op === "create-replacement");
  return steps.flatMap(({ op, oldState }) => {
    const deletes = op === "delete" || op === "delete-replaced" || (op === "replace" && !listed);
    return deletes && oldState !== undefined ? [oldState] : [];
  });
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
    eipMask: shown(inputs.eipMask),
  };
}

function wantedOf({ inputs = {} }: PreviewState): WantedBlock {
  const mask = Number(inputs.eipMask);
  return {
    eipMask: shown(inputs.eipMask),
    addresses: mask >= 24 && mask <= 28 ? 2 ** (32 - mask) : undefined,
    adopt: inputs.adopt === undefined ? undefined : shown(inputs.adopt),
    regionId: textAt(inputs, "regionId"),
  };
}
