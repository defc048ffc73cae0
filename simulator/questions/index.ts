import { changeQuestions } from "./change-questions";
import { eipQuestions } from "./eip-questions";
import type { Question } from "./question";
import { segmentQuestions } from "./segment-questions";
import { tokenQuestions } from "./token-questions";

/** All open questions by their ids. Source of docs/unverified.md. */
export const questions = { ...tokenQuestions, ...segmentQuestions, ...eipQuestions, ...changeQuestions };

type Questions = typeof questions;

/** Id of a question. */
export type QuestionId = keyof Questions;

/** One alternative, as `question=alternative`. */
export type Answer = {
  [Id in QuestionId]: `${Id}=${keyof Questions[Id]["alternatives"] & string}`;
}[QuestionId];

/** Whether the alternative is switched on. */
export type IsAnswered = (answer: Answer) => boolean;

/** Every alternative of every question. */
export const allAnswers = Object.entries<Question>(questions).flatMap(([id, { alternatives }]) =>
  Object.keys(alternatives).map((alternative) => `${id}=${alternative}` as Answer),
);

/** Names the first question or alternative that does not exist, with the valid ids; undefined when all of them do. */
export function problemOfAnswers(answers: Readonly<Record<string, string>>): string | undefined {
  for (const [id, alternative] of Object.entries(answers)) {
    const question = Object.hasOwn(questions, id) ? (questions[id as QuestionId] as Question) : undefined;
    const valid = Object.keys(question?.alternatives ?? questions);
    if (question === undefined || !valid.includes(alternative)) {
      const what = question === undefined ? `question ${id}` : `answer ${alternative} to ${id}`;
      return `There is no ${what}. Valid: ${valid.join(", ")}.`;
    }
  }
  return undefined;
}
