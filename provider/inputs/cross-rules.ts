import { defaults } from "./schema";
import type { CheckedInputs, InputName } from "./schema";
import { bgpProRegions, regions } from "./regions";

/** Inputs of which each is valid by itself and known during this preview. */
type KnownInputs = Partial<CheckedInputs>;

/** One thing that is wrong with an input: `reason` says which rule the value breaks, and how to keep it. */
export interface Problem {
  property: InputName;
  reason: string;
}

/** A rule between inputs: the problem it finds, or nothing. A rule stays silent about inputs that are not known yet. */
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
          reason: "it must be written when netmode is hybrid; add a whole number of Mbit/s from 1 to 500",
        }
      : undefined,
  ({ isp, regionId }) =>
    isp === "BGP_PRO" && regionId !== undefined && regions.has(regionId) && !bgpProRegions.includes(regionId)
      ? {
          property: "isp",
          reason: `it is not sold in ${regionId}; use BGP there, or one of ${bgpProRegions.join(", ")}`,
        }
      : undefined,
  ({ isp = defaults.isp, regionId }, isKnown) => {
    const required = regionId === undefined ? undefined : regions.get(regionId)?.requiredIsp;
    return required !== undefined && isp !== required && isKnown("isp")
      ? { property: "isp", reason: `it must be written as ${required} in ${regionId ?? ""}` }
      : undefined;
  },
  ({ zone, regionId }) =>
    zone !== undefined && regionId !== undefined && !belongsTo(zone, regionId)
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

/** Everything that is wrong between the inputs of one resource. */
export function crossProblems(inputs: KnownInputs, isKnown: (name: InputName) => boolean): Problem[] {
  return rules.flatMap((rule) => rule(inputs, isKnown) ?? []);
}
