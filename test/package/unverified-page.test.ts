import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { questions } from "../../simulator/questions";
import { changeQuestions } from "../../simulator/questions/change-questions";
import { eipQuestions } from "../../simulator/questions/eip-questions";
import type { Question } from "../../simulator/questions/question";
import { segmentQuestions } from "../../simulator/questions/segment-questions";
import { tokenQuestions } from "../../simulator/questions/token-questions";
import { repository } from "./support/consumer";

const page = join(repository, "docs", "unverified.md");

const sections: Record<string, Record<string, Question>> = {
  "ClientToken of AllocateEipSegmentAddress": tokenQuestions,
  DescribeEipSegment: segmentQuestions,
  DescribeEipAddresses: eipQuestions,
  "Changes and releases": changeQuestions,
};

function block([id, { asks, documented, assumed, measured, alternatives }]: [string, Question]): string {
  const others = Object.entries(alternatives).map(
    ([name, { is, handled }]) => `- \`${name}\`: ${is.replace(/\.$/, "")}. _${handled}_`,
  );
  const facts = [`Documented: ${documented}`, `Assumed: ${assumed}`, `Measured: ${measured}`];
  const lines = [`\`${id}\``, ...facts.map((fact) => fact.replace(/\.$/, ""))];
  return `### ${asks}\n\n${lines.join(". ")}.\n\n${others.join("\n")}\n`;
}

const expected = Object.entries(sections)
  .map(([title, list]) => `\n## ${title}\n\n${Object.entries(list).map(block).join("\n")}`)
  .join("");

const written = readFileSync(page, "utf8");
const [introduction = ""] = written.split("\n## ");

if (process.env.WRITE_UNVERIFIED_PAGE === "1") writeFileSync(page, `${introduction}${expected}`);

it("the page has every question of the list", () => {
  expect(Object.values(sections).flatMap(Object.keys).sort()).toEqual(Object.keys(questions).sort());
});

it("the page of what is not verified says what the list says", () => {
  expect(written).toBe(`${introduction}${expected}`);
});
