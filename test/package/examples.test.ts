import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { startSimulator, type Simulator } from "../../simulator";
import { pulumiCli } from "../engine/support/pulumi-cli";
import { RunningCommand } from "../engine/support/running-command";
import { Workspace } from "../engine/support/workspace";
import { Consumer, repository } from "./support/consumer";
import { InstalledProject } from "./support/installed-project";
import type { Layout } from "./support/layouts";

/** Dependencies are installed, and a test may run several Pulumi commands. */
jest.setTimeout(400_000);

const examples = join(repository, "examples");
/** Every example that is a program; `ci` holds pipelines. */
const folders = readdirSync(examples).filter((name) => existsSync(join(examples, name, "package.json")));

interface Manifest {
  name: string;
  dependencies: Record<string, string>;
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as { version: string };

it.each(folders)("%s depends on this version of the package", (name) => {
  expect(readManifest(join(examples, name)).dependencies["pulumi-alicloud-eip-segment"]).toBe(`^${version}`);
});

describe("an example in the clone", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace("unused", {});
    const isOurs = (path: string): boolean => !path.includes("node_modules");
    cpSync(examples, join(workspace.project, "examples"), { recursive: true, filter: isOurs });
    cpSync(join(repository, "Pulumi.yaml"), join(workspace.project, "Pulumi.yaml"));
  });

  afterAll(() => {
    workspace.remove();
  });

  it.each(folders)(
    "%s is a project of its own: the root's is not the one that Pulumi finds",
    async (name) => {
      const cwd = join(workspace.project, "examples", name);
      const args = ["stack", "init", "test", "--non-interactive"];
      const { exitCode } = await new RunningCommand(pulumiCli().command, args, {
        cwd,
        env: workspace.environment,
      }).exit;
      expect(exitCode).toBe(0);
      // Pulumi writes the stack's settings beside the Pulumi.yaml that it found.
      expect(existsSync(join(cwd, "Pulumi.test.yaml"))).toBe(true);
      const project = readManifest(cwd).name;
      expect(existsSync(join(workspace.root, "state", ".pulumi", "stacks", project, "test.json"))).toBe(true);
    },
  );
});

describe("the examples copied elsewhere, with the tarball installed", () => {
  const packed = new Consumer();
  let simulator: Simulator;
  let project: InstalledProject;

  beforeAll(async () => {
    simulator = await startSimulator({ quota: 32, rateLimits: false });
    const workspaces = { name: "copies", private: true, workspaces: folders };
    const files = Object.assign({ "package.json": workspaces }, ...folders.map(copyOf)) as Layout["files"];
    project = new InstalledProject({ name: "copies", manager: "npm", files }, simulator.environment);
    await project.install();
  });

  afterAll(async () => {
    project.remove();
    packed.remove();
    await simulator.stop();
  });

  /** What the tarball holds of an example, with the tarball in place of the registry's package. */
  function copyOf(name: string): Layout["files"] {
    const manifest = readManifest(join(examples, name));
    const own = packed.files.filter((file) => dirname(file) === `examples/${name}`);
    return {
      ...Object.fromEntries(
        own.map((file) => [`${name}/${basename(file)}`, readFileSync(join(repository, file), "utf8")]),
      ),
      [`${name}/package.json`]: {
        ...manifest,
        dependencies: { ...manifest.dependencies, "pulumi-alicloud-eip-segment": `file:${packed.tarball}` },
      },
    };
  }

  it.each(folders)("%s passes the compiler", async (name) => {
    expect(await project.run("tsc", "--project", name)).toBe("");
  });

  it.each([
    ["basic", 1],
    ["two-regions", 2],
  ])("%s allocates and releases on the real engine", async (name, count) => {
    const pulumi = (...args: string[]) => project.pulumi("--cwd", name, ...args);
    await pulumi("stack", "init", "test");
    await pulumi("up", "--yes", "--skip-preview");
    expect(simulator.segments().map(({ status }) => status)).toEqual(Array(count).fill("Allocated"));
    await pulumi("destroy", "--yes", "--skip-preview");
    expect(simulator.segments()).toEqual([]);
  });

  it("testing passes its own tests", async () => {
    await project.run("jest", "--config", "testing/jest.config.mjs");
  });
});
