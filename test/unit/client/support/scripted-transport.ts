import type { Answer, Refusal, Request, Silence, Success } from "../../../../provider/client/answer";
import type { Credentials } from "../../../../provider/client/credentials";
import type { Transport } from "../../../../provider/client/transport";

/** Answers each try with the next of a list, and the last one from then on. */
export class ScriptedTransport implements Transport {
  readonly sent: { request: Request; credentials: Credentials }[] = [];
  readonly #answers: readonly Answer[];
  readonly #onSend: () => void;

  constructor(answers: readonly Answer[], onSend: () => void = () => undefined) {
    this.#answers = answers;
    this.#onSend = onSend;
  }

  send(request: Request, credentials: Credentials): Promise<Answer> {
    this.#onSend();
    const answer = this.#answers[Math.min(this.sent.length, this.#answers.length - 1)];
    this.sent.push({ request, credentials });
    return answer === undefined ? Promise.reject(new Error("nothing scripted")) : Promise.resolve(answer);
  }
}

export const success = (body: object, more: Partial<Success> = {}): Success => ({
  kind: "success",
  body,
  requestId: "3F2A1B0C",
  ...more,
});

export const refusal = (code: string, more: Partial<Refusal> = {}): Refusal => ({
  kind: "refusal",
  code,
  message: `Message of ${code}.`,
  requestId: "3F2A1B0C",
  status: 400,
  ...more,
});

export const silence = (more: Partial<Silence> = {}): Silence => ({
  kind: "silence",
  reason: "the connection was closed before the answer",
  lasting: false,
  sent: true,
  ...more,
});
