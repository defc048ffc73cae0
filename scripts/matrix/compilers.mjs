import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { repository } from "../setup/paths.mjs";
import { CommandFailure, runCommand } from "../setup/run-command.mjs";
import { installCompiler } from "./install.mjs";

/** The compiler that Pulumi brings for programs without one of their own, and the last of each later major version. */
export const compilers = ["3.8.3", "4.9.5", "5.9.3", "6.0.3", "7.0.2"];

const broken = `import { EipSegment } from "pulumi-alicloud-eip-segment";\nnew EipSegment("broken", {});\n`;

/**
 * Type-checks a program that uses both entries of the package, beside one that must be refused.
 *
 * @returns {Promise<{compiler: string, passed: boolean, problems: string[]}>}
 */
export async function tryCompiler(version, { folder }) {
  const compiler = await installCompiler(version);
  const [program, wrong] = ["program.ts", "broken.ts"].map((name) => join(folder, name));
  copyFileSync(join(repository, "test", "package", "fixtures", "program.ts"), program);
  writeFileSync(wrong, broken);
  const major = Number(version.split(".")[0]);
  const modules =
    major < 5
      ? { module: "commonjs", moduleResolution: "node" }
      : { module: "node16", moduleResolution: "node16" };
  const options = { ...modules, target: "es2020", strict: true, noEmit: true, types: [] };
  const check = major < 7 ? problemsByLibrary : problemsByCommand;
  const found = await check(compiler, options, [program, wrong], folder);
  const problems = found.filter((line) => !line.includes("broken.ts"));
  // A compiler that finds nothing wrong with the broken program has not looked at the declarations.
  if (problems.length === found.length) problems.push("the broken program was not refused");
  return { compiler: version, passed: problems.length === 0, problems };
}

/** The oldest compilers stop at the syntax of other packages' declarations, unless they are asked about single files. */
async function problemsByLibrary(compiler, options, files, cwd) {
  const script = join(repository, "test", "package", "support", "type-check.mjs");
  const library = join(compiler, "lib", "typescript.js");
  return await linesOf([script, library, JSON.stringify(options), ...files], / TS\d+ /, cwd);
}

/** Compilers since 7 are programs without a library. */
async function problemsByCommand(compiler, compilerOptions, files, cwd) {
  writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  const judged = /^(program\.ts|broken\.ts|node_modules\/pulumi-alicloud-eip-segment\/|error )/;
  return await linesOf([join(compiler, "bin", "tsc"), "--pretty", "false", "-p", cwd], judged, cwd);
}

async function linesOf(args, judged, cwd) {
  try {
    await runCommand(process.execPath, args, { cwd });
    return [];
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return error.lines.filter((line) => judged.test(line));
  }
}
