/** Words that pages and messages avoid, each with what to write instead. */
const discouragedWords: readonly { pattern: RegExp; instead: string }[] = [
  { pattern: /\bsay(s|ing)?\b|\bsaid\b|\banswer(s|ed) with\b/, instead: "returns, prints, reports, states" },
  { pattern: /\blook(s|ed|ing)?\b(?! up)/, instead: "reads, checks, polls" },
  { pattern: /\bways? on\b/, instead: "what to do, options" },
  { pattern: /\bt(ake|akes|aken|aking|ook) over\b/, instead: "adopted" },
  { pattern: /\bt(ake|akes|aken|aking|ook) up again\b/, instead: "recovered, reused" },
  { pattern: /\bg(ive|ives|iven|iving|ave)( \w+){0,2} up\b/, instead: "abandoned, discarded, released" },
  // People can be asked, programs cannot.
  { pattern: /\bask(s|ed|ing)?\b(?! the account manager)/, instead: "requests, requires, sends a request" },
  { pattern: /\bbuy(s|ing)?\b|\bbought\b/, instead: "allocates" },
  { pattern: /\bgone\b/, instead: "no longer exists, deleted, released" },
  { pattern: /\btold (apart|from)\b/, instead: "distinguished from" },
  { pattern: /\bbr(ing|ings|inging|ought) up\b/, instead: "deployed" },
  { pattern: /\b(go|goes|going|went) on\b/, instead: "continues" },
  { pattern: /\bat fault\b|\bwhat is wrong\b/, instead: "invalid" },
  { pattern: /\blost answers?\b|\bsilence\b|\bis silent\b/, instead: "no response, lost response" },
  { pattern: /\bnot written\b/, instead: "omitted" },
  { pattern: /\bplain\b/, instead: "unencrypted, plaintext" },
  { pattern: /\b(surely|so far|meanwhile|by itself|anew)\b/, instead: "nothing, or again" },
];

/** Discouraged words of a text, each with its surroundings and what to write instead. */
export function discouragedIn(text: string): string[] {
  return discouragedWords.flatMap(({ pattern, instead }) =>
    [...text.matchAll(new RegExp(pattern, "gi"))].map(
      ({ 0: word, index }) =>
        `"${text.slice(Math.max(0, index - 30), index + word.length + 20)}": ${instead}`,
    ),
  );
}
