import type { Silence } from "./answer";

type Cause = Omit<Silence, "kind" | "requestId">;

const certificate = (reason: string): Cause => ({
  reason: `${reason} (for a private certificate authority, name its file in NODE_EXTRA_CA_CERTS)`,
  lasting: true,
  sent: false,
});

/** Error codes of Node.js and OpenSSL that mean more than a broken connection. */
const CAUSES: Readonly<Record<string, Cause>> = {
  ENOTFOUND: { reason: "the host name is unknown", lasting: true, sent: false },
  EAI_AGAIN: { reason: "the name server did not answer", lasting: false, sent: false },
  ECONNREFUSED: { reason: "the connection was refused", lasting: true, sent: false },
  EHOSTUNREACH: { reason: "the host cannot be reached", lasting: false, sent: false },
  ENETUNREACH: { reason: "the network cannot be reached", lasting: false, sent: false },
  EPROTO: { reason: "the host does not speak TLS there", lasting: true, sent: false },
  ERR_TLS_CERT_ALTNAME_INVALID: certificate("its certificate is for another host name"),
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate("its certificate is self-signed"),
  SELF_SIGNED_CERT_IN_CHAIN: certificate("its certificate chain is self-signed"),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate("its certificate is from an unknown authority"),
  UNABLE_TO_GET_ISSUER_CERT: certificate("its certificate is from an unknown authority"),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate("its certificate is from an unknown authority"),
  CERT_HAS_EXPIRED: certificate("its certificate has expired"),
  CERT_NOT_YET_VALID: certificate("its certificate is not valid yet"),
  ETIMEDOUT: { reason: "the connection timed out", lasting: false, sent: true },
};

const BROKEN: Cause = { reason: "the connection was closed before the answer", lasting: false, sent: true };
const NOT_HTTP: Cause = { reason: "the host does not answer in HTTP", lasting: true, sent: true };

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : "";

/** What a connection error says, without any text of the error itself: that may hold the request. */
export function silenceOf(error: unknown): Silence {
  const code = codeOf(error);
  const cause = CAUSES[code] ?? (code.startsWith("HPE_") ? NOT_HTTP : BROKEN);
  return { kind: "silence", ...cause };
}
