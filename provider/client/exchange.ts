import type { Agent, ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import type { TransportFailure } from "./types";

/** Bounds of one try on the wire. */
export interface ExchangeLimits {
  /** Milliseconds for name resolution, TCP and TLS together. */
  connectTimeoutMs: number;
  /** Milliseconds from the connection to the last byte of the response. */
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
 * for the connection pool, sees the request pass, times connecting and reading apart, and bounds the response.
 */
export class Exchange {
  /** The agent to make exactly one request with. */
  readonly agent: Agent;
  /** Rejects as soon as the exchange has failed; never resolves. */
  readonly failed: Promise<never>;
  /** Why it failed, once it has. */
  failure: TransportFailure | undefined;
  /** Status and headers of the response, once they are there. */
  status: number | undefined;
  headers: IncomingHttpHeaders = {};
  /** Body bytes received so far. */
  receivedBytes = 0;
  /** Whether the request went out on a kept connection that the server had closed meanwhile. */
  stale = false;

  private readonly limits: ExchangeLimits;
  private request: ClientRequest | undefined;
  private timer: NodeJS.Timeout | undefined;
  private reject: (reason: Error) => void = () => undefined;

  constructor(pool: Agent, limits: ExchangeLimits) {
    this.limits = limits;
    this.failed = new Promise((_, reject) => {
      this.reject = reject;
    });
    this.failed.catch(() => undefined);
    const taker = pool as Agent & RequestTaker;
    const addRequest: RequestTaker["addRequest"] = (request, ...rest) => {
      this.watch(request);
      taker.addRequest(request, ...rest);
    };
    this.agent = Object.create(pool, { addRequest: { value: addRequest } }) as Agent;
  }

  /** Ends the exchange as failed and frees its connection. */
  fail(failure: TransportFailure): void {
    if (this.failure === undefined) {
      this.failure = failure;
      this.reject(new Error(failure.reason));
    }
    this.end();
    this.request?.destroy();
  }

  /** Stops watching. */
  end(): void {
    clearTimeout(this.timer);
  }

  private watch(request: ClientRequest): void {
    this.request = request;
    this.limit(this.limits.connectTimeoutMs, (seconds) => ({
      reason: `no connection within ${seconds} s (setting alicloud:clientConnectTimeout)`,
      isLasting: false,
      wasSent: false,
    }));
    request.once("socket", (socket) => {
      if (request.reusedSocket) {
        this.connected();
      } else if (socket instanceof TLSSocket) {
        socket.once("secureConnect", () => {
          this.connected();
        });
      } else if (socket.connecting) {
        socket.once("connect", () => {
          this.connected();
        });
      } else {
        this.connected();
      }
    });
    request.once("response", (response) => {
      this.receive(response);
    });
    request.on("error", (error) => {
      this.stale ||= this.failure === undefined && request.reusedSocket && this.status === undefined;
      this.fail(transportFailureOf(error));
    });
  }

  private connected(): void {
    this.limit(this.limits.readTimeoutMs, (seconds) => ({
      reason: `no complete response within ${seconds} s (setting alicloud:clientReadTimeout)`,
      isLasting: false,
      wasSent: true,
    }));
  }

  private receive(response: IncomingMessage): void {
    this.status = response.statusCode;
    this.headers = response.headers;
    // A data listener added any earlier would start the flow before the reader proper listens.
    response.once("resume", () => {
      response.on("data", (chunk: Buffer) => {
        this.receivedBytes += chunk.length;
        if (this.receivedBytes > this.limits.maxReplyBytes) {
          const reason = `the response is larger than ${this.limits.maxReplyBytes} bytes`;
          this.fail({ kind: "transportFailure", reason, isLasting: true, wasSent: true });
        }
      });
    });
    response.once("close", () => {
      if (!response.complete) {
        const reason = "the connection was closed in the middle of the response";
        this.fail({ kind: "transportFailure", reason, isLasting: false, wasSent: true });
      }
    });
  }

  private limit(ms: number, failure: (seconds: number) => Omit<TransportFailure, "kind">): void {
    clearTimeout(this.timer);
    if (this.failure === undefined) {
      this.timer = setTimeout(() => {
        this.fail({ kind: "transportFailure", ...failure(ms / 1000) });
      }, ms);
    }
  }
}

type Cause = Omit<TransportFailure, "kind" | "requestId">;

const certificate = (reason: string): Cause => ({
  reason: `${reason} (for a private certificate authority, name its file in NODE_EXTRA_CA_CERTS)`,
  isLasting: true,
  wasSent: false,
});

/** Error codes of Node.js and OpenSSL that mean more than a broken connection. */
const causes: Readonly<Record<string, Cause>> = {
  ENOTFOUND: { reason: "the host name is unknown", isLasting: true, wasSent: false },
  EAI_AGAIN: { reason: "the name server did not respond", isLasting: false, wasSent: false },
  ECONNREFUSED: { reason: "the connection was refused", isLasting: true, wasSent: false },
  EHOSTUNREACH: { reason: "the host cannot be reached", isLasting: false, wasSent: false },
  ENETUNREACH: { reason: "the network cannot be reached", isLasting: false, wasSent: false },
  EPROTO: { reason: "the host does not speak TLS there", isLasting: true, wasSent: false },
  ERR_TLS_CERT_ALTNAME_INVALID: certificate("its certificate is for another host name"),
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate("its certificate is self-signed"),
  SELF_SIGNED_CERT_IN_CHAIN: certificate("its certificate chain is self-signed"),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate("its certificate is from an unknown authority"),
  UNABLE_TO_GET_ISSUER_CERT: certificate("its certificate is from an unknown authority"),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate("its certificate is from an unknown authority"),
  CERT_HAS_EXPIRED: certificate("its certificate has expired"),
  CERT_NOT_YET_VALID: certificate("its certificate is not valid yet"),
  ETIMEDOUT: { reason: "the connection timed out", isLasting: false, wasSent: true },
};

const brokenConnection: Cause = {
  reason: "the connection was closed before the response",
  isLasting: false,
  wasSent: true,
};
const notHttp: Cause = { reason: "the host does not speak HTTP", isLasting: true, wasSent: true };

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : "";

/** What a connection error says, without any text of the error itself: that may hold the request. */
export function transportFailureOf(error: unknown): TransportFailure {
  const code = codeOf(error);
  const cause = causes[code] ?? (code.startsWith("HPE_") ? notHttp : brokenConnection);
  return { kind: "transportFailure", ...cause };
}
