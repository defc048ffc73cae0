import { isUnknown, unknownMarker } from "../../../provider/inputs/preview-unknown";

it.each([
  [unknownMarker, true],
  [{ team: unknownMarker }, true],
  [{ list: ["a", { deep: unknownMarker }] }, true],
  [{ team: "edge", none: null }, false],
  [null, false],
  [undefined, false],
  ["text", false],
  [28, false],
])("whether %j is, or holds, a value unknown during a preview: %s", (value, expected) => {
  expect(isUnknown(value)).toBe(expected);
});
