import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { questionList } from "../../cli/verify/question-list";
import { questions } from "../../simulator/questions";
import { repository } from "./support/consumer";

const page = join(repository, "docs", "unverified.md");
const read = (): string => readFileSync(page, "utf8");
const [introduction = ""] = read().split("\n## ");

if (process.env.WRITE_UNVERIFIED_PAGE === "1") writeFileSync(page, `${introduction}${questionList()}`);

it("the page of what is not verified says what the list says", () => {
  expect(read()).toBe(`${introduction}${questionList()}`);
});

it.each(Object.keys(questions))("the list has %s", (id) => {
  expect(questionList()).toContain(`\n\`${id}\`. Documented: `);
});
