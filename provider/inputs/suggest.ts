import { distance } from "fastest-levenshtein";

/** Letters that a misspelt name may differ in, at most; a short one in no more than half of its own. */
const maxDistance = 3;

/** The known name that was probably meant, whatever its case; undefined when none is near. */
export function suggest(name: string, known: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  const rated = known.map((candidate) => {
    const other = candidate.toLowerCase();
    const isPart = lower.length > 2 && (other.includes(lower) || lower.includes(other));
    return { candidate, far: isPart ? 0 : distance(lower, other) };
  });
  const limit = Math.min(maxDistance, Math.ceil(lower.length / 2));
  const [best] = rated.filter(({ far }) => far <= limit).sort((a, b) => a.far - b.far);
  return best?.candidate;
}
