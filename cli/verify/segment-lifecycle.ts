import { randomUUID } from "node:crypto";
import { belongsTo } from "../../provider/cloud/segment";
import type { Answer, QuestionId } from "../../simulator/questions";
import type { RawAnswer } from "../cloud/raw-api";
import type { Journal, JournalEntry } from "./journal";
import { codeOf, rowsOf } from "./probe";
import type { Exchange, Probe, Row } from "./probe";

/** How a question was answered. `unlisted` is an answer that the list of questions does not have. */
export interface Finding {
  question: QuestionId;
  answer: "assumed" | "unlisted" | "not measured" | { alternative: string };
  /** What was seen, or why it was not measured. */
  saw: string;
  exchanges: readonly Exchange[];
}

/** EIPs of the segment that is allocated, at least: the cloud may reserve up to four. */
export const fewestEips = 12;

/** One run: the segment that it allocates, and what it finds out by it. */
export class Life {
  readonly findings = new Map<QuestionId, Finding>();
  /** Parameters of the request that allocated the segment. */
  request: Readonly<Record<string, string>> = this.newRequest();
  segmentId = "";
  allocatedAt = 0;
  /** The segment as it is listed once it is ready. */
  segment: Row = {};
  private mark = 0;

  constructor(
    readonly probe: Probe,
    readonly journal: Journal,
    private readonly accountId: string,
    private readonly regionId: string,
    readonly log: (line: string) => void,
  ) {}

  newRequest(over: Readonly<Record<string, string>> = {}): Record<string, string> {
    const settings = { EipMask: "28", InternetChargeType: "PayByTraffic", Bandwidth: "1" };
    return { ...settings, ClientToken: `eip-segment-verify-${randomUUID()}`, ...over };
  }

  /** Begins to collect the requests that show the next answers. */
  begin(): void {
    this.mark = this.probe.exchanges.length;
  }

  /** Notes an answer: `undefined` for the assumed one. */
  note(answer: Answer | undefined, question: QuestionId, saw: string): void {
    const alternative = answer?.split("=")[1];
    this.set(question, alternative === undefined ? "assumed" : { alternative }, saw);
  }

  /** Notes an answer that is a refusal; one by RAM says nothing of the cloud. */
  noteRefusal(answer: Answer, question: QuestionId, code: string): void {
    if (/^(Forbidden\.RAM|NoPermission)/.test(code)) this.notMeasured(question, `RAM refuses it: ${code}.`);
    else this.note(answer, question, code);
  }

  unlisted(question: QuestionId, saw: string): void {
    this.set(question, "unlisted", saw);
  }

  notMeasured(question: QuestionId, why: string): void {
    this.set(question, "not measured", why);
  }

  private set(question: QuestionId, answer: Finding["answer"], saw: string): void {
    this.findings.set(question, { question, answer, saw, exchanges: this.probe.exchanges.slice(this.mark) });
  }

  /**
   * Requests a segment, and writes it down before and after.
   *
   * @param once - Whether temporary refusals are returned, not repeated.
   */
  async allocate(parameters: Readonly<Record<string, string>>, once = false): Promise<RawAnswer> {
    const entry: JournalEntry = {
      accountId: this.accountId,
      regionId: this.regionId,
      parameters: { ...parameters },
    };
    this.journal.add(entry);
    const answer = await this.probe[once ? "send" : "call"]("AllocateEipSegmentAddress", parameters);
    const id = idOf(answer);
    if (id !== undefined) this.journal.returned(entry, id);
    else if (answer.kind === "refusal") this.journal.remove(entry);
    return answer;
  }

  /** The segment as it is listed; undefined when it is not. */
  async describe(segmentId = this.segmentId): Promise<Row | undefined> {
    const rows = rowsOf(await this.probe.call("DescribeEipSegment", { SegmentInstanceId: segmentId }));
    return rows?.find(({ InstanceId }) => InstanceId === segmentId);
  }

  /** The segment's EIPs, by the filter or, where it finds none, among all EIPs. */
  async eips(): Promise<Row[]> {
    const filtered = await this.ownEips({ SegmentInstanceId: this.segmentId });
    return filtered.length > 0 ? filtered : this.ownEips({});
  }

  async ownEips(filter: Readonly<Record<string, string>>): Promise<Row[]> {
    return (await this.allEips(filter)).filter((row) => this.isOwn(row));
  }

  /** The EIPs on all pages. */
  async allEips(filter: Readonly<Record<string, string>>): Promise<Row[]> {
    const found = new Map<unknown, Row>();
    for (let page = 1; ; page++) {
      const paging = { PageNumber: String(page), PageSize: "100" };
      const rows = rowsOf(await this.probe.call("DescribeEipAddresses", { ...filter, ...paging })) ?? [];
      const known = found.size;
      for (const row of rows) found.set(row.AllocationId, row);
      if (found.size === known) return [...found.values()];
    }
  }

  private isOwn({ SegmentInstanceId, IpAddress }: Row): boolean {
    const segmentId = typeof SegmentInstanceId === "string" ? { segmentId: SegmentInstanceId } : {};
    const { Segment } = this.segment;
    const block = typeof Segment === "string" ? { cidrBlock: Segment } : {};
    return belongsTo({ ...segmentId, ipAddress: String(IpAddress) }, { segmentId: this.segmentId, ...block });
  }

  /** Releases everything that the journal has for this account and region, and waits until it is no longer listed. */
  async releaseAll(): Promise<void> {
    for (const entry of this.journal.of(this.accountId, this.regionId)) {
      const id =
        entry.segmentId ?? idOf(await this.probe.call("AllocateEipSegmentAddress", entry.parameters));
      if (id !== undefined) {
        entry.segmentId = id;
        this.log(`Releasing segment ${id}.`);
        await this.release(id);
      }
      this.journal.remove(entry);
    }
  }

  sendRelease(segmentId = this.segmentId): Promise<RawAnswer> {
    const parameters = { SegmentInstanceId: segmentId, ClientToken: randomUUID() };
    return this.probe.send("ReleaseEipSegmentAddress", parameters);
  }

  private async release(segmentId: string): Promise<void> {
    let isAccepted = false;
    for (let polls = 0; ; polls++) {
      const segment = await this.describe(segmentId);
      if (segment === undefined && isAccepted) return;
      // A release may be refused while the segment is being allocated, and may not take effect.
      if (polls % 5 === 0 && !/releas/i.test(String(segment?.Status))) {
        const answer = await this.sendRelease(segmentId);
        isAccepted ||= answer.kind === "reply" || /Not(Exist|Found)/.test(codeOf(answer) ?? "");
      }
      await this.probe.pause(2000);
    }
  }
}

/** The segment that a response to an allocation names. */
export function idOf(answer: RawAnswer): string | undefined {
  const id = answer.kind === "reply" ? answer.body.EipSegmentInstanceId : undefined;
  return typeof id === "string" ? id.trim() : undefined;
}

/** Polls until `read` returns something, at most for a time; returns it with the time that it took. */
export async function pollFor<Result>(
  { probe }: Life,
  ms: number,
  read: () => Promise<Result | undefined>,
): Promise<{ result: Result | undefined; tookMs: number }> {
  const startedAt = probe.clock.now();
  for (;;) {
    const result = await read();
    const tookMs = probe.clock.now() - startedAt;
    if (result !== undefined || tookMs >= ms) return { result, tookMs };
    await probe.pause(1000);
  }
}
