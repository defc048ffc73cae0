import fc from "fast-check";
import { check } from "../../../provider/handlers/check";
import { createRun } from "../../../provider/handlers/run";
import type { RunParts } from "../../../provider/handlers/run";

const secret = "never-shown-secret";
const calls: string[] = [];

/** An API that notes that it was asked: a check must not. */
const api = new Proxy({} as RunParts["api"], {
  get: (_, name) => () => {
    calls.push(String(name));
    return Promise.reject(new Error(`${String(name)} was called.`));
  },
});

function failuresOf(written: Record<string, unknown>): { property: string; reason: string }[] {
  const settings = { region: "cn-hangzhou", secretKey: secret } as unknown as RunParts["settings"];
  const run = createRun({ api, settings, log: () => undefined } as unknown as RunParts);
  const urn = "urn:pulumi:test::unit::pulumi-nodejs:dynamic/alicloud:EipSegment::segment";
  const __origin = { organization: "organization", urn, checkpoint: { readable: true, held: [] } };
  return check(run, {}, { ...written, __provider: "text", __origin }).failures;
}

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);
const otherThan = (...allowed: string[]) => fc.string().filter((text) => !allowed.includes(text));
const noText = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.dictionary(fc.string(), fc.string()),
  fc.array(fc.string()),
);
const noNumber = fc.oneof(
  fc.boolean(),
  fc.dictionary(fc.string(), fc.string()),
  fc.array(fc.integer()),
  fc.string().filter((text) => !/^\s*\d+\s*$/.test(text)),
);
const outside = (min: number, max: number) =>
  fc
    .oneof(
      fc.integer({ max: min - 1 }),
      fc.integer({ min: max + 1 }),
      fc.double({ min, max, noInteger: true }),
    )
    .chain((number) => oneOf<number | string>(number, String(number)));
const badTag = fc.oneof(
  fc.string().map((text): [string, unknown] => [`acs:${text}`, "value"]),
  fc.string().map((text): [string, unknown] => [`aliyun${text}`, "value"]),
  fc.webUrl().map((url): [string, unknown] => ["key", `see ${url}`]),
  fc.string({ minLength: 129, maxLength: 200 }).map((text): [string, unknown] => ["key", text]),
  fc.string({ minLength: 129, maxLength: 200 }).map((text): [string, unknown] => [text, "value"]),
  fc
    .oneof(fc.integer(), fc.boolean(), fc.array(fc.string()))
    .map((value): [string, unknown] => ["key", value]),
  fc.constant<[string, unknown]>(["", "value"]),
  fc.constant<[string, unknown]>(["pulumi-eip-segment", "mine"]),
);

/** A valid value for each input, as the API documents it for cn-hangzhou. */
const valid = {
  eipMask: oneOf<unknown>(24, 25, 26, 27, 28, "24", "28"),
  bandwidth: fc.integer({ min: 1, max: 200 }),
  internetChargeType: oneOf("PayByBandwidth", "PayByTraffic"),
  isp: oneOf("BGP", "ChinaTelecom", "ChinaUnicom", "ChinaMobile", "ChinaTelecom_L2"),
  netmode: fc.constant("public"),
  zone: oneOf("cn-hangzhou-a", "cn-hangzhou-k"),
  resourceGroupId: fc.stringMatching(/^rg-[a-z0-9]{4,16}$/),
  regionId: fc.constant("cn-hangzhou"),
  tags: fc.dictionary(fc.stringMatching(/^[b-z][a-z-]{0,20}$/), fc.stringMatching(/^[b-z]{0,20}$/), {
    maxKeys: 19,
    noNullPrototype: true,
  }),
  adopt: fc.stringMatching(/^eipsg-[a-z0-9]{4,20}$/),
};

type Name = keyof typeof valid;

/** Values that the documentation rules out, whatever the other inputs are. */
const bad: Record<Name, fc.Arbitrary<unknown>> = {
  eipMask: fc.oneof(outside(24, 28), noNumber, fc.constant(undefined)),
  bandwidth: fc.oneof(outside(1, 500), noNumber),
  internetChargeType: fc.oneof(otherThan("PayByBandwidth", "PayByTraffic"), noText),
  isp: fc.oneof(
    fc.string().map((text) => `${text}?`),
    oneOf("bgp", "BGP_PRO", "BGP-PRO", ""),
    noText,
  ),
  netmode: fc.oneof(otherThan("public", "hybrid"), noText),
  zone: fc.oneof(
    oneOf("cn-beijing-a", "cn-hangzhou", "cn-hangzhou-finance-a", "a", "", "CN-HANGZHOU-A"),
    noText,
  ),
  resourceGroupId: fc.oneof(
    fc.string().map((text) => `group ${text}`),
    oneOf("", "rg-", "rg_1"),
    noText,
  ),
  regionId: fc.oneof(oneOf("Hangzhou", "", "cn", "cn_hangzhou", "cn-hangzhou/../.."), noText),
  tags: fc.oneof(
    badTag.map(([key, value]) => ({ [key]: value })),
    fc
      .integer({ min: 20, max: 40 })
      .map((count) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, "v"]))),
    fc.string(),
    fc.integer(),
    fc.array(fc.string()),
  ),
  adopt: fc.oneof(oneOf("", "eip-1", "eipsg-", "eipsg-A", "EIPSG-1", "eipsg-1 "), noText),
};
const names = Object.keys(valid) as Name[];
const unknownName = fc
  .stringMatching(/^[a-z][A-Za-z]{2,15}$/)
  .filter((name) => ![...names, "customTimeouts"].includes(name));

/** A valid program, some of whose optional inputs are written. */
const validProgram = fc.record(valid, { requiredKeys: ["eipMask"], noNullPrototype: true });

/** A program with at least one thing wrong, and the properties at fault. */
const badProgram = fc
  .tuple(validProgram, fc.subarray(names, { minLength: 0 }), fc.array(unknownName, { maxLength: 2 }))
  .filter(([, wrong, unknown]) => wrong.length + unknown.length > 0)
  .chain(([program, wrong, unknown]) =>
    fc
      .record(Object.fromEntries(wrong.map((name) => [name, bad[name]])), { noNullPrototype: true })
      .map((faults) => ({
        written: { ...program, ...faults, ...Object.fromEntries(unknown.map((name) => [name, 1])) },
        atFault: [...wrong, ...unknown],
      })),
  );

beforeEach(() => {
  calls.length = 0;
});

it("200 bad programs: none reaches the API, and each fault is named on its property in one clear line", () => {
  fc.assert(
    fc.property(badProgram, ({ written, atFault }) => {
      const failures = failuresOf(written);
      expect(failures.map(({ property }) => property)).toEqual(expect.arrayContaining(atFault));
      for (const { property, reason } of failures) {
        expect(reason.startsWith(`${property} is `)).toBe(true);
        expect(reason).toMatch(/\.$/);
        expect(reason).not.toMatch(/\n|^\s+at |\[object/);
        expect(reason).not.toContain(secret);
      }
      expect(calls).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it("200 good programs: none fails", () => {
  fc.assert(
    fc.property(validProgram, (written) => {
      expect(failuresOf(written)).toEqual([]);
      expect(calls).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
