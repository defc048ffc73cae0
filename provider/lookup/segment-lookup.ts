import { listEips } from "../cloud/listing";
import { mapConcurrently } from "../cloud/map-concurrently";
import { Regions } from "../cloud/region";
import type { RegionListing } from "../cloud/region-reader";
import { belongsTo, blockSize, eipCountOf, listOf, userTags } from "../cloud/segment";
import type { Eip, Segment } from "../cloud/segment";
import { partsOf } from "../handlers/run";
import type { RunParts } from "../handlers/run";
import { mixedInputs } from "../inputs/compare";
import { inputNames, rowOf } from "../inputs/input-table";
import { waysToSet } from "../settings/setting-reader";
import { Deadline } from "../util/clock";
import type { Instant } from "../util/clock";
import { ConfigurationError, EipSegmentError } from "../util/errors";
import type { ConfigSource } from "../util/verbs";
import { hasTags, matchesBlock, readRequest } from "./criteria";
import type { Criteria, LookupRequest } from "./criteria";

/** How long one reading may take: a program waits for it. */
const readingMs = 60_000;

/** Segments whose EIPs are read at once. */
const concurrency = 8;

/** Segments that an error names, at most. */
const mostNamed = 10;

type LookupParts = Pick<RunParts, "api" | "clock" | "log" | "settings">;

/** Segments that match, and whether others may have been missed. */
interface Matches {
  segments: Segment[];
  listing: RegionListing;
}

/** The lookups of one run of a program. What they read is kept until the run ends, except failures. */
export class SegmentLookup {
  private readonly regions: Regions;
  private readonly kept = new Map<string, { askedAt: Instant; answer: Promise<unknown> }>();

  constructor(private readonly parts: LookupParts) {
    this.regions = new Regions({ ...parts, graceMs: parts.settings.replayGraceMs });
  }

  /**
   * Finds the one segment that matches, among those that are allocated.
   *
   * @param args - Arguments of the lookup, as the program sets them.
   * @param areSecret - Whether errors must not show the arguments.
   * @throws EipSegmentError when an argument is invalid, or when none or several segments match; ConfigurationError without a region
   *   or credentials; ApiError and NoResponseError when a request fails for good.
   */
  async find(args: object, areSecret: boolean): Promise<FoundSegment> {
    const request = readRequest(args, areSecret);
    const regionId = request.regionId ?? this.parts.settings.region;
    if (regionId === undefined) {
      throw new ConfigurationError(
        `getEipSegment: regionId is not set and no default region is configured. Set regionId, ${waysToSet("region")}.`,
      );
    }
    const segment = await this.theOne(regionId, request);
    return foundSegment(regionId, segment, await this.eipsOf(regionId, segment));
  }

  /** A segment that this run has made may be missing in what an earlier lookup read, so only an answer to this question shows absence. */
  private async theOne(regionId: string, request: LookupRequest): Promise<Segment> {
    const askedAt = this.parts.clock.now();
    const kept = await this.matches(regionId, request.criteria, 0);
    const { segments, listing } =
      kept.segments.length > 0 ? kept : await this.matches(regionId, request.criteria, askedAt);
    const allocated = segments.filter(({ status }) => status === "Allocated");
    const [segment, ...others] = allocated;
    if (!listing.isComplete && (segment === undefined || request.criteria.tags !== undefined)) {
      throw new EipSegmentError(
        `The segments of ${regionId} changed while they were listed, so one may be missing. Run the command again.`,
      );
    }
    if (segment === undefined) {
      throw segments.length > 0
        ? notAllocated(segments)
        : noneFound(regionId, request, [...listing.segments.values()]);
    }
    if (others.length > 0) {
      throw new EipSegmentError(
        `${allocated.length} segments in ${regionId} match ${request.inWords}: ${named(allocated)}. Set id or cidrBlock to choose one.`,
      );
    }
    return segment;
  }

  /** @param since - When the listing must have been requested, at the earliest. */
  private async matches(regionId: string, criteria: Criteria, since: Instant): Promise<Matches> {
    const region = this.regions.get(regionId);
    const listing = await this.once(regionId, since, (deadline) => region.list(deadline));
    const segments = [...listing.segments.values()].filter((segment) => matchesBlock(criteria, segment));
    return { segments: await this.withTags(regionId, segments, criteria, since), listing };
  }

