/* eslint-disable @typescript-eslint/no-require-imports -- a static import would load the client of the cloud for programs that only declare segments */
import type * as segmentLookup from "../lookup/segment-lookup";

/** Modules that are loaded when they are first used. */
export const lazyImports = {
  lookup: () => require("../lookup/segment-lookup") as typeof segmentLookup,
};
