import { readFileSync } from "node:fs";
import { join } from "node:path";

import { PopClient } from "../../simulator/support/pop-client";
import { createStack, segmentProgram, type Stack } from "../support";
import { idToken, startForge, type Forge } from "./support/forge";
import { PipelineRunner } from "./support/pipeline-runner";
import { flowSteps, gitHubSteps, gitLabSteps, type Step } from "./support/recipes";
import { startTokenService, temporaryKeys, type TokenService } from "./support/token-service";

const program = (eipMask: number): string => segmentProgram({ name: "egress", args: { eipMask } });

let forge: Forge;
let stack: Stack;
let tokens: TokenService | undefined;

beforeEach(async () => {
  forge = await startForge();
});

afterEach(async () => {
  await stack.dispose();
  forge.stop();
  tokens?.stop();
  tokens = undefined;
});

/** A stack whose machine has no keys, only a way to trade an OIDC token for temporary ones. */
async function stackWithRole(): Promise<void> {
  stack = await createStack({
    project: "infrastructure",
    name: "production",
    program: program(28),
    simulator: { accounts: [temporaryKeys], rateLimits: false, quota: 100, frequentPurchaseGuard: false },
  });
  tokens = await startTokenService(stack.workspace.root, () => stack.simulator.endpoint);
  Object.assign(stack.workspace.environment, {
    ...{ ALICLOUD_ACCESS_KEY: "", ALICLOUD_SECRET_KEY: "", ALICLOUD_SECURITY_TOKEN: "" },
    ALIBABA_CLOUD_ENDPOINT_STS: tokens.url,
    NODE_EXTRA_CA_CERTS: tokens.certificate,
  });
}

