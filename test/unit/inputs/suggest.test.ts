import { suggest } from "../../../provider/inputs/misspelt-names";

const known = ["eipMask", "bandwidth", "isp", "zone"];

it.each([
  ["bandwith", "bandwidth"],
  ["EIPMASK", "eipMask"],
  ["mask", "eipMask"],
  ["zones", "zone"],
  ["colour", undefined],
  ["i", undefined],
])("of what is known, %s means %s", (name, meant) => {
  expect(suggest(name, known)).toBe(meant);
});

it("the suggest of several near names is meant, wherever it stands", () => {
  expect(suggest("tagz", ["tank", "tags"])).toBe("tags");
  expect(suggest("tagz", ["tags", "tank"])).toBe("tags");
});
