import type { Answer } from "../../../simulator/questions";
import { stopping } from "./answer-exemptions";

/** Answers of one row. */
const rowSize = 5;

const questionOf = (answer: Answer): string => answer.split("=")[0] ?? "";

/** Pairs that a row shows: beside an answer that stops every `up`, only those with it. */
function pairsOf(row: readonly Answer[]): string[] {
  const [stop] = row.filter((answer) => stopping.includes(answer));
  return row.flatMap((first, index) =>
    row
      .slice(index + 1)
      .filter((second) => stop === undefined || first === stop || second === stop)
      .map((second) => [first, second].sort().join(" ")),
  );
}

/** Rows of answers to different questions in which each pair of answers occurs, and all their pairs. */
export function rowsOfPairs(answers: readonly Answer[]): { rows: Answer[][]; pairs: number } {
  const couples = answers.flatMap((first, index) =>
    answers
      .slice(index + 1)
      .filter((second) => questionOf(second) !== questionOf(first))
      .map((second) => [first, second]),
  );
  const uncovered = new Set(couples.flatMap(pairsOf));
  const newPairs = (row: readonly Answer[]): number =>
    pairsOf(row).filter((pair) => uncovered.has(pair)).length;
  const rows: Answer[][] = [];
  for (const couple of couples) {
    if (newPairs(couple) === 0) continue;
    let row = couple;
    while (row.length < rowSize) {
      const questions = row.map(questionOf);
      const longer = answers
        .filter((answer) => !questions.includes(questionOf(answer)) && !stopping.includes(answer))
        .map((answer) => [...row, answer])
        .reduce((best, one) => (newPairs(one) > newPairs(best) ? one : best), row);
      if (longer === row) break;
      row = longer;
    }
    for (const pair of pairsOf(row)) uncovered.delete(pair);
    rows.push(row);
  }
  return { rows, pairs: couples.length };
}
