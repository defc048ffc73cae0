import { nearest } from "../../../provider/inputs/nearest";

const known = ["eipMask", "bandwidth", "isp", "zone"];

it.each([
  ["bandwith", "bandwidth"],
  ["EIPMASK", "eipMask"],
  ["mask", "eipMask"],
  ["zones", "zone"],
  ["colour", undefined],
  ["i", undefined],
])("of what is known, %s means %s", (name, meant) => {
  expect(nearest(name, known)).toBe(meant);
});

it("the nearest of several near names is meant, wherever it stands", () => {
  expect(nearest("tagz", ["tank", "tags"])).toBe("tags");
  expect(nearest("tagz", ["tags", "tank"])).toBe("tags");
});
