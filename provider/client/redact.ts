import type { Credentials } from "./types";

/** The server's string to sign, quoted in signature errors, holds the access key id and the whole request. */
const serverStringToSign = /[\s,.;:]*(server\s+)?string\s*to\s*sign\b.*$/is;

/** Longest text of the API quoted in an error; its real messages are far shorter. */
const maxQuotedLength = 400;

/** A text of the API for an error message: one line, bounded, without key, secret or token. */
export function redact(text: string, credentials: Credentials): string {
  const secrets = [credentials.accessKeySecret, credentials.securityToken, credentials.accessKeyId];
  const clean = secrets.reduce<string>(
    (rest, secret) => (secret === undefined || secret === "" ? rest : hide(rest, secret)),
    text.replace(serverStringToSign, "").replace(/\s+/g, " ").trim(),
  );
  return clean.length > maxQuotedLength ? `${clean.slice(0, maxQuotedLength)}…` : clean;
}

/** A signed text holds its parameters percent-encoded twice. */
const hide = (text: string, secret: string): string => {
  const encoded = encodeURIComponent(secret);
  return [encodeURIComponent(encoded), encoded, secret].reduce(
    (rest, form) => rest.replaceAll(form, "***"),
    text,
  );
};
