/** Where a user may keep a program, and how its dependencies came there. */
export interface Layout {
  /** What is special about it; part of a test's name. */
  name: string;
  manager: "npm" | "pnpm";
  /** Name of the folder that holds everything. Default `project`. */
  folder?: string;
  /** Folder of Pulumi.yaml below it, where Pulumi runs. Default: the folder itself. */
  project?: string;
  /** Files by their paths below the folder; objects are written as JSON. */
  files: Record<string, string | object>;
}

/** What the programs depend on: the tarball, and the SDK as the user chose it. */
export type Dependencies = Record<string, string>;

const declaration = `const segment = new EipSegment("egress", { eipMask: 28, tags: { team: "edge" } });`;

const commonJs = `const { EipSegment } = require("pulumi-alicloud-eip-segment");
${declaration}
exports.cidrBlock = segment.cidrBlock;
`;

const esModule = `import { EipSegment } from "pulumi-alicloud-eip-segment";
${declaration}
export const cidrBlock = segment.cidrBlock;
`;

const typed = `import * as pulumi from "@pulumi/pulumi";
import { EipSegment, SegmentAddress } from "pulumi-alicloud-eip-segment";
${declaration}
const first = (all: SegmentAddress[]): string | undefined => all[0]?.ipAddress;
export const cidrBlock: pulumi.Output<string> = segment.cidrBlock;
export const firstAddress = segment.addresses.apply(first);
`;

const tsconfig = {
  compilerOptions: { strict: true, target: "es2022", module: "node16", moduleResolution: "node16" },
};

const pulumiYaml = (more: object = {}): object => ({ name: "consumer", runtime: "nodejs", ...more });

/** The layouts, for a tarball and an SDK. JSON is valid YAML. */
export function layoutsFor(dependencies: Dependencies): Layout[] {
  const manifest = (more: object = {}): object => ({
    name: "consumer",
    private: true,
    dependencies,
    ...more,
  });
  const program = { "Pulumi.yaml": pulumiYaml(), "package.json": manifest(), "index.js": commonJs };
  const workspaceMember = {
    "packages/infra/Pulumi.yaml": pulumiYaml(),
    "packages/infra/package.json": manifest({ name: "infra" }),
    "packages/infra/index.js": commonJs,
  };
  return [
    { name: "a CommonJS program, with npm", manager: "npm", files: program },
    {
      name: "an ES module, with npm",
      manager: "npm",
      files: { ...program, "package.json": manifest({ type: "module" }), "index.js": esModule },
    },
    {
      name: "a TypeScript program, with npm",
      manager: "npm",
      files: {
        "Pulumi.yaml": pulumiYaml(),
        "package.json": manifest({ devDependencies: { typescript: "5.9.3", "@types/node": "20.19.43" } }),
        "tsconfig.json": tsconfig,
        "index.ts": typed,
      },
    },
    {
      name: "a program in a subfolder of its package",
      manager: "npm",
      files: {
        "Pulumi.yaml": pulumiYaml({ main: "infra/" }),
        "package.json": manifest(),
        "infra/index.js": commonJs,
      },
    },
    {
      name: "a package of a monorepo, its dependencies hoisted to the root",
      manager: "npm",
      project: "packages/infra",
      files: {
        "package.json": { name: "monorepo", private: true, workspaces: ["packages/*"] },
        ...workspaceMember,
      },
    },
    { name: "a path with spaces and accents", manager: "npm", folder: "my projëct (1)", files: program },
    { name: "a CommonJS program, with pnpm", manager: "pnpm", files: program },
    {
      name: "a package of a pnpm workspace, where nothing is hoisted",
      manager: "pnpm",
      project: "packages/infra",
      files: {
        "package.json": { name: "monorepo", private: true },
        "pnpm-workspace.yaml": { packages: ["packages/*"] },
        ...workspaceMember,
      },
    },
  ];
}
