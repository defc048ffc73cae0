import type { Agent, ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import type { Silence } from "./answer";
import { silenceOf } from "./silence";

/** Bounds of one try on the wire. */
export interface ExchangeLimits {
  /** Milliseconds for name resolution, TCP and TLS together. */
  connectTimeoutMs: number;
  /** Milliseconds from the connection to the last byte of the answer. */
  readTimeoutMs: number;
  /** Bytes. */
  maxReplyBytes: number;
}

/** Node hands each request to its agent by this method, which its type declarations leave out. */
interface RequestTaker {
  addRequest(request: ClientRequest, ...rest: unknown[]): void;
}

/**
 * Watches one HTTP exchange made by code that offers no hooks of its own: {@link Exchange.agent} stands in
 * for the connection pool, sees the request pass, times connecting and reading apart, and bounds the answer.
 */
export class Exchange {
  /** The agent to make exactly one request with. */
  readonly agent: Agent;
  /** Rejects as soon as the exchange has failed; never resolves. */
  readonly failed: Promise<never>;
  /** Why it failed, once it has. */
  failure: Silence | undefined;
  /** Status and headers of the answer, once they are there. */
  status: number | undefined;
  headers: IncomingHttpHeaders = {};
  /** Body bytes received so far. */
  receivedBytes = 0;
  /** Whether the request went out on a kept connection that the server had closed meanwhile. */
  stale = false;

  readonly #limits: ExchangeLimits;
  #request: ClientRequest | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reject: (reason: Error) => void = () => undefined;

  constructor(pool: Agent, limits: ExchangeLimits) {
    this.#limits = limits;
    this.failed = new Promise((_, reject) => {
      this.#reject = reject;
    });
    this.failed.catch(() => undefined);
    const taker = pool as Agent & RequestTaker;
    const addRequest: RequestTaker["addRequest"] = (request, ...rest) => {
      this.#watch(request);
      taker.addRequest(request, ...rest);
    };
    this.agent = Object.create(pool, { addRequest: { value: addRequest } }) as Agent;
  }

  /** Ends the exchange as failed and frees its connection. */
  fail(failure: Silence): void {
    if (this.failure === undefined) {
      this.failure = failure;
      this.#reject(new Error(failure.reason));
    }
    this.end();
    this.#request?.destroy();
  }

  /** Stops watching. */
  end(): void {
    clearTimeout(this.#timer);
  }

  #watch(request: ClientRequest): void {
    this.#request = request;
    this.#limit(this.#limits.connectTimeoutMs, (seconds) => ({
      reason: `no connection within ${seconds} s (setting alicloud:clientConnectTimeout)`,
      lasting: false,
      sent: false,
    }));
    request.once("socket", (socket) => {
      if (request.reusedSocket) {
        this.#connected();
      } else if (socket instanceof TLSSocket) {
        socket.once("secureConnect", () => {
          this.#connected();
        });
      } else if (socket.connecting) {
        socket.once("connect", () => {
          this.#connected();
        });
      } else {
        this.#connected();
      }
    });
    request.once("response", (response) => {
      this.#receive(response);
    });
    request.on("error", (error) => {
      this.stale ||= this.failure === undefined && request.reusedSocket && this.status === undefined;
      this.fail(silenceOf(error));
    });
  }

  #connected(): void {
    this.#limit(this.#limits.readTimeoutMs, (seconds) => ({
      reason: `no complete response within ${seconds} s (setting alicloud:clientReadTimeout)`,
      lasting: false,
      sent: true,
    }));
  }

  #receive(response: IncomingMessage): void {
    this.status = response.statusCode;
    this.headers = response.headers;
    // A data listener added any earlier would start the flow before the reader proper listens.
    response.once("resume", () => {
      response.on("data", (chunk: Buffer) => {
        this.receivedBytes += chunk.length;
        if (this.receivedBytes > this.#limits.maxReplyBytes) {
          const reason = `the answer is larger than ${this.#limits.maxReplyBytes} bytes`;
          this.fail({ kind: "silence", reason, lasting: true, sent: true });
        }
      });
    });
    response.once("close", () => {
      if (!response.complete) {
        const reason = "the connection was closed in the middle of the answer";
        this.fail({ kind: "silence", reason, lasting: false, sent: true });
      }
    });
  }

  #limit(ms: number, failure: (seconds: number) => Omit<Silence, "kind">): void {
    clearTimeout(this.#timer);
    if (this.failure === undefined) {
      this.#timer = setTimeout(() => {
        this.fail({ kind: "silence", ...failure(ms / 1000) });
      }, ms);
    }
  }
}
