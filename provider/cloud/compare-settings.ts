import type { ReadySegment } from "./ready-segment";

/** Settings of a segment that can be told from the cloud's answers. */
export interface SegmentSettings {
  eipMask: number;
  bandwidth: number;
  internetChargeType: string;
  isp: string;
  netmode: string;
  zone?: string | undefined;
  resourceGroupId?: string | undefined;
}

/** One setting that is not as asked for. */
export interface Difference {
  name: keyof SegmentSettings;
  wanted: string | number;
  actual: string;
  /** Whether the EIPs differ among themselves. */
  mixed: boolean;
}

/**
 * Compares what is wanted with what the cloud says of a segment and its EIPs. A setting the cloud does not tell counts as
 * equal, and one that is not wanted is not looked at.
 */
export function compareSettings(
  wanted: Partial<SegmentSettings>,
  { segment, eips }: ReadySegment,
): Difference[] {
  const mask = /\/(\d+)$/.exec(segment.cidrBlock ?? "")?.[1];
  const actual: Record<keyof SegmentSettings, (string | number | undefined)[]> = {
    eipMask: [mask === undefined ? undefined : Number(mask)],
    bandwidth: eips.map((eip) => eip.bandwidth),
    internetChargeType: eips.map((eip) => eip.internetChargeType),
    isp: eips.map((eip) => eip.isp),
    netmode: eips.map((eip) => eip.netmode),
    zone: [segment.zone],
    resourceGroupId: eips.map((eip) => eip.resourceGroupId),
  };
  return (Object.keys(actual) as (keyof SegmentSettings)[]).flatMap((name) => {
    const value = wanted[name];
    const told = new Set(actual[name].filter((one) => one !== undefined));
    if (value === undefined || told.size === 0 || (told.size === 1 && told.has(value))) {
      return [];
    }
    return [{ name, wanted: value, actual: [...told].join(" and "), mixed: told.size > 1 }];
  });
}

/**
 * The differences in words: `bandwidth is 5, not 10`.
 *
 * @param secrets - Names of settings whose values must not be shown.
 */
export function describeDifferences(
  differences: readonly Difference[],
  secrets: readonly string[],
): string[] {
  return differences.map(({ name, wanted, actual }) =>
    secrets.includes(name) ? `${name} is not as declared (a secret)` : `${name} is ${actual}, not ${wanted}`,
  );
}
