interface Preview {
  steps?: { urn: string }[];
}

/**
 * A copy of a preview without what differs from run to run or from machine to machine: the order in which resources are
 * registered, paths, times, random ids, and which segment gets which block.
 */
export function scrub(preview: unknown): unknown {
  const { steps = [], ...rest } = preview as Preview;
  const sorted = [...steps].sort((a, b) => (a.urn === b.urn ? 0 : a.urn < b.urn ? -1 : 1));
  return new Scrubber().scrub({ ...rest, steps: sorted });
}

class Scrubber {
  private readonly names = new Map<string, string>();

  scrub(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.scrub(item));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => this.scrubEntry(key, item)));
    }
    return typeof value === "string" ? this.scrubText(value) : value;
  }

  private scrubEntry(key: string, value: unknown): [string, unknown][] {
    if (key === "sourcePosition" || key === "stackTrace") return [];
    if (key === "__provider" && typeof value === "string") return [[key, "exports.handler = __f0;"]];
    if (key === "duration") return [[key, 1_000_000_000]];
    if (/^(createTime|created|modified)$/.test(key)) return [[key, "2026-11-22T00:00:00Z"]];
    return [[key, this.scrub(value)]];
  }

  private scrubText(text: string): string {
    return text
      .replace(/\b(eipsg|eip)-([a-z0-9]{3})[a-z0-9]{18}\b/g, (id, kind: string, region: string) =>
        this.nameOf("id", id, (number) => `${kind}-${region}${String(number).padStart(18, "0")}`),
      )
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, (id) =>
        id === unknownValue
          ? id
          : this.nameOf(
              "uuid",
              id,
              (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
            ),
      )
      .replace(/\b(\d+\.\d+\.\d+)\.(\d+)\b/g, (_, network: string, host: string) => {
        const block = Math.floor(Number(host) / 16);
        const start = this.nameOf("block", `${network}.${block}`, (number) => String((number - 1) * 16));
        return `203.0.113.${Number(start) + (Number(host) % 16)}`;
      });
  }

  /** The same name for the same thing, numbered among those of its kind. */
  private nameOf(kind: string, thing: string, name: (number: number) => string): string {
    const key = `${kind} ${thing}`;
    const number = [...this.names.keys()].filter((known) => known.startsWith(`${kind} `)).length + 1;
    const known = this.names.get(key) ?? name(number);
    this.names.set(key, known);
    return known;
  }
}

/** The engine's mark of a value that a preview does not know, which is no random id. */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
