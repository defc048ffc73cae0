import type { Question } from "../../simulator/questions/question";
import { questions } from "../../simulator/questions";
import { packageVersion } from "../../simulator/package-version";
import { printable } from "../printable";
import type { Finding } from "./segment-lifecycle";
import type { Exchange } from "./probe";

/** What a report says of a run. */
export interface RunFacts {
  regionId: string;
  startedAt: string;
  seconds: number;
}

/** Requests that the report shows for one question, at most. */
const mostExchanges = 6;

/** Shortens ids, addresses and tokens, which say whose account it is, and long lists. */
function shown(value: unknown): unknown {
  if (typeof value === "string") {
    return printable(value)
      .replace(/\b([a-z]{1,8}-)(?!segment)[a-z0-9]*([a-z0-9]{4})\b/g, (id, kind: string, end: string) =>
        id.length > kind.length + 8 ? `${kind}…${end}` : id,
      )
      .replace(/\b(\d+\.\d+)\.\d+\.\d+/g, "$1.x.x")
      .replace(/\d{16}/g, "…")
      .replace(/eip-segment-verify-[\w-]+(\w{4})/g, "…$1");
  }
  if (Array.isArray(value)) {
    const rest = value.length - 1;
    return [...value.slice(0, 1).map(shown), ...(rest > 0 ? [`${rest} more`] : [])];
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shown(one)]));
}

function exchangeOf({ action, parameters, answer }: Exchange): object {
  const { requestId } = answer.kind === "none" ? { requestId: undefined } : answer;
  const response =
    answer.kind === "reply"
      ? shown(answer.body)
      : answer.kind === "refusal"
        ? { Code: answer.code, Message: shown(answer.message), status: answer.status }
        : { noResponse: shown(answer.reason) };
  return { action, parameters: shown(parameters), requestId, response };
}

/** The report as data. */
export function reportOf(findings: Iterable<Finding>, { regionId, startedAt, seconds }: RunFacts): object {
  return {
    ...{ schemaVersion: 1, version: packageVersion(), regionId, startedAt, seconds },
    findings: [...findings].map(({ question, answer, saw, exchanges }) => {
      const { asks, assumed, alternatives }: Question = questions[question];
      const alternative = typeof answer === "object" ? answer.alternative : undefined;
      return {
        ...{ question, asks, assumed, saw: shown(saw) },
        answer: alternative ?? answer,
        ...(alternative === undefined
          ? {}
          : { is: alternatives[alternative]?.is, handled: alternatives[alternative]?.handled }),
        exchanges: (exchanges.length > mostExchanges
          ? [...exchanges.slice(0, mostExchanges - 1), ...exchanges.slice(-1)]
          : exchanges
        ).map(exchangeOf),
      };
    }),
  };
}

/** One line about each question, differences first. */
export function markdownOf(findings: Iterable<Finding>, { regionId, startedAt, seconds }: RunFacts): string {
  const all = [...findings];
  const section = (title: string, picked: readonly Finding[]): string =>
    picked.length === 0 ? "" : `\n## ${title}\n\n${picked.map(lineOf).join("\n")}\n`;
  return (
    `# What the API answers in ${regionId}\n\n` +
    `pulumi-alicloud-eip-segment ${packageVersion()}, ${startedAt}, ${seconds} s. The JSON report has the requests and responses.\n` +
    section("Other than assumed", all.filter(differs)) +
    section(
      "As assumed",
      all.filter(({ answer }) => answer === "assumed"),
    ) +
    section(
      "Not measured",
      all.filter(({ answer }) => answer === "not measured"),
    )
  );
}

/** Whether the cloud answers otherwise than assumed. */
export const differs = ({ answer }: Finding): boolean => typeof answer === "object" || answer === "unlisted";

function lineOf({ question, answer, saw }: Finding): string {
  const { asks, alternatives }: Question = questions[question];
  const alternative = typeof answer === "object" ? alternatives[answer.alternative] : undefined;
  const name = typeof answer === "object" ? `\`${question}=${answer.alternative}\`` : `\`${question}\``;
  const what =
    alternative === undefined ? "" : ` ${alternative.is.replace(/\.$/, "")}. _${alternative.handled}_`;
  const label = answer === "not measured" ? "Reason" : "Seen";
  return `- ${name}: ${asks}${what} ${label}: ${String(shown(saw))}`;
}
