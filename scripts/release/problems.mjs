/** Fields of package.json that only the owner of the repository can fill in, with the form of each. */
const ownerFields = {
  homepage: (value) => isWebAddress(value),
  repository: ({ type, url } = {}) => type === "git" && /^git\+https:\/\/[^/]+\/.+\.git$/.test(url),
  bugs: ({ url } = {}) => isWebAddress(url),
  author: (value) => nameOf(value) !== undefined,
};

/**
 * What only the owner of the repository can fill in and nobody has yet; docs/releasing.md says what goes where.
 * @param {object} manifest content of package.json
 * @param {string} codeOwners content of .github/CODEOWNERS
 * @returns {string[]} places, such as `author in package.json`
 */
export function missingOwnerFields(manifest, codeOwners) {
  const fields = Object.entries(ownerFields)
    .filter(([name, isFilledIn]) => !isFilledIn(manifest[name]))
    .map(([name]) => `${name} in package.json`);
  return /^\* +@\S+/m.test(codeOwners) ? fields : [...fields, "the owner of * in .github/CODEOWNERS"];
}

/** What pages state until the package is on npm, in any wrapping. */
const notice = /is\s+not\s+on\s+npm\s+yet|until\s+the\s+first\s+release/i;

/**
 * What the changelog and the pages lack for a version.
 * @param {string} version version in package.json
 * @param {string} changelog content of CHANGELOG.md
 * @param {Record<string, string>} pages contents of other pages by their paths
 * @returns {string[]} one sentence for each problem
 */
export function pageProblems(version, changelog, pages) {
  const isReleased = new RegExp(
    `^## \\[${version.replaceAll(".", "\\.")}\\] - \\d{4}-\\d\\d-\\d\\d$`,
    "m",
  ).test(changelog);
  const isOpen = /^## \[Unreleased\]\n+### (Added|Changed|Deprecated|Removed|Fixed|Security)\n+- /m.test(
    changelog,
  );
  if (!isReleased)
    return isOpen ? [] : [`CHANGELOG.md has no section for ${version}, and nothing under [Unreleased].`];
  return Object.entries(pages)
    .filter(([, text]) => notice.test(text))
    .map(
      ([path]) =>
        `${path} says that the package is not on npm yet, and CHANGELOG.md that ${version} is released.`,
    );
}

function isWebAddress(value) {
  return /^https:\/\/\S+$/.test(value);
}

/** An author is an object, or one text with the name first. */
function nameOf(author) {
  const name = typeof author === "string" ? author.replace(/[<(].*/, "") : author?.name;
  return name?.trim() || undefined;
}
