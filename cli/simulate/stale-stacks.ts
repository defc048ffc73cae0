import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isRecord, textAt } from "../json-values";
import { isSegmentType } from "../urn";

/**
 * Warnings about stacks of the project in `folder` that hold segments which a simulator does not have: `pulumi up` reports
 * them as unchanged without a request. Only states in files can be read, not those of Pulumi Cloud or of a bucket.
 *
 * @param known - Ids of the simulator's segments.
 */
export function staleStackWarnings(
  environment: NodeJS.ProcessEnv,
  folder: string,
  known: ReadonlySet<string>,
): string[] {
  const project = projectOf(resolve(folder));
  const backend = fileBackend(environment, folder);
  if (project === undefined || backend === undefined) return [];
  const stacks = join(backend, ".pulumi", "stacks", project);
  const files = existsSync(stacks) ? readdirSync(stacks).filter((file) => file.endsWith(".json")) : [];
  return files.flatMap((file) => {
    const stale = segmentIdsIn(join(stacks, file)).filter((id) => !known.has(id));
    const stack = file.slice(0, -".json".length);
    return stale.length === 0
      ? []
      : [
          `Stack ${stack} of project ${project} has segments that this simulator does not have: ${stale.join(", ")}. ` +
            "`pulumi up` will report them as unchanged. If an earlier simulator allocated them, remove the stack: " +
            `pulumi stack rm --force ${stack}. Otherwise, use another stack.`,
        ];
  });
}

/** Name of the project that Pulumi finds from a folder: that of the nearest Pulumi.yaml. */
function projectOf(folder: string): string | undefined {
  const file = join(folder, "Pulumi.yaml");
  if (existsSync(file)) return /^name:\s*["']?([\w.-]+)/m.exec(readFileSync(file, "utf8"))?.[1];
  return dirname(folder) === folder ? undefined : projectOf(dirname(folder));
}

/** Folder of the states: that of the environment, else that of the last `pulumi login`. */
function fileBackend(environment: NodeJS.ProcessEnv, folder: string): string | undefined {
  const home = environment.HOME ?? environment.USERPROFILE ?? "";
  const credentials = join(environment.PULUMI_HOME ?? join(home, ".pulumi"), "credentials.json");
  const url = environment.PULUMI_BACKEND_URL ?? textAt(readRecord(credentials), "current") ?? "";
  if (url.startsWith("file:///")) return fileURLToPath(url);
  const path = /^file:\/\/(.+)/.exec(url)?.[1];
  return path === undefined ? undefined : resolve(folder, path.replace(/^~/, home));
}

/** Ids of the segments in the state of a stack; none when the state has another form. */
function segmentIdsIn(file: string): string[] {
  const { checkpoint } = readRecord(file);
  const latest = isRecord(checkpoint) ? checkpoint.latest : undefined;
  const resources = isRecord(latest) && Array.isArray(latest.resources) ? latest.resources : [];
  return resources
    .filter(isRecord)
    .filter((resource) => isSegmentType(textAt(resource, "type") ?? ""))
    .flatMap((resource) => textAt(resource, "id") ?? []);
}

/** A JSON object in a file; an empty one when there is none. */
function readRecord(file: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isRecord(read) ? read : {};
  } catch {
    return {};
  }
}
