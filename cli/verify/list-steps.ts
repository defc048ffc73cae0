import { fewestEips, pollFor } from "./segment-lifecycle";
import type { Life } from "./segment-lifecycle";
import { codeOf, rowsOf, textOf } from "./probe";
import type { Row } from "./probe";

/** What is returned for ids that do not exist. */
export async function describeAbsent(life: Life): Promise<void> {
  const segment = await life.probe.call("DescribeEipSegment", {
    SegmentInstanceId: `eipsg-${"0".repeat(20)}`,
  });
  const code = codeOf(segment);
  if (code !== undefined) life.noteRefusal("absent-segment=error", "absent-segment", code);
  else if (rowsOf(segment) === undefined) life.note("absent-segment=no-list", "absent-segment", "No list.");
  else if (rowsOf(segment)?.length === 0) life.note(undefined, "absent-segment", "An empty list.");
  else life.notMeasured("absent-segment", "The response lists other segments.");
  life.begin();
  const eip = await life.probe.call("DescribeEipAddresses", { AllocationId: `eip-${"0".repeat(20)}` });
  const eipCode = codeOf(eip);
  if (eipCode !== undefined) life.noteRefusal("absent-eip=error", "absent-eip", eipCode);
  else life.note(undefined, "absent-eip", "No error.");
}

/** When the EIPs are listed. Comes first, right after the segment is ready. */
export async function listEips(life: Life): Promise<void> {
  const first = (await life.eips()).length;
  const { tookMs } = await pollFor(life, 60_000, async () =>
    (await life.eips()).length >= fewestEips ? true : undefined,
  );
  const saw = `${first} at first, all after ${Math.round(tookMs / 1000)} s.`;
  if (first >= fewestEips) life.note(undefined, "eips-of-ready", saw);
  else life.note(first === 0 ? "eips-of-ready=late" : "eips-of-ready=in-part", "eips-of-ready", saw);
}

/** The fields of the segment, and whether its id filters the list. */
export async function readSegment(life: Life): Promise<void> {
  const all = rowsOf(await life.probe.call("DescribeEipSegment", { PageSize: "50" })) ?? [];
  const answer = await life.probe.call("DescribeEipSegment", { SegmentInstanceId: life.segmentId });
  const rows = rowsOf(answer) ?? [];
  if (all.length < 2) life.notMeasured("segment-filter", "The region has no other segment.");
  else
    life.note(
      rows.length > 1 ? "segment-filter=ignored" : undefined,
      "segment-filter",
      `${rows.length} rows.`,
    );
  const { IpCount, Segment, CreationTime } = life.segment;
  const count = String(IpCount);
  if (IpCount === undefined) life.note("ip-count=missing", "ip-count", "Left out.");
  else if (count === "28") life.note("ip-count=mask", "ip-count", count);
  else if (Number(count) >= fewestEips && Number(count) <= 16) life.note(undefined, "ip-count", count);
  else life.unlisted("ip-count", count);
  const fields = "segment-fields";
  if (Segment === undefined) life.note("segment-fields=no-block", fields, "No Segment.");
  else if (CreationTime === undefined)
    life.note("segment-fields=no-creation-time", fields, "No CreationTime.");
  else life.note(undefined, fields, "Both are there.");
  const total = answer.kind === "reply" ? answer.body.TotalCount : undefined;
  if (total === undefined) life.note("total-count=missing", "total-count", "Left out.");
  else if (total === rows.length) life.note(undefined, "total-count", `${rows.length} rows counted.`);
  else if (Number(total) === rows.length + 1)
    life.note("total-count=too-high", "total-count", "One too high.");
  else life.unlisted("total-count", `${JSON.stringify(total)} for ${rows.length} rows.`);
}

/** The fields of the EIPs, the filter by segment, and the size of a page. */
export async function readEips(life: Life): Promise<void> {
  const filter = { SegmentInstanceId: life.segmentId };
  const own = await life.eips();
  const answer = await life.probe.call("DescribeEipAddresses", { ...filter, PageSize: "100" });
  const rows = rowsOf(answer) ?? [];
  const filtered = (await life.ownEips(filter)).length;
  const everything = await life.allEips({});
  const foreign = rows.filter(({ AllocationId }) => !own.some((one) => one.AllocationId === AllocationId));
  if (filtered === 0) life.note("eip-filter=nothing", "eip-filter", "No EIP.");
  else if (foreign.length > 0)
    life.note("eip-filter=ignored", "eip-filter", `${foreign.length} EIPs of others.`);
  else if (everything.length <= own.length) life.notMeasured("eip-filter", "The region has no other EIP.");
  else life.note(undefined, "eip-filter", `${filtered} EIPs.`);
  const isShort = rows.length === 10 && own.length > 10;
  life.note(isShort ? "page-size=ten" : undefined, "page-size", `${rows.length} rows on a page of 100.`);
  fieldsOf(life, own[0] ?? {});
}

function fieldsOf(life: Life, eip: Row): void {
  const has = (name: string): boolean => eip[name] !== undefined && eip[name] !== "";
  const missing = ["SegmentInstanceId", "ISP", "Netmode", "InternetChargeType"].filter((name) => !has(name));
  const saw = missing.length === 0 ? "All are there." : `No ${missing.join(", ")}.`;
  if (missing.length === 0) life.note(undefined, "eip-fields", saw);
  else {
    const isId = missing.includes("SegmentInstanceId");
    life.note(isId ? "eip-fields=no-segment-id" : "eip-fields=no-settings", "eip-fields", saw);
  }
  const words = [String(eip.Status), textOf(eip.ISP ?? "BGP")];
  if (words.join() === "Available,BGP") life.note(undefined, "eip-words", words.join(", "));
  else if (words.join().toLowerCase() === "available,bgp") {
    life.note("eip-words=other-case", "eip-words", words.join(", "));
  } else life.unlisted("eip-words", words.join(", "));
  const isNumber = typeof eip.Bandwidth === "number";
  life.note(
    isNumber ? "eip-numbers=number" : undefined,
    "eip-numbers",
    JSON.stringify(eip.Bandwidth ?? null),
  );
}
