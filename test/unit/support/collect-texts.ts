import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

export const repository = join(__dirname, "..", "..", "..");

/** A text of the source: a string, or a template or a sum of strings whose other parts are `{…}`. */
export interface SourceText {
  file: string;
  line: number;
  text: string;
}

/** All texts of two words or more in the TypeScript and JavaScript below `roots`, except in files that begin with one of `except`. */
export function collectTexts(
  roots: readonly string[],
  { except }: { except: readonly string[] },
): SourceText[] {
  return roots
    .flatMap((root) => filesBelow(join(repository, root)))
    .map((path) => relative(repository, path))
    .filter((file) => !except.some((start) => file.startsWith(start)))
    .flatMap(textsOf);
}

function filesBelow(path: string): string[] {
  if (statSync(path).isDirectory()) return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
  return /\.(ts|mjs)$/.test(path) ? [path] : [];
}

function textsOf(file: string): SourceText[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(repository, file), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: SourceText[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    const text = textOf(node);
    if (text === undefined) {
      ts.forEachChild(node, visit);
      return;
    }
    if (/\p{L} \S/u.test(text)) {
      found.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
    }
    placeholdersOf(node).forEach(visit);
  };
  visit(source);
  return found;
}

/** The text of an expression; undefined when it is none. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
  if (ts.isTemplateExpression(node)) {
    return (
      node.head.text +
      node.templateSpans.map(({ expression, literal }) => partOf(expression) + literal.text).join("")
    );
  }
  if (!isSum(node) || (textOf(node.left) ?? textOf(node.right)) === undefined) return undefined;
  return partOf(node.left) + partOf(node.right);
}

const partOf = (node: ts.Node): string => textOf(node) ?? "{…}";

const isSum = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;

/** The expressions in a text that are no text themselves, which may hold others. */
function placeholdersOf(node: ts.Node): ts.Node[] {
  if (textOf(node) === undefined) return [node];
  if (ts.isParenthesizedExpression(node)) return placeholdersOf(node.expression);
  if (isSum(node)) return [node.left, node.right].flatMap(placeholdersOf);
  return ts.isTemplateExpression(node)
    ? node.templateSpans.flatMap(({ expression }) => placeholdersOf(expression))
    : [];
}
