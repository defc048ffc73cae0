import { readFileSync } from "node:fs";
import { join } from "node:path";
import { operations } from "../../simulator/operations";

test("the simulator's page names every operation that it knows, and no other", () => {
  const page = readFileSync(join(__dirname, "../../simulator/README.md"), "utf8");
  const table = page.split("\n\n").find((part) => part.startsWith("| Operations")) ?? "";
  expect((table.match(/\b[A-Z]\w*[a-z][A-Z]\w*/g) ?? []).sort()).toEqual([...operations.keys()].sort());
});
