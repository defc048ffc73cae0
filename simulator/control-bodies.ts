import { z } from "zod";

import { ControlError } from "./control-error";
import type { Fault } from "./faults";
import type { HoldSelection } from "./holds";
import type { SimulatorSettings } from "./options";
import type { Progression } from "./progression";
import { problemOfAnswers } from "./questions";
import { snapshotSchema } from "./snapshot-schema";
import type { CloudSnapshot } from "./snapshot";

/** JSON has no Infinity, so a duration may also be the text "Infinity". */
const duration = z.union([
  z.number().min(0),
  z.literal("Infinity").transform(() => Number.POSITIVE_INFINITY),
]);
const count = z.number().int().min(0);
const text = z.string();

const progression = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("immediate") }),
  z.strictObject({ kind: z.literal("describes"), count }),
  z.strictObject({
    kind: z.literal("time"),
    allocateMs: duration,
    releaseMs: duration,
    associateMs: duration.exactOptional(),
  }),
]);

const visibilityLag = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("describes"), count }),
  z.strictObject({ kind: z.literal("time"), ms: duration }),
]);

const calls = { action: text, match: z.record(text, text).exactOptional() };
const selection = {
  ...calls,
  times: count.exactOptional(),
  probability: z.number().min(0).max(1).exactOptional(),
  seed: z.number().exactOptional(),
};
const afterEffect = z.boolean().exactOptional();

const fault = z.discriminatedUnion("kind", [
  z.strictObject({
    ...selection,
    kind: z.literal("throttle"),
    retryAfterMs: count.exactOptional(),
    code: text.exactOptional(),
  }),
  z.strictObject({
    ...selection,
    kind: z.literal("error"),
    code: text,
    status: z.number().int().min(400).max(599).exactOptional(),
    message: text.exactOptional(),
    afterEffect,
  }),
  z.strictObject({ ...selection, kind: z.literal("html502"), afterEffect }),
  z.strictObject({ ...selection, kind: z.enum(["emptyBody", "truncatedBody"]) }),
  z.strictObject({ ...selection, kind: z.enum(["dropBefore", "dropAfter", "hangBefore", "hangAfter"]) }),
  z.strictObject({ ...selection, kind: z.literal("vanish") }),
]);

const hold = z.strictObject({ ...calls, point: z.enum(["before", "after"]) });

const patterns = z.union([text, z.array(text).min(1)]);

/** Strict, because an element that is not simulated (Condition, NotAction) must not be taken for one that is. */
const policy = z.strictObject({
  Version: z.literal("1"),
  Statement: z.array(
    z.strictObject({ Effect: z.enum(["Allow", "Deny"]), Action: patterns, Resource: patterns }),
  ),
});

const account = z.strictObject({
  accountId: text,
  accessKeyId: text,
  accessKeySecret: text,
  securityToken: text.exactOptional(),
  securityTokenExpiresAt: z.number().exactOptional(),
  active: z.boolean().exactOptional(),
  identityType: z.enum(["Account", "RAMUser", "AssumedRoleUser"]).exactOptional(),
  deniedActions: z.array(text).exactOptional(),
  policy: policy.exactOptional(),
  entitled: z.boolean().exactOptional(),
});

const rateLimit = z.strictObject({ limit: z.number().int().min(1), windowMs: z.number().min(1) });

const answers = z.record(text, text).superRefine((given, context) => {
  const problem = problemOfAnswers(given);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});

const settings = z.strictObject({
  accounts: z.array(account).exactOptional(),
  progression: progression.exactOptional(),
  visibilityLag: visibilityLag.exactOptional(),
  answers: answers.exactOptional(),
  quota: count.exactOptional(),
  frequentPurchaseGuard: z.boolean().exactOptional(),
  rateLimits: z.union([z.boolean(), z.record(text, rateLimit)]).exactOptional(),
  stock: z
    .array(
      z.strictObject({
        regionId: text.exactOptional(),
        mask: z.number().int().min(24).max(28).exactOptional(),
        available: count,
      }),
    )
    .exactOptional(),
  reserved: z.union([z.literal(0), z.literal(1), z.literal(3), z.literal(4)]).exactOptional(),
  resourceGroups: z.union([z.literal("any"), z.array(text)]).exactOptional(),
});

/** @throws ControlError */
export function parseProgression(body: Buffer): Progression {
  return parse(progression, body);
}

/** @throws ControlError */
export function parseFault(body: Buffer): Fault {
  return parse(fault, body);
}

/** @throws ControlError */
export function parseHold(body: Buffer): HoldSelection {
  return parse(hold, body);
}

/** @throws ControlError */
export function parseSettings(body: Buffer): Partial<SimulatorSettings> {
  return parse(settings, body);
}

/** @throws ControlError */
export function parseInstanceId(body: Buffer): string {
  return parse(z.strictObject({ instanceId: text }), body).instanceId;
}

/** @throws ControlError */
export function parseSnapshot(body: Buffer): CloudSnapshot {
  return parse(snapshotSchema, body);
}

function parse<Output>(schema: z.ZodType<Output>, body: Buffer): Output {
  const result = schema.safeParse(parseJson(body));
  if (!result.success) throw new ControlError(400, z.prettifyError(result.error));
  return result.data;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8")) as unknown;
  } catch {
    throw new ControlError(400, "The body is not JSON.");
  }
}
