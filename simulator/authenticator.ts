import { timingSafeEqual } from "node:crypto";

import { apiError, missingParameter } from "./api-error";
import type { SimulatorAccount } from "./options";
import type { ApiRequest } from "./request";
import { signV1, stringToSignV1 } from "./signature-v1";
import { algorithmV3, parseAuthorizationV3, sha256Hex, signV3, stringToSignV3 } from "./signature-v3";

/** What a request claims about itself, whichever signature version it uses. */
interface Claims {
  readonly accessKeyId: string;
  readonly securityToken: string | undefined;
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
  readonly stringToSign: string;
  readonly sign: (stringToSign: string, accessKeySecret: string) => string;
}

const toleranceMs = 15 * 60 * 1000;

/** The gateway's checks of key, token, time, signature and nonce, in this order. */
export class Authenticator {
  private readonly usedNonces = new Map<string, number>();

  constructor(
    private readonly accounts: () => readonly SimulatorAccount[],
    private readonly now: () => number,
  ) {}

  /**
   * The account that signed the request.
   *
   * @throws the gateway errors `Missing…`, `IncompleteSignature`, `InvalidAccessKeyId…`, `…SecurityToken…`,
   *   `InvalidTimeStamp…`, `SignatureDoesNotMatch`, `SignatureNonceUsed`.
   */
  authenticate(request: ApiRequest): SimulatorAccount {
    const claims = request.isV3 ? claimsV3(request) : claimsV1(request);
    const account = this.accounts().find(({ accessKeyId }) => accessKeyId === claims.accessKeyId);
    if (account === undefined) throw apiError("InvalidAccessKeyId.NotFound");
    if (account.active === false) throw apiError("InvalidAccessKeyId.Inactive");
    this.checkSecurityToken(account, claims.securityToken);
    this.checkTimestamp(claims.timestamp);
    const expected = claims.sign(claims.stringToSign, account.accessKeySecret);
    if (!equalsInConstantTime(expected, claims.signature)) {
      throw apiError(
        "SignatureDoesNotMatch",
        `Specified signature is not matched with our calculation. server string to sign is:${claims.stringToSign}`,
      );
    }
    this.useNonce(`${claims.accessKeyId} ${claims.nonce}`);
    return account;
  }

  private checkSecurityToken(account: SimulatorAccount, token: string | undefined): void {
    if (account.securityToken !== undefined && token === undefined) throw apiError("MissingSecurityToken");
    if (account.securityToken !== token) throw apiError("InvalidSecurityToken.MismatchWithAccessKey");
    if (this.now() >= (account.securityTokenExpiresAt ?? Infinity)) {
      throw apiError("InvalidSecurityToken.Expired");
    }
  }

  private checkTimestamp(timestamp: string): void {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(timestamp)) throw apiError("InvalidTimeStamp.Format");
    const time = Date.parse(timestamp);
    if (Number.isNaN(time)) throw apiError("InvalidTimeStamp.Format");
    if (Math.abs(this.now() - time) > toleranceMs) throw apiError("InvalidTimeStamp.Expired");
  }

  private useNonce(key: string): void {
    const now = this.now();
    for (const [used, at] of this.usedNonces) {
      if (at > now - toleranceMs) break;
      this.usedNonces.delete(used);
    }
    if (this.usedNonces.has(key)) throw apiError("SignatureNonceUsed");
    this.usedNonces.set(key, now);
  }
}

function claimsV1({ method, query, form, parameters }: ApiRequest): Claims {
  const present = (name: string): string => {
    const value = parameters.get(name);
    if (!value) throw missingParameter(name);
    return value;
  };
  const accessKeyId = present("AccessKeyId");
  const timestamp = present("Timestamp");
  const nonce = present("SignatureNonce");
  const signature = parameters.get("Signature") ?? "";
  const isSupported =
    parameters.get("SignatureMethod") === "HMAC-SHA1" && parameters.get("SignatureVersion") === "1.0";
  if (signature === "" || !isSupported) throw apiError("IncompleteSignature");
  const pairs = [...query, ...form].filter(([name]) => name !== "Signature");
  return {
    ...{ accessKeyId, timestamp, nonce, signature },
    securityToken: parameters.get("SecurityToken"),
    stringToSign: stringToSignV1(method, pairs),
    sign: signV1,
  };
}

function claimsV3({ method, query, headers, body }: ApiRequest): Claims {
  const authorization = parseAuthorizationV3(headers.authorization ?? "");
  if (authorization === undefined) throw apiError("IncompleteSignature");
  const { accessKeyId, signedHeaders, signature } = authorization;
  const mandatory = ["host", ...Object.keys(headers).filter((name) => name.startsWith("x-acs-"))];
  if (!mandatory.every((name) => signedHeaders.includes(name))) throw apiError("IncompleteSignature");
  const present = (header: string, parameter: string): string => {
    const value = headers[header];
    if (!value) throw missingParameter(parameter);
    return value;
  };
  const hashedPayload = sha256Hex(body);
  if (headers["x-acs-content-sha256"] !== hashedPayload) {
    throw apiError(
      "SignatureDoesNotMatch",
      `The header x-acs-content-sha256 is not the ${algorithmV3} digest of the body.`,
    );
  }
  return {
    ...{ accessKeyId, signature },
    securityToken: headers["x-acs-security-token"],
    timestamp: present("x-acs-date", "Timestamp"),
    nonce: present("x-acs-signature-nonce", "SignatureNonce"),
    stringToSign: stringToSignV3({ method, query, headers, signedHeaders, hashedPayload }),
    sign: signV3,
  };
}

function equalsInConstantTime(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
