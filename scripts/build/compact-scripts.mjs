import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";

import { minify } from "@swc/core";

/**
 * Kept as the compiler wrote them: the shell because its text is stored in every state, the entries because Node.js finds
 * the names that an ES module may import by reading them.
 */
const untouched = [/^provider\/shell\//, /^(provider|simulator)\/index\.js$/];

/** Tells importers of a default export what to do; these files have none, and only this package loads them. */
const esModuleMark = /Object\.defineProperty\(exports,"__esModule",\{value:!0\}\)[,;]/;

/** Names the exports before they have a value, for readers of the source and circular imports; there are none of either. */
const announcedExports = /^"use strict";(?:exports\.\w+=)+void 0[,;]/;

/**
 * Takes comments, white space and long local names out of compiled scripts, each file by itself: stack traces still name the
 * file. Class names stay, because errors carry them.
 */
export async function compactScripts(folder) {
  const scripts = readdirSync(folder, { recursive: true })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => file.endsWith(".js") && !untouched.some((pattern) => pattern.test(file)));
  await Promise.all(
    scripts.map(async (file) => {
      const path = join(folder, file);
      const { code } = await minify(readFileSync(path, "utf8"), {
        module: false,
        toplevel: true,
        ecma: 2022,
        compress: { toplevel: true, passes: 2, ecma: 2022, keep_classnames: true },
        mangle: { toplevel: true, keep_classnames: true },
        sourceMap: false,
      });
      const shorter = code.replace(esModuleMark, "").replace(announcedExports, '"use strict";');
      writeFileSync(path, `${shorter}\n`);
    }),
  );
}
