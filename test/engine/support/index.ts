import { disposeStacks } from "./stack";
import { TEST_LIMIT_MS } from "./time-limits";

export type * from "./engine-types";
export { changesOf, messagesOf } from "./events";
export { plainProgram, segmentProgram, type SegmentDeclaration } from "./program";
export { repository } from "./pulumi-cli";
export { RunningCommand, type CommandExit } from "./running-command";
export { createStack, Stack, type CommandOptions, type CommandResult, type StackOptions } from "./stack";

jest.setTimeout(TEST_LIMIT_MS);

// A failed test must leave no process, port or folder behind.
afterAll(disposeStacks);
