import { createRequire } from "node:module";

/**
 * Type-checks files with a given compiler, and prints what is wrong in them and in the declarations of this package.
 * Usage: node type-check.mjs <typescript.js> <options as JSON> <file>...
 *
 * Declarations of other packages are read but not judged: Pulumi's own do not pass the oldest compiler it supports.
 */
const [, , compiler, optionsText, ...files] = process.argv;
const ts = createRequire(import.meta.url)(compiler);

const { options, errors } = ts.convertCompilerOptionsFromJson(JSON.parse(optionsText), process.cwd());
const program = ts.createProgram(files, options);
const judged = program
  .getSourceFiles()
  .filter(
    ({ fileName }) => files.includes(fileName) || /\/pulumi-alicloud-eip-segment\/dist\//.test(fileName),
  );
const problems = [
  ...errors,
  ...judged.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]),
];
for (const { code, file, messageText, start } of problems) {
  const line =
    file === undefined ? "" : `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1} `;
  console.log(`${line}TS${code} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}
console.log(`${judged.length} files, ${problems.length} problems, TypeScript ${ts.version}`);
process.exitCode = problems.length === 0 ? 0 : 1;
