import type { Credentials } from "./credentials";

/** The server's string to sign, quoted in signature errors, holds the access key id and the whole request. */
const SERVER_STRING_TO_SIGN = /[\s,.;:]*(server\s+)?string\s*to\s*sign\b.*$/is;

/** Longest text of the API quoted in an error; its real messages are far shorter. */
const MAX_LENGTH = 400;

/** A text of the API made fit for an error message: one line, bounded, without key, secret or token. */
export function redact(text: string, credentials: Credentials): string {
  const secrets = [credentials.accessKeySecret, credentials.securityToken, credentials.accessKeyId];
  const clean = secrets.reduce<string>(
    (rest, secret) => (secret === undefined || secret === "" ? rest : hide(rest, secret)),
    text.replace(SERVER_STRING_TO_SIGN, "").replace(/\s+/g, " ").trim(),
  );
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean;
}

/** A signed text holds its parameters percent-encoded twice. */
const hide = (text: string, secret: string): string => {
  const encoded = encodeURIComponent(secret);
  return [encodeURIComponent(encoded), encoded, secret].reduce(
    (rest, form) => rest.replaceAll(form, "***"),
    text,
  );
};