/** Merges the segment, then proposes to replace it while one of its addresses is in use. */
async function mergeThenPropose(runner: PipelineRunner, up: readonly Step[], preview: readonly Step[]) {
  const merged = await runner.run(up);
  expect(merged.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  expect(stack.simulator.segments()).toMatchObject([{ mask: 28, status: "Allocated" }]);

  const pop = new PopClient({ endpoint: stack.simulator.endpoint, ...keys() });
  const AllocationId = stack.simulator.addresses()[0]?.allocationId;
  await pop.call("AssociateEipAddress", { RegionId: "cn-hangzhou", AllocationId, InstanceId: "i-web1" });
  stack.writeProgram(program(27));
  const proposed = await runner.run(preview);
  expect(stack.simulator.segments()).toHaveLength(1);
  return proposed;
}

const keys = () => (tokens === undefined ? {} : temporaryKeys);

/** What a reviewer must be told of the proposal. */
function expectReport(report: string): void {
  expect(report).toContain(
    "**This change releases 1 address block (16 addresses). Nothing guarantees that you get released addresses back.**",
  );
  expect(report).toMatch(/\| 203\.0\.113\.\d+ \| `eip-\w+` \| EcsInstance i-web1 \|/);
}

/** All steps went well but the last, which refuses. */
function expectRefusal(ends: { exitCode: number; output: string }[], steps: readonly Step[]): void {
  expect(ends.map(({ exitCode }) => exitCode)).toEqual(
    steps.map((_, index) => (index === steps.length - 1 ? 3 : 0)),
  );
  expect(ends.at(-1)?.output).toContain("Addresses that are or may be in use would be lost");
}

it("the GitHub workflow reports on a pull request, refuses a loss, and brings a merge up, with a role instead of keys", async () => {
  await stackWithRole();
  const context = {
    "github.workspace": stack.workspace.project,
    "github.token": "github-token",
    "github.repository": "acme/shop",
    "github.sha": "0123456789abcdef0123456789abcdef01234567",
    "github.event.pull_request.number": "7",
    "vars.ALICLOUD_PREVIEW_ROLE_ARN": "acs:ram::1234567890123456:role/look",
    "vars.ALICLOUD_UP_ROLE_ARN": "acs:ram::1234567890123456:role/pulumi",
    "vars.ALICLOUD_OIDC_PROVIDER_ARN": "acs:ram::1234567890123456:oidc-provider/github",
    "vars.PULUMI_BACKEND_URL": stack.workspace.environment.PULUMI_BACKEND_URL ?? "",
    "secrets.PULUMI_CONFIG_PASSPHRASE": stack.workspace.environment.PULUMI_CONFIG_PASSPHRASE ?? "",
  };
  const runner = new PipelineRunner(stack, {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${forge.url}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
  });
  const preview = gitHubSteps("preview", context);
  expectRefusal(await mergeThenPropose(runner, gitHubSteps("up", context), preview), preview);

  const calls = runner.calls().map((call) => call.replace(/ --jq .*/, ""));
  expect(calls).toEqual([
    "npm ci",
    "gh api repos/acme/shop/commits/0123456789abcdef0123456789abcdef01234567/pulls",
    "npm ci",
    "gh api --paginate repos/acme/shop/issues/7/comments",
    "gh api --silent --method POST repos/acme/shop/issues/7/comments --field body=@report.md",
    "gh api repos/acme/shop/issues/7/labels",
    "gh api --silent --method POST repos/acme/shop/issues/7/labels --field labels[]=loses-addresses",
  ]);
  expectReport(readFileSync(join(stack.workspace.project, "report.md"), "utf8"));
  expectReport(runner.summary());
  expect(forge.requests[0]).toMatchObject({
    url: "/token?api-version=2.0&audience=sts.aliyuncs.com",
    headers: { authorization: "Bearer request-token" },
  });
  expect(tokens?.asked[0]?.get("OIDCToken")).toBe(idToken);
  expect(tokens?.asked[0]?.get("RoleArn")).toBe("acs:ram::1234567890123456:role/pulumi");
});

it("the GitHub workflow reports a preview that failed, in the comment that is there already, and fails", async () => {
  stack = await createStack({ project: "infrastructure", name: "production", program: program(99) });
  const runner = new PipelineRunner(stack, { GH_ANSWER: "4711" });
  const steps = gitHubSteps("preview", new Proxy({}, { get: () => "x" })).filter(
    ({ name }) => !/token|npm/.test(name),
  );
  const issues = "repos/acme/shop/issues";
  const environment = {
    ...{ PULUMI_STACK: "production", COMMENTS: issues, PULL_REQUEST: "7", LABELS: `${issues}/7/labels` },
  };
  const ends = await runner.run(steps.map((step) => ({ ...step, environment })));
  expect(ends.map(({ name, exitCode }) => `${name} ${exitCode === 0 ? "ends well" : "fails"}`)).toEqual([
    "Preview fails",
    "Report fails",
    "Comment ends well",
    "Label ends well",
  ]);
  expect(runner.calls().map((call) => call.replace(/ --jq .*/, ""))).toEqual([
    "gh api --paginate repos/acme/shop/issues/7/comments",
    "gh api --silent --method PATCH repos/acme/shop/issues/comments/4711 --field body=@report.md",
    "gh api repos/acme/shop/issues/7/labels",
  ]);
  expect(readFileSync(join(stack.workspace.project, "report.md"), "utf8")).toContain("eipMask is 99");
});

it("the GitLab pipeline reports on a merge request, refuses a loss, and brings a merge up, with a role instead of keys", async () => {
  await stackWithRole();
  const context = {
    CI_PROJECT_DIR: stack.workspace.project,
    PREVIEW_ROLE_ARN: "acs:ram::1234567890123456:role/look",
    UP_ROLE_ARN: "acs:ram::1234567890123456:role/pulumi",
  };
  const runner = new PipelineRunner(stack, {
    RAM_ID_TOKEN: idToken,
    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "acs:ram::1234567890123456:oidc-provider/gitlab",
    CI_API_V4_URL: `${forge.url}/api/v4`,
    CI_PROJECT_ID: "42",
    CI_MERGE_REQUEST_IID: "7",
    CI_MERGE_REQUEST_LABELS: "",
    CI_COMMIT_SHA: "0123456789abcdef0123456789abcdef01234567",
    REPORT_TOKEN: "report-token",
  });
  const preview = gitLabSteps("preview", context);
  expectRefusal(await mergeThenPropose(runner, gitLabSteps("up", context), preview), preview);

  await runner.run(preview);

  const request = "/api/v4/projects/42/merge_requests/7";
  const notes = `${request}/notes`;
  expect(forge.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    "GET /api/v4/projects/42/repository/commits/0123456789abcdef0123456789abcdef01234567/merge_requests",
    `GET ${notes}?sort=asc&per_page=100`,
    `POST ${notes}`,
    `PUT ${request}`,
    `GET ${notes}?sort=asc&per_page=100`,
    `PUT ${notes}/1`,
    `PUT ${request}`,
  ]);
  expect(forge.requests[3]?.body).toBe("add_labels=loses-addresses");
  expect(forge.requests.every(({ headers }) => headers["private-token"] === "report-token")).toBe(true);
  expectReport(new URLSearchParams(forge.requests[2]?.body).get("body") ?? "");
  expect(tokens?.asked[0]?.get("OIDCToken")).toBe(idToken);
});

it("the Flow pipelines report on a merge request, refuse a loss, and bring a merge up", async () => {
  stack = await createStack({ project: "infrastructure", name: "production", program: program(28) });
  const runner = new PipelineRunner(stack, {
    CODEUP_API: forge.url,
    CODEUP_ORGANIZATION: "acme",
    CODEUP_REPOSITORY: "shop",
    CODEUP_TOKEN: "codeup-token",
    CI_COMMIT_SHA: "0123456789abcdef0123456789abcdef01234567",
  });
  const preview = flowSteps("flow-preview.yml");
  expectRefusal(await mergeThenPropose(runner, flowSteps("flow-up.yml"), preview), preview);

  expect(forge.requests).toMatchObject([
    {
      method: "POST",
      url: "/oapi/v1/codeup/organizations/acme/repositories/shop/commits/0123456789abcdef0123456789abcdef01234567/comments",
      headers: { "x-yunxiao-token": "codeup-token", "content-type": "application/json" },
    },
  ]);
  expectReport((JSON.parse(forge.requests[0]?.body ?? "{}") as { content: string }).content);
});
