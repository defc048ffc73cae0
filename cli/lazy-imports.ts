/* eslint-disable @typescript-eslint/no-require-imports -- a static import would load the client of the cloud, half a second of work, for commands that never call it */
import type * as doctorCommand from "./doctor/command";
import type * as listCommand from "./list/command";
import type * as orphansCommand from "./orphans/command";
import type * as checkBlocks from "./report/check-blocks";
import type * as simulateCommand from "./simulate/command";
import type * as verifyCommand from "./verify/command";

/** Modules that are loaded when they are first used. */
export const lazyImports = {
  doctor: () => require("./doctor/command") as typeof doctorCommand,
  list: () => require("./list/command") as typeof listCommand,
  checkBlocks: () => require("./report/check-blocks") as typeof checkBlocks,
  orphans: () => require("./orphans/command") as typeof orphansCommand,
  simulate: () => require("./simulate/command") as typeof simulateCommand,
  verify: () => require("./verify/command") as typeof verifyCommand,
};
