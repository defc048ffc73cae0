import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020";
import { z } from "zod";
import { doctorJson } from "../../../../cli/schemas/doctor";
import { listJson } from "../../../../cli/schemas/list";
import { orphansJson } from "../../../../cli/schemas/orphans";
import { reportJson } from "../../../../cli/schemas/report";

const outputs: Record<string, z.ZodType> = {
  doctor: doctorJson,
  list: listJson,
  orphans: orphansJson,
  report: reportJson,
};

/** Commands that print JSON. */
export const commandsWithJson = Object.keys(outputs);

export const schemaFile = (command: string): string =>
  resolve(__dirname, "..", "..", "..", "..", "schemas", `${command}.v1.json`);

/**
 * The JSON Schema of what a command prints.
 *
 * @param io - `input` for the published one, which lets later versions add fields; `output` for one that allows no other field.
 */
export function schemaOf(command: string, io: "input" | "output"): object {
  const override = ({ jsonSchema }: { jsonSchema: { maximum?: number } }): void => {
    // The largest number that JavaScript can count with says nothing about the output.
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  };
  const { $schema, ...schema } = z.toJSONSchema(outputs[command] ?? z.never(), {
    io,
    override,
  });
  return { $schema, $id: `urn:pulumi-alicloud-eip-segment:${command}:1`, ...schema };
}

const validators = new Map<string, ValidateFunction[]>();

function validatorsOf(command: string): ValidateFunction[] {
  const published = JSON.parse(readFileSync(schemaFile(command), "utf8")) as object;
  return [published, schemaOf(command, "output")].map((schema) => new Ajv2020().compile(schema));
}

/**
 * Validates what a command printed with the published schema, and with one that allows no field that is not in it.
 *
 * @throws Error naming the first problem.
 */
export function validateJson(command: string, out: string): void {
  const ofCommand = validators.get(command) ?? validatorsOf(command);
  validators.set(command, ofCommand);
  for (const validate of ofCommand) {
    if (!validate(JSON.parse(out))) {
      const [problem] = validate.errors ?? [];
      throw new Error(
        `What ${command} printed is not as schemas/${command}.v1.json says: ${JSON.stringify(problem)}`,
      );
    }
  }
}
