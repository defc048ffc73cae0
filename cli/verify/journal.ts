import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { CommandFailure } from "../command-failure";

const entrySchema = z.object({
  accountId: z.string(),
  regionId: z.string(),
  /** What the request was sent with: the same request returns its segment. */
  parameters: z.record(z.string(), z.string()),
  /** Known once the cloud has responded. */
  segmentId: z.string().optional(),
});

/** One request for a segment that may have been allocated and is not known to be released. */
export type JournalEntry = z.infer<typeof entrySchema>;

/**
 * What `verify` has requested and not released, in a file below Pulumi's home: written before each request, so that a later run releases
 * what a killed one left.
 */
export class Journal {
  private entries: JournalEntry[];

  constructor(readonly path: string) {
    this.entries = read(path);
  }

  /** The journal of this machine's user. */
  static of(environment: NodeJS.ProcessEnv): Journal {
    const home = environment.PULUMI_HOME ?? join(homedir(), ".pulumi");
    return new Journal(join(home, "eip-segment", "verify.json"));
  }

  of(accountId: string, regionId: string): readonly JournalEntry[] {
    return this.entries.filter((entry) => entry.accountId === accountId && entry.regionId === regionId);
  }

  add(entry: JournalEntry): void {
    this.entries.push(entry);
    this.write();
  }

  /** Records the segment of a request, once for each segment. */
  returned(entry: JournalEntry, segmentId: string): void {
    if (this.entries.some((other) => other.segmentId === segmentId)) {
      this.remove(entry);
    } else {
      entry.segmentId = segmentId;
      this.write();
    }
  }

  remove(entry: JournalEntry): void {
    this.entries = this.entries.filter((other) => other !== entry);
    this.write();
  }

  private write(): void {
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(this.path, `${JSON.stringify(this.entries, null, 2)}\n`);
  }
}

function read(path: string): JournalEntry[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  try {
    return z.array(entrySchema).parse(JSON.parse(text));
  } catch {
    throw new CommandFailure(
      `${path} names segments that an earlier run may have left, and is damaged. ` +
        "Run `npx --no eip-segment list`, release what is left, and delete the file.",
    );
  }
}
