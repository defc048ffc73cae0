import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { repository } from "../../support";

/** One shell script of a pipeline, as its runner would run it. */
export interface Step {
  name: string;
  script: string;
  /** Whether it runs although an earlier one failed. */
  evenAfterFailure: boolean;
  /** Environment that the pipeline itself sets, its expressions filled in. */
  environment: Record<string, string>;
}

/** Text of a recipe below examples/ci. */
export const recipeText = (file: string): string =>
  readFileSync(join(repository, "examples", "ci", file), "utf8");

interface GitHubWorkflow {
  env: Record<string, string>;
  jobs: Record<string, { env: Record<string, string>; steps: GitHubStep[] }>;
}

interface GitHubStep {
  name?: string;
  if?: string;
  run?: string;
  env?: Record<string, string>;
}

/**
 * The scripts of a job of the GitHub workflow. Steps that use an action are left out: what they bring is on the machine.
 *
 * @param context - Values of `${{ … }}` expressions. An expression without one fails the test.
 */
export function gitHubSteps(job: string, context: Record<string, string>): Step[] {
  const workflow = parse(recipeText("github-actions.yml")) as GitHubWorkflow;
  const fill = (environment: Record<string, string> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, evaluate(text, context)]));
  return (workflow.jobs[job]?.steps ?? []).flatMap(({ name, if: condition = "", run, env }) =>
    run === undefined
      ? []
      : [
          {
            name: name ?? run,
            script: evaluate(run, context),
            evenAfterFailure: condition.includes("!cancelled()"),
            environment: { ...fill(workflow.env), ...fill(workflow.jobs[job]?.env), ...fill(env) },
          },
        ],
  );
}

function evaluate(text: string, context: Record<string, string>): string {
  return text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
    const value = context[expression];
    if (value === undefined) throw new Error(`The test knows no value of ${expression}.`);
    return value;
  });
}

interface GitLabPipeline {
  variables: Record<string, string>;
  default: { before_script: string[] };
  [job: string]: unknown;
}

/** The scripts of a job of the GitLab pipeline; a runner runs its lines one after the other in one shell. */
export function gitLabSteps(job: string, context: Record<string, string>): Step[] {
  const pipeline = parse(recipeText("gitlab-ci.yml")) as GitLabPipeline;
  const { script, variables } = pipeline[job] as { script: string[]; variables: Record<string, string> };
  const environment = Object.fromEntries(
    Object.entries({ ...pipeline.variables, ...variables }).map(([name, text]) => [
      name,
      text.replace(/\$(\w+)/g, (_, variable: string) => context[variable] ?? ""),
    ]),
  );
  return [...pipeline.default.before_script, ...script].map((line) => ({
    name: line,
    script: line,
    evenAfterFailure: false,
    environment,
  }));
}

interface FlowPipeline {
  stages: Record<
    string,
    { jobs: Record<string, { steps: Record<string, { name: string; with: { run: string } }> }> }
  >;
}

/** The scripts of a Flow pipeline. */
export function flowSteps(file: string): Step[] {
  const { stages } = parse(recipeText(file)) as FlowPipeline;
  const jobs = Object.values(stages).flatMap((stage) => Object.values(stage.jobs));
  return jobs
    .flatMap(({ steps }) => Object.values(steps))
    .map((step) => ({ name: step.name, script: step.with.run, evenAfterFailure: false, environment: {} }));
}
