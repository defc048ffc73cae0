import { defaults } from "./input-table";
import type { CheckedInputs, InputName } from "./input-table";
import { bgpProRegions, regions } from "./region-table";

/** Inputs of which each is valid by itself and known during this preview. */
type KnownInputs = Partial<CheckedInputs>;

/** An invalid input: `reason` names the rule that the value breaks, and how to keep it. */
export interface Problem {
  property: InputName;
  reason: string;
}

/** A rule between inputs: the problem it finds, or nothing. A rule says nothing about inputs that are not known yet. */
type CrossRule = (inputs: KnownInputs, isKnown: (name: InputName) => boolean) => Problem | undefined;

/** What the documentation rules out between two inputs, or between an input and the region. */
const rules: CrossRule[] = [
  ({ bandwidth, internetChargeType }) =>
    internetChargeType === "PayByTraffic" && bandwidth !== undefined && bandwidth > 200
      ? {
          property: "bandwidth",
          reason: "it must be from 1 to 200 with PayByTraffic; lower it, or use PayByBandwidth",
        }
      : undefined,
  ({ netmode, internetChargeType }) =>
    netmode === "hybrid" && internetChargeType === "PayByTraffic"
      ? { property: "internetChargeType", reason: "it must be PayByBandwidth when netmode is hybrid" }
      : undefined,
  ({ netmode, bandwidth }, isKnown) =>
    netmode === "hybrid" && bandwidth === undefined && isKnown("bandwidth")
      ? {
          property: "bandwidth",
          reason: "it must be set when netmode is hybrid; set a whole number of Mbit/s from 1 to 500",
        }
      : undefined,
  ({ isp, regionId }) =>
    isp === "BGP_PRO" && regionId !== undefined && regions.has(regionId) && !bgpProRegions.includes(regionId)
      ? {
          property: "isp",
          reason: `it is not available in ${regionId}; use BGP, or set regionId to one of ${bgpProRegions.join(", ")}`,
        }
      : undefined,
  ({ isp = defaults.isp, regionId }, isKnown) => {
    const required = regionId === undefined ? undefined : regions.get(regionId)?.requiredIsp;
    return required !== undefined && isp !== required && isKnown("isp")
      ? { property: "isp", reason: `it must be ${required} in ${regionId ?? ""}` }
      : undefined;
  },
  ({ zone, regionId }) =>
    // A misspelt region is reported as such, and not blamed on the zone.
    zone !== undefined && regionId !== undefined && regions.has(regionId) && !belongsTo(zone, regionId)
      ? {
          property: "zone",
          reason: `it is not a zone of ${regionId}; use a zone such as ${regionId}-a, or another regionId`,
        }
      : undefined,
];

/** Zone ids are their region's id and a letter, with a hyphen between them unless the region's id ends in a digit. */
function belongsTo(zone: string, regionId: string): boolean {
  return zone.startsWith(regionId) && /^-?[a-z]$/.test(zone.slice(regionId.length));
}

/** Aggregate bandwidth of an account and region by charge type, in Mbit/s; source: the vendor's page on EIP limits. */
const aggregateLimits: Readonly<Record<string, number>> = { PayByTraffic: 5_000, PayByBandwidth: 50_000 };

/** Warning of a segment that exceeds an account's aggregate bandwidth by itself: the account may have a higher limit. */
export function aggregateBandwidthWarning({
  eipMask,
  bandwidth = defaults.bandwidth,
  internetChargeType = defaults.internetChargeType,
}: Record<string, unknown>): string | undefined {
  const limit = aggregateLimits[String(internetChargeType)];
  const count = 2 ** (32 - Number(eipMask));
  const total = count * Number(bandwidth);
  return limit !== undefined && total > limit
    ? `${count} EIPs with ${String(bandwidth)} Mbit/s have ${total} Mbit/s together, more than the ${limit} Mbit/s that an account has by default ` +
        `in a region with ${String(internetChargeType)}. Request a higher limit, lower bandwidth, or use a smaller segment.`
    : undefined;
}

/** Every rule between inputs that the inputs of one resource break. */
export function crossProblems(inputs: KnownInputs, isKnown: (name: InputName) => boolean): Problem[] {
  return rules.flatMap((rule) => rule(inputs, isKnown) ?? []);
}
