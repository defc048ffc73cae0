import { readFileSync, writeFileSync } from "node:fs";
import { previewFile } from "./support/previews";
import { runCli } from "./support/run-cli";
import { commandsWithJson, schemaFile, schemaOf, validateJson } from "./support/schemas";

/** Set to write the schemas anew. */
const isWriting = process.env.WRITE_SCHEMAS === "1";

it.each(commandsWithJson)("the published schema of %s is that of its type", (command) => {
  const schema = schemaOf(command, "input");
  if (isWriting) writeFileSync(schemaFile(command), JSON.stringify(schema));
  expect(JSON.parse(readFileSync(schemaFile(command), "utf8"))).toEqual(schema);
});

describe("an output", () => {
  const output = async (): Promise<Record<string, unknown>> => {
    const { out } = await runCli(["report", "--no-check", "--json", previewFile("removed")]);
    return JSON.parse(out) as Record<string, unknown>;
  };
  const validate = (document: object) => () => {
    validateJson("report", JSON.stringify(document));
  };

  it("passes", async () => {
    expect(validate(await output())).not.toThrow();
  });

  it("does not pass without a field, with one of another type, or of another version", async () => {
    const { complete, ...rest } = await output();
    expect(complete).toBe(true);
    expect(validate(rest)).toThrow("must have required property 'complete'");
    expect(validate({ ...rest, complete: "yes" })).toThrow("must be boolean");
    expect(validate({ ...rest, complete, schemaVersion: 2 })).toThrow("/schemaVersion");
  });

  it("does not pass with a field that no schema names, although the published one allows it", async () => {
    expect(validate({ ...(await output()), extra: 1 })).toThrow("must NOT have additional properties");
  });
});