  /** The segments whose EIPs all have the tags. The API has no tags of segments, and is asked for one tag: the others are compared here. */
  private async withTags(
    regionId: string,
    segments: Segment[],
    { tags }: Criteria,
    since: Instant,
  ): Promise<Segment[]> {
    const [first] = Object.entries(tags ?? {});
    if (tags === undefined || first === undefined || segments.length === 0) {
      return segments;
    }
    const tag = { key: first[0], value: first[1] };
    const tagged = await this.once(`${regionId} ${JSON.stringify(first)}`, since, ({ at }) =>
      listEips(this.parts.api, { regionId, tag }, at),
    );
    const candidates = segments.filter((segment) => tagged.some((eip) => belongsTo(eip, segment)));
    const matching = new Set<Segment>();
    await mapConcurrently(candidates, concurrency, async (segment) => {
      if (hasTags(await this.eipsOf(regionId, segment), tags)) matching.add(segment);
    });
    return candidates.filter((segment) => matching.has(segment));
  }

  private eipsOf(regionId: string, segment: Segment): Promise<Eip[]> {
    const region = this.regions.get(regionId);
    return this.once(`${regionId} ${segment.segmentId}`, 0, (deadline) => region.listEips(segment, deadline));
  }

  /** Reads once for all lookups of the run, and again when what is kept was requested before `since`. A failure is not kept. */
  private once<T>(key: string, since: Instant, read: (deadline: Deadline) => Promise<T>): Promise<T> {
    const { clock } = this.parts;
    const kept = this.kept.get(key);
    if (kept !== undefined && kept.askedAt >= since) {
      return kept.answer as Promise<T>;
    }
    const answer = read(Deadline.in(clock, readingMs)).catch((error: unknown) => {
      if (this.kept.get(key)?.answer === answer) this.kept.delete(key);
      throw error;
    });
    this.kept.set(key, { askedAt: clock.now(), answer });
    return answer;
  }
}

/** The lookups of a run with the configuration of its stack. */
export const createLookup = (config: ConfigSource): SegmentLookup => new SegmentLookup(partsOf(config));

function notAllocated(segments: readonly Segment[]): EipSegmentError {
  const statuses = segments.map(({ segmentId, status }) => `segment ${segmentId} is ${status}`);
  return new EipSegmentError(
    `The matching segment is not Allocated: ${statuses.join(", ")}. Correct the arguments, or run the command again once it is Allocated.`,
  );
}

function noneFound(
  regionId: string,
  { inWords }: LookupRequest,
  others: readonly Segment[],
): EipSegmentError {
  return new EipSegmentError(
    `No segment in ${regionId} matches ${inWords}. Visible to these credentials: ${others.length === 0 ? "none" : named(others)}. ` +
      "Correct the arguments or regionId, or use the segment's account.",
  );
}

function named(segments: readonly Segment[]): string {
  const left = segments.length - mostNamed;
  return `${listOf(segments.slice(0, mostNamed))}${left > 0 ? ` and ${left} more` : ""}`;
}

/** A segment under the names of the resource's outputs; see GetEipSegmentResult. */
export type FoundSegment = Record<string, unknown>;

/**
 * The segment as the resource's outputs show one. A setting in which its EIPs differ is undefined.
 *
 * @throws EipSegmentError when not all EIPs are listed: a list with gaps would look like the whole segment.
 */
export function foundSegment(regionId: string, segment: Segment, eips: readonly Eip[]): FoundSegment {
  const { segmentId, cidrBlock, status, createTime } = segment;
  const ipCount = eipCountOf(segment, eips);
  if (eips.length < (ipCount ?? 1)) {
    throw new EipSegmentError(
      `Segment ${segmentId}: ${eips.length} of its ${ipCount ?? blockSize(cidrBlock)} EIPs are listed. ` +
        "Grant vpc:DescribeEipAddresses in every resource group, or run the command again later.",
    );
  }
  const mixed = mixedInputs(eips);
  const [eip] = eips;
  const settings = inputNames.flatMap((name): [string, unknown][] => {
    const { ofSegment, ofEip } = rowOf(name);
    const ofAll = eip === undefined || mixed.includes(name) ? undefined : ofEip?.(eip);
    const value = ofSegment?.(segment, eips) ?? ofAll;
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(settings),
    id: segmentId,
    cidrBlock,
    ipCount: ipCount ?? eips.length,
    addresses: eips.map(({ allocationId, ipAddress }) => ({ allocationId, ipAddress })),
    status,
    createTime,
    regionId,
    tags: tagsOfAll(eips),
  };
}

/** The users' tags that every EIP has. */
function tagsOfAll(eips: readonly Eip[]): Record<string, string> {
  const [first = {}, ...others] = eips.map(userTags);
  return Object.fromEntries(
    Object.entries(first).filter(([key, value]) => others.every((tags) => tags[key] === value)),
  );
}
