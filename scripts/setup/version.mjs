/** Reads `v3.230.0`, `go1.26.8` or text around it. @returns {number[] | undefined} major, minor, patch */
export function parseVersion(text) {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match === null ? undefined : match.slice(1).map((part) => Number(part ?? 0));
}

/** Whether version `left` is the same as `right` or later. Both are version texts. */
export function isAtLeast(left, right) {
  return compareVersions(left, right) >= 0;
}

/** Order of two version texts, for `sort`. */
export function compareVersions(left, right) {
  const [a, b] = [parseVersion(left), parseVersion(right)];
  const position = a.findIndex((part, index) => part !== b[index]);
  return position === -1 ? 0 : a[position] - b[position];
}
