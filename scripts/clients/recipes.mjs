import { readFileSync } from "node:fs";
import { join } from "node:path";

import { repository } from "../setup/paths.mjs";

const read = (...path) => readFileSync(join(repository, ...path), "utf8");
const preview = (name) => read("test", "fixtures", "previews", `${name}.json`);

/** The first block of a language that has a text in it, below a heading of a page, as it stands there. */
function block(page, heading, language, text = "") {
  const section = read("docs", page)
    .split(/^#+ /m)
    .find((part) => part.startsWith(`${heading}\n`));
  const blocks = (section ?? "").matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"));
  const found = [...blocks].map(([, content]) => content).find((content) => content.includes(text));
  if (found === undefined) throw new Error(`docs/${page} has no ${language} block below "${heading}".`);
  return found;
}

const clients = (heading, language) => block("simulator-clients.md", heading, language);

const gate = block("command-line.md", "JSON", "sh", "conftest");

/** Programs, what the pages show of each, and the checks around it. */
export const recipes = [
  {
    program: "conftest",
    version: ["--version"],
    module: "github.com/open-policy-agent/conftest@v0.71.1",
    shows: "passes an unchanged preview, and refuses one that releases addresses that may be in use",
    files: {
      "policy/addresses.rego": block("command-line.md", "JSON", "rego"),
      "unchanged.json": preview("unchanged"),
      "replaced.json": preview("mask-changed"),
    },
    script: `cp unchanged.json preview.json
${gate}
cp replaced.json preview.json
# Without keys nobody can tell whether the addresses are in use.
unset ALICLOUD_ACCESS_KEY ALICLOUD_SECRET_KEY
if refused=$(${gate}); then echo "a replacement passes"; exit 1; fi
case $refused in *"may be in use"*) ;; *) echo "$refused"; exit 1 ;; esac`,
  },
  {
    program: "aliyun",
    version: ["version"],
    shows: "allocates a segment",
    files: {},
    script: `${clients("Command line `aliyun`", "sh")}
curl --silent --fail "$ALIBABA_CLOUD_ENDPOINT_VPC/_simulator/segments" | grep eipsg-`,
  },
  {
    program: "terraform",
    version: ["version"],
    shows: "applies, plans without a change, and destroys",
    files: { "main.tf": clients("Terraform", "hcl") },
    script: clients("Terraform", "sh"),
  },
];
