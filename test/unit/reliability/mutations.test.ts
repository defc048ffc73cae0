import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const repository = resolve(__dirname, "..", "..", "..");

it("every mutation of `npm run reliability -- --mutants` fits the code as it is", () => {
  const module = pathToFileURL(join(repository, "scripts", "reliability", "mutants.mjs")).href;
  const text = `import { staleMutations } from ${JSON.stringify(module)}; console.log(JSON.stringify(staleMutations()));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", text], { encoding: "utf8" });
  expect(JSON.parse(printed)).toEqual([]);
});
