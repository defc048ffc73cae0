import { isUnknown, UNKNOWN } from "../../../provider/inputs/unknown";

it.each([
  [UNKNOWN, true],
  [{ team: UNKNOWN }, true],
  [{ list: ["a", { deep: UNKNOWN }] }, true],
  [{ team: "edge", none: null }, false],
  [null, false],
  [undefined, false],
  ["text", false],
  [28, false],
])("whether %j is, or holds, a value unknown during a preview: %s", (value, expected) => {
  expect(isUnknown(value)).toBe(expected);
});
