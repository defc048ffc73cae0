/* eslint-disable @typescript-eslint/no-require-imports -- a static import would load the vendor's credential providers for previews, which need none */
import type * as sources from "./credential-openers";
import type * as defaultChain from "./default-chain";

/** Modules that are loaded when credentials are first looked for. */
export const lazyImports = {
  sources: () => require("./credential-openers") as typeof sources,
  defaultChain: () => require("./default-chain") as typeof defaultChain,
};
