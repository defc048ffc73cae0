/** Longest time one Pulumi command may take before its processes are killed, in ms. */
export const COMMAND_LIMIT_MS = 90_000;

/** Longest time one engine test may take, in ms: several commands, on a machine busy with other tests. */
export const TEST_LIMIT_MS = 120_000;
