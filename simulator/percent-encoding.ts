/** Percent-encoding of RFC 3986 with only `A-Z a-z 0-9 - _ . ~` left as they are. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `key=value` pairs sorted by key in byte order, encoded and joined with `&`. */
export function canonicalQuery(pairs: readonly (readonly [string, string])[]): string {
  return pairs
    .map(([key, value]) => [Buffer.from(key), `${percentEncode(key)}=${percentEncode(value)}`] as const)
    .sort(([left], [right]) => Buffer.compare(left, right))
    .map(([, pair]) => pair)
    .join("&");
}
