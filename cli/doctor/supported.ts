/** What this version of the package supports, as `docs/support.md` and `package.json` say. */
export const supported = {
  /** Major versions of Node.js. */
  node: [20, 22, 24],
  /** Least version of `@pulumi/pulumi` and of the Pulumi CLI; any later one with the same first number is supported too. */
  pulumi: "3.216.0",
} as const;

const numbers = (version: string): number[] => version.split(/[.+-]/, 3).map(Number);

/** Whether a version of Pulumi is {@link supported}. */
export function isSupportedPulumi(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = numbers(version);
  const [leastMajor = 0, leastMinor = 0, leastPatch = 0] = numbers(supported.pulumi);
  return major === leastMajor && (minor - leastMinor || patch - leastPatch) >= 0;
}
