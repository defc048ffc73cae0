import { CommandFailure } from "../command-failure";
import type { InputText } from "../input-texts";
import { parseDocuments } from "../json-documents";
import { printable } from "../printable";
import { isRecord, textAt } from "../json-values";
import { eipSegmentType, isSegmentType, parseUrn } from "../urn";

/** A segment that a state holds. */
export interface HeldSegment {
  urn: string;
  segmentId?: string | undefined;
  regionId?: string | undefined;
  accountId?: string | undefined;
  /** Token in its ownership tag. */
  ownerToken?: string | undefined;
  /** Ids that the cloud answered beside it and that nobody has seen since. */
  abandoned: string[];
}

/** A creation that was under way when its run ended. */
export interface PendingCreation {
  urn: string;
  regionId?: string | undefined;
  clientToken?: string | undefined;
  /** Inputs of the creation; secret ones are encrypted. */
  inputs: Record<string, unknown>;
}

/** What one `pulumi stack export` says of segments. */
export interface StackState {
  /** `project/stack`, or where the state came from when it is empty. */
  name: string;
  /** When the state was last written, in ms since the epoch. */
  writtenAt?: number | undefined;
  held: HeldSegment[];
  pending: PendingCreation[];
}

/**
 * The states in a text, one after the other.
 *
 * @throws CommandFailure when the text holds anything else.
 */
export function parseStates(input: InputText): StackState[] {
  return parseDocuments(input).map((document) => readState(document, input.from));
}

function readState(document: unknown, from: string): StackState {
  const deployment = isRecord(document) ? document.deployment : undefined;
  if (!isRecord(deployment)) {
    throw new CommandFailure(
      `What is in ${from} is not the output of \`pulumi stack export\`. Run \`pulumi stack export > state.json\` and name the file.`,
    );
  }
  const { resources = [], pending_operations: operations = [], manifest } = deployment;
  if (!isListOfRecords(resources) || !isListOfRecords(operations)) {
    throw new CommandFailure(
      `What is in ${from} is a state in a form that this version cannot read. Run \`npx --no eip-segment doctor\` to check the versions.`,
    );
  }
  const writtenAt = Date.parse((isRecord(manifest) ? textAt(manifest, "time") : undefined) ?? "");
  const pending = operations.flatMap(pendingCreation);
  const urn = parseUrn(textAt({ ...(resources[0] ?? pending[0]) }, "urn") ?? "");
  return {
    name: urn === undefined ? from : `${urn.project}/${urn.stack}`,
    writtenAt: Number.isNaN(writtenAt) ? undefined : writtenAt,
    held: resources.flatMap(heldSegment),
    pending,
  };
}

const isListOfRecords = (value: unknown): value is Record<string, unknown>[] =>
  Array.isArray(value) && value.every(isRecord);

function heldSegment(resource: Record<string, unknown>): HeldSegment[] {
  const urn = urnOf(resource);
  // A resource that a program only reads belongs to whoever made it.
  if (urn === undefined || resource.external === true || !isSegmentType(textAt(resource, "type") ?? "")) {
    return [];
  }
  const outputs = isRecord(resource.outputs) ? resource.outputs : {};
  const { __abandoned: abandoned } = outputs;
  return [
    {
      urn,
      segmentId: textAt(resource, "id"),
      regionId: textAt(outputs, "regionId"),
      accountId: textAt(outputs, "__accountId"),
      ownerToken: textAt(outputs, "__ownerToken") ?? textAt(outputs, "clientToken"),
      abandoned: Array.isArray(abandoned) ? abandoned.filter((id) => typeof id === "string") : [],
    },
  ];
}

function pendingCreation({ type, resource }: Record<string, unknown>): PendingCreation[] {
  if (type !== "creating" || !isRecord(resource) || resource.type !== eipSegmentType) {
    return [];
  }
  const urn = urnOf(resource);
  const inputs = isRecord(resource.inputs) ? resource.inputs : {};
  return urn === undefined
    ? []
    : [{ urn, regionId: textAt(inputs, "regionId"), clientToken: textAt(inputs, "clientToken"), inputs }];
}

function urnOf(resource: Record<string, unknown>): string | undefined {
  const urn = textAt(resource, "urn");
  return urn === undefined ? undefined : printable(urn);
}
