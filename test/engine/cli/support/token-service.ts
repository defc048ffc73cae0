import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { listenOnLoopback } from "./loopback";

/** A stand-in for STS that trades OIDC tokens for keys of the simulator, and hands all else on to it. */
export interface TokenService {
  url: string;
  /** File of the certificate that clients must trust. */
  certificate: string;
  /** What was asked of AssumeRoleWithOIDC. */
  readonly asked: URLSearchParams[];
  stop: () => void;
}

/** Keys that the token service gives out. */
export const temporaryKeys = {
  accountId: "1234567890123456",
  accessKeyId: "simulator-temporary-key-id",
  accessKeySecret: "simulator-temporary-key-secret",
  securityToken: "simulator-security-token",
};

/** Starts the service with a certificate of its own, made in `folder`: the vendor's client speaks only TLS to STS. */
export async function startTokenService(folder: string, simulator: () => string): Promise<TokenService> {
  const certificate = join(folder, "sts.crt");
  const key = join(folder, "sts.key");
  execFileSync(
    "openssl",
    [
      ...[
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
      ],
      ...[
        "-subj",
        "/CN=127.0.0.1",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        key,
        "-out",
        certificate,
      ],
    ],
    { stdio: "pipe" },
  );
  const asked: URLSearchParams[] = [];
  const tls = { cert: readFileSync(certificate), key: readFileSync(key) };
  const server = createServer(tls, (incoming, response) => {
    void buffer(incoming).then((body) => {
      if ((incoming.url ?? "").includes("Action=AssumeRoleWithOIDC")) {
        asked.push(new URLSearchParams(body.toString()));
        response.end(JSON.stringify({ Credentials: credentials() }));
        return;
      }
      const { method, headers, url } = incoming;
      const onward = request(new URL(url ?? "/", simulator()), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.end(body);
    });
  });
  const { host, stop } = await listenOnLoopback(server);
  return {
    url: `https://${host}`,
    certificate,
    asked,
    stop,
  };
}

function credentials(): Record<string, string> {
  const {
    accessKeyId: AccessKeyId,
    accessKeySecret: AccessKeySecret,
    securityToken: SecurityToken,
  } = temporaryKeys;
  const Expiration = new Date(Date.now() + 3_600_000).toISOString();
  return { AccessKeyId, AccessKeySecret, SecurityToken, Expiration };
}
