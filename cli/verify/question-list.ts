import { changeQuestions } from "../../simulator/questions/change-questions";
import { eipQuestions } from "../../simulator/questions/eip-questions";
import type { Question } from "../../simulator/questions/question";
import { segmentQuestions } from "../../simulator/questions/segment-questions";
import { tokenQuestions } from "../../simulator/questions/token-questions";

const sections: Record<string, Record<string, Question>> = {
  "ClientToken of AllocateEipSegmentAddress": tokenQuestions,
  DescribeEipSegment: segmentQuestions,
  DescribeEipAddresses: eipQuestions,
  "Changes and releases": changeQuestions,
};

/** All open questions as Markdown: what `docs/unverified.md` says below its introduction. */
export function questionList(): string {
  return Object.entries(sections)
    .map(([title, list]) => `\n## ${title}\n\n${Object.entries(list).map(block).join("\n")}`)
    .join("");
}

function block([id, { asks, documented, assumed, measured, alternatives }]: [string, Question]): string {
  const others = Object.entries(alternatives).map(
    ([name, { is, handled }]) => `- \`${name}\`: ${withoutDot(is)}. _${handled}_`,
  );
  const facts = [`Documented: ${documented}`, `Assumed: ${assumed}`, `Measured: ${measured}`];
  const text = [`\`${id}\``, ...facts.map(withoutDot)].join(". ");
  return `### ${asks}\n\n${text}.\n\n${others.join("\n")}\n`;
}

const withoutDot = (sentence: string): string => sentence.replace(/\.$/, "");
