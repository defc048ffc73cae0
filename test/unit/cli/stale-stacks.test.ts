import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { staleStackWarnings } from "../../../cli/simulate/stale-stacks";
import { runCli } from "./support/run-cli";

const root = mkdtempSync(join(tmpdir(), "eip-segment-stale-"));
const program = join(root, "project", "infra");
const stacks = join(root, "state", ".pulumi", "stacks");
const backend = { PULUMI_BACKEND_URL: pathToFileURL(join(root, "state")).href };

/** Writes the state of a stack that holds one segment and one other resource. */
function writeState(project: string, stack: string, id: string): void {
  const resources = [
    { type: "pulumi:pulumi:Stack", id: "" },
    { type: "pulumi-nodejs:dynamic/alicloud:EipSegment", id },
    { type: "alicloud:ecs/eipAddress:EipAddress", id: "eip-1" },
  ];
  mkdirSync(join(stacks, project), { recursive: true });
  writeFileSync(
    join(stacks, project, `${stack}.json`),
    JSON.stringify({ version: 3, checkpoint: { stack, latest: { resources } } }),
  );
}

beforeAll(() => {
  mkdirSync(program, { recursive: true });
  writeFileSync(join(root, "project", "Pulumi.yaml"), "description: x\nname: shop\nruntime: nodejs\n");
  writeState("shop", "dev", "eipsg-old");
  writeState("other", "dev", "eipsg-other");
  writeFileSync(join(stacks, "shop", "broken.json"), "{");
  writeFileSync(join(stacks, "shop", "dev.json.bak"), "{}");
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

afterEach(() => {
  jest.restoreAllMocks();
});

const warning =
  "Stack dev of project shop has segments that this simulator does not have: eipsg-old. `pulumi up` will report them as " +
  "unchanged. If an earlier simulator allocated them, remove the stack: pulumi stack rm --force dev. Otherwise, use another stack.";

it.each<[backend: string, environment: NodeJS.ProcessEnv]>([
  ["of the environment", backend],
  ["relative to the folder", { PULUMI_BACKEND_URL: "file://../../state" }],
  ["in the home folder", { PULUMI_BACKEND_URL: "file://~/state", HOME: root }],
])(
  "simulate warns of the project's stacks with segments of an earlier simulator: backend %s",
  (_, environment) => {
    expect(staleStackWarnings(environment, program, new Set())).toEqual([warning]);
  },
);

it("reads the backend of the last login", () => {
  mkdirSync(join(root, ".pulumi"), { recursive: true });
  writeFileSync(
    join(root, ".pulumi", "credentials.json"),
    JSON.stringify({ current: backend.PULUMI_BACKEND_URL }),
  );
  expect(staleStackWarnings({ HOME: root }, program, new Set())).toEqual([warning]);
});

it.each<[what: string, environment: NodeJS.ProcessEnv, folder: string]>([
  ["another backend", { PULUMI_BACKEND_URL: "s3://states" }, program],
  ["no backend", { HOME: join(root, "nobody") }, program],
  ["an empty backend", { PULUMI_BACKEND_URL: pathToFileURL(program).href }, program],
  ["a folder without a project", backend, root],
])("has nothing to say with %s", (_, environment, folder) => {
  expect(staleStackWarnings(environment, folder, new Set())).toEqual([]);
});

it("has nothing to say of segments that the simulator has", () => {
  expect(staleStackWarnings(backend, program, new Set(["eipsg-old"]))).toEqual([]);
});

it("simulate prints the warning on the error output and runs the command", async () => {
  jest.spyOn(process, "cwd").mockReturnValue(program);
  const argv = ["simulate", "--", process.execPath, "-e", "process.exit(5)"];
  expect(await runCli(argv, { environment: backend })).toEqual({
    exitCode: 5,
    out: "",
    err: `eip-segment: ${warning}\n`,
  });
});
