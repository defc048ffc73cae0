import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** Ids of segments that this machine has released and seen disappear. */
export interface ReleasedSegments {
  has(segmentId: string): boolean;
  add(segmentId: string): void;
}

/** Ids that the file keeps, at most. */
const mostIds = 1000;

/**
 * The ids in a file below Pulumi's home. A token that returns one of them needs no grace time. An id proves only that the segment no
 * longer exists, so a stale or foreign file does no harm; where it cannot be read or written, nothing is known.
 */
export class ReleasedSegmentsFile implements ReleasedSegments {
  private ids: Set<string> | undefined;

  constructor(private readonly path = join(pulumiHome(), "eip-segment", "released-segments.txt")) {}

  has(segmentId: string): boolean {
    return this.read().has(segmentId);
  }

  add(segmentId: string): void {
    const ids = this.read().add(segmentId);
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      if (ids.size > mostIds) {
        this.ids = new Set([...ids].slice(-mostIds / 2));
        writeFileSync(this.path, `${[...this.ids].join("\n")}\n`);
      } else {
        appendFileSync(this.path, `${segmentId}\n`);
      }
    } catch {
      // The ids only save time.
    }
  }

  private read(): Set<string> {
    this.ids ??= new Set(idsIn(this.path));
    return this.ids;
  }
}

function idsIn(path: string): string[] {
  try {
    return readFileSync(path, "utf8").match(/^eipsg-[a-z0-9]+$/gm) ?? [];
  } catch {
    return [];
  }
}

function pulumiHome(): string {
  return process.env.PULUMI_HOME ?? join(homedir(), ".pulumi");
}
