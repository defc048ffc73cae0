import type {
  ApiRequest,
  Credentials,
  Outcome,
  Refusal,
  Success,
  Transport,
  TransportFailure,
} from "../../../../provider/client/types";

/** Answers each try with the next of a list, and the last one from then on. */
export class ScriptedTransport implements Transport {
  readonly sent: { request: ApiRequest; credentials: Credentials }[] = [];
  readonly #answers: readonly Outcome[];
  readonly #onSend: () => void;

  constructor(answers: readonly Outcome[], onSend: () => void = () => undefined) {
    this.#answers = answers;
    this.#onSend = onSend;
  }

  send(request: ApiRequest, credentials: Credentials): Promise<Outcome> {
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

export const transportFailure = (more: Partial<TransportFailure> = {}): TransportFailure => ({
  kind: "transportFailure",
  reason: "the connection was closed before the response",
  isLasting: false,
  wasSent: true,
  ...more,
});
