import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const root = resolve(__dirname, "..", "..", "..");
const folder = join(root, ".github", "ISSUE_TEMPLATE");
const forms = readdirSync(folder).filter((name) => name !== "config.yml");

const field = {
  id: z.string().regex(/^[\w-]+$/),
  validations: z.strictObject({ required: z.boolean() }).optional(),
};
const text = { label: z.string(), description: z.string().optional() };

/** The part of GitHub's syntax for issue forms that these use. */
const form = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  labels: z.array(z.string()),
  body: z
    .array(
      z.discriminatedUnion("type", [
        z.strictObject({ type: z.literal("markdown"), attributes: z.strictObject({ value: z.string() }) }),
        z.strictObject({
          type: z.literal("textarea"),
          ...field,
          attributes: z.strictObject({ ...text, render: z.string().optional() }),
        }),
        z.strictObject({
          type: z.literal("checkboxes"),
          id: field.id,
          attributes: z.strictObject({
            ...text,
            options: z.array(z.strictObject({ label: z.string(), required: z.boolean() })),
          }),
        }),
      ]),
    )
    .min(1),
});

describe.each(forms)("the issue form %s", (name) => {
  const content = readFileSync(join(folder, name), "utf8");

  it("has only keys that the forge knows, and each id once", () => {
    const { body } = form.parse(parse(content));
    const ids = body.flatMap((part) => (part.type === "markdown" ? [] : part.id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("names pages that exist", () => {
    const pages = content.match(/\b[\w/]+\.md\b/g) ?? [];
    expect(pages.filter((page) => !existsSync(join(root, page)))).toEqual([]);
  });
});
